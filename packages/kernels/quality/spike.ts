/**
 * Spike check: one value stands away from its neighbours on both sides, or from the median of a window around it.
 *
 * Sources: IOC Manuals and Guides 22 (GTSPP), test 2.7: |v2 - (v1+v3)/2| - |(v1-v3)/2| is the distance of v2 from the
 * interval between its neighbours. Window form: F. R. Hampel, The influence curve and its role in robust estimation,
 * Journal of the American Statistical Association 69 (1974); R. K. Pearson, IEEE Transactions on Control Systems
 * Technology 10 (2002).
 */

const HOUR = 3_600_000
/** Makes the median absolute deviation estimate the standard deviation of a normal distribution. */
const NORMAL_CONSISTENCY = 1.4826

export type SpikeParameters = {
  /** Smallest distance from the neighbours that is a hit; recommended for daily levels 1 m, for 15-minute levels 0.3 m. */
  distance: number
  /** Neighbours further away than this are not compared; recommended 49 hours. */
  gapHours: number
}

/** Marks (1) each value further than `distance` outside the interval of its nearest present neighbours. The last value waits. */
export function spike(
  times: Float64Array,
  values: Float64Array,
  { distance, gapHours }: SpikeParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  const longest = gapHours * HOUR
  out.fill(0, from)
  let middle = from - 1
  while (middle >= 0 && Number.isNaN(values[middle])) middle--
  let before = middle - 1
  while (before >= 0 && Number.isNaN(values[before])) before--
  for (let i = from; i < values.length; i++) {
    const after = values[i]
    if (Number.isNaN(after)) continue
    if (before >= 0 && middle >= from) {
      const up = values[middle] - values[before]
      const down = values[middle] - after
      const outside = up > 0 ? Math.min(up, down) : Math.min(-up, -down)
      if (
        outside > distance &&
        times[i] - times[middle] <= longest &&
        times[middle] - times[before] <= longest
      ) {
        out[middle] = 1
      }
    }
    before = middle
    middle = i
  }
  return out
}

export type MedianSpikeParameters = {
  /** Smallest distance from the median that is a hit; recommended for levels 1 m. */
  distance: number
  /** Present values taken on each side; recommended 3, at most 15. */
  halfWindow: number
  /** The distance must also exceed this many robust standard deviations of the window; recommended 5. */
  deviations: number
}

/** Marks (1) each value far from the median of the window around it; finds also two or three wrong values in a row. */
export function medianSpike(
  _times: Float64Array,
  values: Float64Array,
  { distance, halfWindow, deviations }: MedianSpikeParameters,
  out: Uint8Array = new Uint8Array(values.length),
  from = 0,
): Uint8Array {
  const present: number[] = []
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) present.push(i)
  out.fill(0, from)
  const width = 2 * halfWindow + 1
  const window = new Float64Array(width)
  for (let k = 0; k < present.length; k++) {
    const i = present[k]
    if (i < from) continue
    const first = Math.max(0, Math.min(k - halfWindow, present.length - width))
    const count = Math.min(width, present.length)
    if (count < 3) continue
    for (let j = 0; j < count; j++) insert(window, j, values[present[first + j]])
    const median = middleOf(window, count)
    const away = Math.abs(values[i] - median)
    if (away <= distance) continue
    for (let j = 0; j < count; j++) insert(window, j, Math.abs(values[present[first + j]] - median))
    if (away > deviations * NORMAL_CONSISTENCY * middleOf(window, count)) out[i] = 1
  }
  return out
}

/** Insertion sort, one value at a time: the windows are short. */
function insert(sorted: Float64Array, count: number, value: number) {
  let j = count - 1
  while (j >= 0 && sorted[j] > value) {
    sorted[j + 1] = sorted[j]
    j--
  }
  sorted[j + 1] = value
}

function middleOf(sorted: Float64Array, count: number): number {
  return count % 2 === 1 ? sorted[(count - 1) / 2] : (sorted[count / 2 - 1] + sorted[count / 2]) / 2
}
