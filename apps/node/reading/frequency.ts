/** Return periods of annual highest values: fitted distributions with confidence intervals. */
import { setImmediate as breathe } from 'node:timers/promises'
import type { statistics } from '@lanmei/api/contract/observations'
import type { AnswerOf } from '@lanmei/api/route'
import type { DistributionId } from '@lanmei/kernels/frequency/distributions'
import { goodnessOfFit } from '@lanmei/kernels/frequency/goodness-of-fit'
import { returnLevels } from '@lanmei/kernels/frequency/return-levels'

type Frequency = AnswerOf<typeof statistics>['frequency'][number]
export type DistributionName = 'gev' | 'gumbel' | 'log-pearson-3'

const kernels: Record<DistributionName, DistributionId> = {
  gev: 'gev',
  gumbel: 'gumbel',
  'log-pearson-3': 'log-pearson3',
}
const returnPeriods = [2, 5, 10, 20, 50, 100]
/** A year with gaps may have missed its flood. */
const leastCompleteness = 0.9
const leastYears = 10
const replicates = 500
const confidence = 0.9
const seed = 1

/** All distributions, or the one asked for; none with fewer than ten complete years. */
export async function frequencies(
  annual: readonly { maximum: number; completeness: number }[],
  only?: DistributionName,
): Promise<Frequency[]> {
  const sample = Float64Array.from(
    annual.filter(({ completeness }) => completeness >= leastCompleteness),
    ({ maximum }) => maximum,
  )
  const made: Frequency[] = []
  if (sample.length < leastYears || sample.every((value) => value === sample[0])) return made
  for (const name of Object.keys(kernels) as DistributionName[]) {
    if (only && name !== only) continue
    // Logarithms need values above zero.
    if (name === 'log-pearson-3' && sample.some((value) => value <= 0)) continue
    // The intervals are some hundred fits: other requests get their turn between two distributions.
    await breathe()
    const { fitted, levels } = returnLevels(sample, {
      distribution: kernels[name],
      extreme: 'highest',
      returnPeriods,
      confidence,
      replicates,
      seed,
    })
    if (levels.some(({ value, low, high }) => ![value, low, high].every(Number.isFinite))) continue
    made.push({
      distribution: name,
      parameters: fitted.parameters,
      years: sample.length,
      returnLevels: levels.map(({ years, value, low, high }) => ({
        returnPeriodYears: years,
        value,
        lower: low,
        upper: high,
      })),
      points: plottingPoints(sample),
      sampleFit: goodnessOfFit(fitted, sample).plotCorrelation,
    })
  }
  return made
}

/** The sample as drawn beside the curve: x is the return period in years by Cunnane's position, (n + 0.2) / (rank - 0.4). */
function plottingPoints(sample: Float64Array): { x: number; y: number }[] {
  const n = sample.length
  return Array.from(sample.toSorted().reverse(), (y, i) => ({ x: (n + 0.2) / (i + 0.6), y }))
}
