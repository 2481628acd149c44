/** Readings by day, with the day the first of them belongs to: the form in which series are compared with each other. */
import { dailyGrid } from '@lanmei/kernels/quality/daily-grid'

const dayMs = 86_400_000

/** One value a day, NaN where there is none. `firstDay` counts local days since 1970-01-01. */
export type Daily = { firstDay: number; values: Float64Array }

/** The first present value of each local day. Values where `without` is 1 are left out. */
export function dailyOf(
  times: Float64Array,
  values: Float64Array,
  offsetMs: number,
  without?: Uint8Array,
): Daily {
  const n = times.length
  if (n === 0) return { firstDay: 0, values: new Float64Array(0) }
  const firstDay = dayOf(times[0], offsetMs)
  const days = dayOf(times[n - 1], offsetMs) - firstDay + 1
  const kept = without ? values.map((value, i) => (without[i] ? Number.NaN : value)) : values
  return { firstDay, values: dailyGrid(times, kept, firstDay * dayMs - offsetMs, days) }
}

/** The local day a time belongs to. */
export function dayOf(ms: number, offsetMs: number): number {
  return Math.floor((ms + offsetMs) / dayMs)
}

/** Values of `other` on the days of `frame`, NaN where it has none. */
export function framed(frame: Daily, other: Daily): Float64Array {
  const shift = frame.firstDay - other.firstDay
  const out = new Float64Array(frame.values.length).fill(Number.NaN)
  const from = Math.max(0, -shift)
  const to = Math.min(out.length, other.values.length - shift)
  if (to > from) out.set(other.values.subarray(from + shift, to + shift), from)
  return out
}

/** Marks (1) the values that fall on marked days. Missing values stay unmarked. */
export function marksOfDays(
  times: Float64Array,
  values: Float64Array,
  offsetMs: number,
  frame: Daily,
  days: Uint8Array,
): Uint8Array {
  const out = new Uint8Array(times.length)
  for (let i = 0; i < times.length; i++)
    if (days[dayOf(times[i], offsetMs) - frame.firstDay] && !Number.isNaN(values[i])) out[i] = 1
  return out
}
