/**
 * Aggregation of readings to hours, days, months or years: count, mean, sum, lowest, highest.
 *
 * Source: WMO-No. 1203 (2017), section 4.2 (means and totals need their count); the day boundary is local and declared, as
 * rain of the basin is read at 07:00. Sums are compensated (W. Kahan, Communications of the ACM 8, 1965).
 */
import {
  civilDate,
  type DayBoundary,
  dayNumber,
  HOUR_MILLISECONDS,
  localDay,
  startOfLocalDay,
} from './calendar.ts'

export type Period = 'hour' | 'day' | 'month' | 'year'

export type Aggregate = {
  /** Start of each period, ms. */
  times: Float64Array
  counts: Uint32Array
  means: Float64Array
  sums: Float64Array
  lowest: Float64Array
  highest: Float64Array
}

/** Takes blocks in order of time and gives the aggregate at the end. Periods without a present value are left out. */
export function aggregation(period: Period, boundary: DayBoundary) {
  const times: number[] = []
  const counts: number[] = []
  const sums: number[] = []
  const lowest: number[] = []
  const highest: number[] = []
  let start = NaN
  let end = -Infinity
  let k = -1
  let lost = 0

  function open(time: number) {
    ;[start, end] = periodOf(time, period, boundary)
    k = times.push(start) - 1
    counts.push(0)
    sums.push(0)
    lowest.push(Infinity)
    highest.push(-Infinity)
    lost = 0
  }

  return {
    add(blockTimes: Float64Array, values: Float64Array) {
      for (let i = 0; i < values.length; i++) {
        const value = values[i]
        if (Number.isNaN(value)) continue
        const time = blockTimes[i]
        if (!(time < end)) open(time)
        counts[k]++
        const corrected = value - lost
        const sum = sums[k] + corrected
        lost = sum - sums[k] - corrected
        sums[k] = sum
        if (value < lowest[k]) lowest[k] = value
        if (value > highest[k]) highest[k] = value
      }
    },
    finish(): Aggregate {
      return {
        times: Float64Array.from(times),
        counts: Uint32Array.from(counts),
        means: Float64Array.from(sums, (sum, i) => sum / counts[i]),
        sums: Float64Array.from(sums),
        lowest: Float64Array.from(lowest),
        highest: Float64Array.from(highest),
      }
    },
  }
}

/** The same for a whole series at once. */
export function aggregate(
  times: Float64Array,
  values: Float64Array,
  period: Period,
  boundary: DayBoundary,
): Aggregate {
  const all = aggregation(period, boundary)
  all.add(times, values)
  return all.finish()
}

/** Start and end (ms) of the period that holds a moment. Hours are counted from the local day's start. */
function periodOf(time: number, period: Period, boundary: DayBoundary): [number, number] {
  const day = localDay(time, boundary)
  if (period === 'hour') {
    const first = startOfLocalDay(day, boundary)
    const start = first + Math.floor((time - first) / HOUR_MILLISECONDS) * HOUR_MILLISECONDS
    return [start, start + HOUR_MILLISECONDS]
  }
  if (period === 'day') return [startOfLocalDay(day, boundary), startOfLocalDay(day + 1, boundary)]
  const { year, month } = civilDate(day)
  const [first, next] =
    period === 'year'
      ? [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)]
      : [dayNumber(year, month, 1), month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)]
  return [startOfLocalDay(first, boundary), startOfLocalDay(next, boundary)]
}
