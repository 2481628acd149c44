/**
 * Date shift: for a time, a daily series is dated some days late or early against a neighbour (or another copy of itself).
 *
 * Method: correlation of the daily changes of both series in moving windows, at lags of a few days either way
 * (G. E. P. Box and G. M. Jenkins, Time Series Analysis, 1970, section 11.1, cross-correlation of differenced series).
 * The lag that is usual for the pair (travel time of the flood wave) is the median of the windows' best lags; windows with
 * another best lag are suspect. First and last day follow from the largest total gain in squared error of the changes
 * (J. Bentley, Programming Pearls, 1984, maximum-sum segment).
 */

export type DateShiftParameters = {
  /** Lags from -maximumLag to maximumLag days are tried; recommended 3. */
  maximumLag: number
  /** Days in a window; recommended 60. */
  windowDays: number
  /** Days from one window to the next; recommended 10. */
  strideDays: number
  /** Least correlation at the best lag; recommended 0.6 (0.9 for two copies of one series). */
  correlation: number
  /** The best lag must beat the usual lag by this much correlation (above 0); recommended 0.3. */
  margin: number
}

export type DateShift = {
  /** First and last day (index into the grid) that bear a wrong date, both included. */
  first: number
  last: number
  /** Days by which the series is dated late (positive) or early (negative), relative to the usual lag of the pair. */
  daysLate: number
  /** Correlation of the daily changes in this stretch at the shifted and at the usual lag. */
  correlation: number
  usualCorrelation: number
}

/**
 * Stretches of wrong dates in `values` against `reference`. Both are on the same grid of days (see daily-grid), NaN where
 * missing. `usualLag` is positive when the series follows the reference (the neighbour lies upstream). O(n x lags).
 */
export function dateShifts(
  values: Float64Array,
  reference: Float64Array,
  parameters: DateShiftParameters,
): { usualLag: number; shifts: DateShift[] } {
  const { maximumLag, windowDays, strideDays, correlation, margin } = parameters
  const mine = changes(values)
  const theirs = changes(reference)
  const lags = Array.from({ length: 2 * maximumLag + 1 }, (_, k) => k - maximumLag)
  const sums = lags.map((lag) => prefixSums(mine, theirs, lag))

  const windows: { start: number; end: number; r: Float64Array; best: number }[] = []
  for (let start = 0; start < values.length; start += strideDays) {
    const end = Math.min(values.length, start + windowDays)
    const r = Float64Array.from(sums, (sum) => correlationOf(sum, start, end, windowDays / 2))
    let best = -1
    for (let k = 0; k < r.length; k++) if (!Number.isNaN(r[k]) && (best < 0 || r[k] > r[best])) best = k
    if (best >= 0 && r[best] >= correlation) windows.push({ start, end, r, best })
  }
  if (windows.length === 0) return { usualLag: NaN, shifts: [] }

  const usual = windows.map((w) => w.best).sort((a, b) => a - b)[windows.length >> 1]
  // Neighbouring suspect windows make one stretch; only a window that speaks for the usual lag or for a third one ends it.
  const stretches: { start: number; end: number; lag: number }[] = []
  let open: { start: number; end: number; lag: number } | undefined
  for (const w of windows) {
    if (open && (w.best !== open.lag || w.start > open.end)) open = undefined
    if (w.r[w.best] - w.r[usual] < margin) continue
    if (open) open.end = w.end
    else {
      open = { start: w.start, end: w.end, lag: w.best }
      stretches.push(open)
    }
  }

  const shifts: DateShift[] = []
  for (const { start, end, lag } of stretches) {
    const edges = largestGain(mine, theirs, lags[usual], lags[lag], start - windowDays, end + windowDays)
    if (!edges || edges[1] - edges[0] < windowDays / 3) continue
    const [first, last] = edges
    const shifted = correlationOf(sums[lag], first, last + 1, 3)
    const unshifted = correlationOf(sums[usual], first, last + 1, 3)
    if (!(shifted >= correlation) || shifted - unshifted < margin / 2) continue
    const daysLate = lags[lag] - lags[usual]
    const previous = shifts.at(-1)
    if (previous && previous.daysLate === daysLate && first <= previous.last + 1) {
      previous.last = Math.max(previous.last, last)
      previous.correlation = correlationOf(sums[lag], previous.first, previous.last + 1, 3)
      previous.usualCorrelation = correlationOf(sums[usual], previous.first, previous.last + 1, 3)
      continue
    }
    // Where two lags claim the same days the better explanation stays.
    if (previous && first <= previous.last) {
      if (shifted <= previous.correlation) continue
      shifts.pop()
    }
    shifts.push({ first, last, daysLate, correlation: shifted, usualCorrelation: unshifted })
  }
  return { usualLag: lags[usual], shifts }
}

function changes(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length).fill(NaN)
  for (let i = 1; i < values.length; i++) out[i] = values[i] - values[i - 1]
  return out
}

type Sums = {
  n: Float64Array
  x: Float64Array
  y: Float64Array
  xx: Float64Array
  yy: Float64Array
  xy: Float64Array
}

/** Sums over pairs (mine[i], theirs[i - lag]) up to each day. */
function prefixSums(mine: Float64Array, theirs: Float64Array, lag: number): Sums {
  const make = () => new Float64Array(mine.length + 1)
  const s: Sums = { n: make(), x: make(), y: make(), xx: make(), yy: make(), xy: make() }
  for (let i = 0; i < mine.length; i++) {
    const j = i - lag
    const x = mine[i]
    const y = j >= 0 && j < theirs.length ? theirs[j] : NaN
    const pair = !Number.isNaN(x) && !Number.isNaN(y)
    s.n[i + 1] = s.n[i] + (pair ? 1 : 0)
    s.x[i + 1] = s.x[i] + (pair ? x : 0)
    s.y[i + 1] = s.y[i] + (pair ? y : 0)
    s.xx[i + 1] = s.xx[i] + (pair ? x * x : 0)
    s.yy[i + 1] = s.yy[i] + (pair ? y * y : 0)
    s.xy[i + 1] = s.xy[i] + (pair ? x * y : 0)
  }
  return s
}

function correlationOf(s: Sums, start: number, end: number, fewest: number): number {
  const n = s.n[end] - s.n[start]
  if (n < fewest) return NaN
  const x = (s.x[end] - s.x[start]) / n
  const y = (s.y[end] - s.y[start]) / n
  const xx = (s.xx[end] - s.xx[start]) / n - x * x
  const yy = (s.yy[end] - s.yy[start]) / n - y * y
  const xy = (s.xy[end] - s.xy[start]) / n - x * y
  return xx > 1e-12 && yy > 1e-12 ? xy / Math.sqrt(xx * yy) : NaN
}

/** The days on which the other lag explains the changes better, taken together: first and last of the best run. */
function largestGain(
  mine: Float64Array,
  theirs: Float64Array,
  usualLag: number,
  otherLag: number,
  start: number,
  end: number,
): [number, number] | undefined {
  let bestGain = 0
  let best: [number, number] | undefined
  let gain = 0
  let from = Math.max(0, start)
  for (let i = from; i < Math.min(mine.length, end); i++) {
    const usual = mine[i] - theirs[i - usualLag]
    const other = mine[i] - theirs[i - otherLag]
    const g = usual * usual - other * other
    if (!Number.isNaN(g)) gain += g
    if (gain <= 0) {
      gain = 0
      from = i + 1
    } else if (gain > bestGain) {
      bestGain = gain
      best = [from, i]
    }
  }
  return best
}
