/** Means, sums and extremes over hours, days, months and years of a series' own calendar. */

import { type Aggregate, aggregation, type Period } from '@lanmei/kernels/statistics/aggregation'
import { type DayBoundary, localDay, startOfLocalDay } from '@lanmei/kernels/statistics/calendar'
import { flags } from '@lanmei/model/flag'
import type { RowBatch } from '@lanmei/store/copy-reader'
import type { ValuePart } from './value-part.ts'

/** From the least to the most that speaks against a value; places are what the second aggregation counts. */
const byWeight = [flags.good, flags.notEvaluated, flags.estimated, flags.suspect, flags.bad, flags.missing]
const weightOf = Float64Array.from({ length: 256 }, (_, flag) => Math.max(1, byWeight.indexOf(flag as never)))
weightOf[flags.good] = 0
/** Periods that one run of the kernel may hold. */
const daysPerRun = 2000

/**
 * Aggregates rows as they come: `values` are sums for series of sums and means for all others, `flags` the worst flag of what
 * went in. Periods without a present value are left out. Hours and days are given out in runs, so memory stays small.
 */
export async function* aggregates(
  rows: AsyncIterable<RowBatch>,
  period: Period,
  boundary: DayBoundary,
  asSum: boolean,
): AsyncGenerator<ValuePart, void, undefined> {
  const cuts = period === 'hour' || period === 'day'
  let run = newRun(period, boundary)
  let runStart = Number.NaN
  for await (const { count, times, values, flags: column } of rows) {
    if (count === 0) continue
    const weights = new Float64Array(count)
    for (let i = 0; i < count; i++) weights[i] = Number.isNaN(values[i]) ? Number.NaN : weightOf[column[i]]
    if (Number.isNaN(runStart)) runStart = times[0]
    const lastDay = startOfLocalDay(localDay(times[count - 1], boundary), boundary)
    if (!cuts || lastDay <= times[0] || lastDay - runStart < daysPerRun * 86_400_000) {
      run.add(times, values, weights)
      continue
    }
    // Cut where the newest day begins: hours and days before it are complete.
    let cut = count
    while (cut > 0 && times[cut - 1] >= lastDay) cut--
    run.add(times.subarray(0, cut), values.subarray(0, cut), weights.subarray(0, cut))
    yield partOf(run, asSum)
    run = newRun(period, boundary)
    runStart = lastDay
    run.add(times.subarray(cut), values.subarray(cut), weights.subarray(cut))
  }
  yield partOf(run, asSum)
}

function newRun(period: Period, boundary: DayBoundary) {
  const ofValues = aggregation(period, boundary)
  const ofWeights = aggregation(period, boundary)
  return {
    add(times: Float64Array, values: Float64Array, weights: Float64Array) {
      ofValues.add(times, values)
      ofWeights.add(times, weights)
    },
    finish: (): [Aggregate, Aggregate] => [ofValues.finish(), ofWeights.finish()],
  }
}

function partOf(run: ReturnType<typeof newRun>, asSum: boolean): ValuePart {
  const [{ times, means, sums, lowest, highest, counts }, weights] = run.finish()
  return {
    count: times.length,
    times,
    values: asSum ? sums : means,
    flags: Uint8Array.from(weights.highest, (weight) => byWeight[weight]),
    minimum: lowest,
    maximum: highest,
    counts,
  }
}
