/** Days on which a level or discharge does not fit the stations above and below it. */
import {
  fitRiverModel,
  type RiverConsistencyParameters,
  type RiverModel,
} from '@lanmei/kernels/quality/river-consistency'
import { type Daily, framed } from './daily.ts'
import { travelLag } from './travel-lag.ts'

/** A neighbour, and the days by which the series can follow it (negative: the neighbour lies downstream). */
export type Neighbour = { series: string; daily: Daily; lags: { from: number; to: number } }
/** What was learned of a neighbour: the lag in days, and the distance from its model that is a hit. */
export type LearnedNeighbour = { series: string; lag: number; limit: number }

/** A neighbour whose daily changes have less in common with the series than this is no witness. */
const leastCorrelation = 0.4

/** One neighbour alone is believed when the deviation is so many times its limit: otherwise the fault may be the neighbour's. */
const aloneFactor = 2
/** A flood may come so many days sooner or later than usual. */
const slackDays = 1

/**
 * Marks the days on which the value lies further from what neighbours let expect than their limit, when more of them say so than
 * deny it. A neighbour whose own limit is wider than the deviation claimed could not have noticed and is not counted.
 */
export function riverVerdict(
  frame: Daily,
  neighbours: Neighbour[],
  { deviations, atLeast }: RiverConsistencyParameters,
): { days: Uint8Array; learned: LearnedNeighbour[] } {
  const { values } = frame
  const learned: LearnedNeighbour[] = []
  const distances: Float64Array[] = []
  for (const { series, daily, lags } of neighbours) {
    const reference = framed(frame, daily)
    const { lag, correlation } = travelLag(values, reference, lags.from, lags.to)
    if (!(correlation >= leastCorrelation)) continue
    const model = fitRiverModel(values, [{ values: reference, lag }])
    if (!model) continue
    learned.push({ series, lag, limit: Math.max(atLeast, deviations * model.deviation) })
    distances.push(distancesFrom(model, values, reference, lag))
  }
  const days = new Uint8Array(values.length)
  for (let i = 0; i < values.length; i++) {
    let largest = 0
    learned.forEach(({ limit }, n) => {
      if (distances[n][i] > limit && distances[n][i] > largest) largest = distances[n][i]
    })
    if (largest === 0) continue
    let votes = 0
    let alone = false
    learned.forEach(({ limit }, n) => {
      if (distances[n][i] > limit) {
        votes++
        if (distances[n][i] > aloneFactor * limit) alone = true
      } else if (distances[n][i] <= limit && limit < largest) votes--
    })
    if (votes > 1 || (votes === 1 && alone)) days[i] = 1
  }
  return { days, learned }
}

/** How far each value stands from the model, the neighbour taken at its lag or a day either way; NaN where one has no value. */
function distancesFrom(
  { coefficients, centre }: RiverModel,
  values: Float64Array,
  reference: Float64Array,
  usualLag: number,
): Float64Array {
  const [constant, factor, factorOfSquare] = coefficients
  const out = new Float64Array(values.length).fill(Number.NaN)
  for (let lag = usualLag - slackDays; lag <= usualLag + slackDays; lag++) {
    const last = Math.min(values.length, values.length + lag)
    for (let i = Math.max(0, lag); i < last; i++) {
      const x = reference[i - lag]
      const distance = Math.abs(values[i] - constant - factor * x - factorOfSquare * x * x - centre)
      if (!(distance >= out[i]) && !Number.isNaN(distance)) out[i] = distance
    }
  }
  return out
}
