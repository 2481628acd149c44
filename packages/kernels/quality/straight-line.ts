/**
 * Straight-line fill: readings that lie on an exact sloping line were most probably interpolated, not read.
 *
 * A river does not keep the same change from day to day to the last digit, with one exception: a slow recession read to
 * the centimetre often falls by exactly one centimetre a day for a week. Such lines can be left out by `resolution`.
 * Source: the rule by which the basin collection lists its straight-line segments (7 or more daily values on one line);
 * a zero slope is the matter of the flat-line check (WMO-No. 8, 2018, volume V, chapter 1).
 */

export type StraightLineParameters = {
  /** A run of at least this many readings on one line; recommended 7 for daily values. */
  count: number
  /** How far a change may differ from the run's first change and still count as the same; recommended 1e-6. */
  tolerance: number
  /** Lines that change by exactly this from reading to reading are left out; 0 for none, 0.01 for readings in whole cm. */
  resolution: number
}

/** Marks (1) each reading of every run on an exact straight line with non-zero slope. A missing value ends a run. */
export function straightLine(
  times: Float64Array,
  values: Float64Array,
  { count, tolerance, resolution }: StraightLineParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  out.fill(0, from)
  let first = 0
  while (first < values.length - 1) {
    const change = values[first + 1] - values[first]
    // Compared with the run's first change, so that small differences cannot add up to a curve.
    const slope = change / (times[first + 1] - times[first])
    let last = first + 1
    while (
      last + 1 < values.length &&
      Math.abs(values[last + 1] - values[last] - slope * (times[last + 1] - times[last])) <= tolerance
    ) {
      last++
    }
    const size = Math.abs(change)
    const sloping = size > tolerance && Math.abs(size - resolution) > tolerance
    if (sloping && last - first + 1 >= count) out.fill(1, Math.max(first, from), last + 1)
    // The last reading of one line can be the first of the next.
    first = last
  }
  return out
}
