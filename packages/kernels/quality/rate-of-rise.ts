/**
 * Rate of rise: the value has risen more than a given amount within a given time (a sudden release, a flash flood).
 * Unlike the step check it looks back over a whole window, so a fast rise in many small steps is found too.
 *
 * Method: minimum of a moving window by a monotone queue (D. Lemire, Streaming maximum-minimum filter using no more than
 * three comparisons per element, Nordic Journal of Computing 13, 2006), so the cost does not grow with the window.
 */

const HOUR = 3_600_000

export type RateOfRiseParameters = {
  /** Rise above the lowest value of the window that is still accepted; recommended for levels 4 m. */
  rise: number
  /** Length of the window in hours; recommended 24. */
  withinHours: number
}

/** Marks (1) each value that stands more than `rise` above the lowest value of the `withinHours` before it. */
export function rateOfRise(
  times: Float64Array,
  values: Float64Array,
  { rise, withinHours }: RateOfRiseParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  const length = withinHours * HOUR
  let start = from
  while (start > 0 && times[from] - times[start - 1] <= length) start--
  const queue = new Int32Array(values.length - start)
  let head = 0
  let tail = 0
  for (let i = start; i < values.length; i++) {
    if (i >= from) out[i] = 0
    const value = values[i]
    if (Number.isNaN(value)) continue
    while (head < tail && times[i] - times[queue[head]] > length) head++
    if (i >= from && head < tail && value - values[queue[head]] > rise) out[i] = 1
    while (head < tail && values[queue[tail - 1]] >= value) tail--
    queue[tail++] = i
  }
  return out
}
