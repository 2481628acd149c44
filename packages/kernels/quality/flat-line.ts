/**
 * Flat line: the same value for too long, as from a stuck float or a repeated telegram.
 *
 * Source: IOC Manuals and Guides 26 (sea-level quality control) and QARTOD water-level manual (IOOS, 2016), flat line test;
 * WMO-No. 8 (2018), volume V, chapter 1 (minimum required variability).
 */

const HOUR = 3_600_000

export type FlatLineParameters = {
  /** A run of at least this many equal values ... ; recommended 10 for daily readings, 96 for 15-minute readings. */
  count: number
  /** ... that lasts at least this long; recommended 168 hours for daily readings, 24 for 15-minute readings. */
  hours: number
  /** Values within this of the first value of the run count as equal; recommended 0. */
  tolerance: number
  /**
   * Values up to this never count. For rain 0: days without rain are no fault. For levels the low-water level of the
   * place: with a resolution of 1 cm a river in the dry season may truly read the same for weeks. -Infinity for none.
   */
  ignoreUpTo: number
  /** A gap longer than this ends a run; recommended 49 hours. */
  gapHours: number
}

/** Marks (1) every value of each flat run, its beginning included. Missing values neither end nor lengthen a run. */
export function flatLine(
  times: Float64Array,
  values: Float64Array,
  { count, hours, tolerance, ignoreUpTo, gapHours }: FlatLineParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  const shortest = hours * HOUR
  const longest = gapHours * HOUR
  out.fill(0, from)
  let first = -1
  let last = -1
  let length = 0
  for (let i = 0; i <= values.length; i++) {
    const value = i < values.length ? values[i] : Infinity
    if (Number.isNaN(value)) continue
    const goes =
      first >= 0 && Math.abs(value - values[first]) <= tolerance && times[i] - times[last] <= longest
    if (goes) {
      length++
      last = i
      continue
    }
    if (
      first >= 0 &&
      length >= count &&
      times[last] - times[first] >= shortest &&
      values[first] > ignoreUpTo
    ) {
      for (let j = Math.max(first, from); j <= last; j++) out[j] = Number.isNaN(values[j]) ? 0 : 1
    }
    first = i
    last = i
    length = 1
  }
  return out
}
