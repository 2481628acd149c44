/**
 * Datum jump: the zero of the gauge (or the unit) changed, so that all later values stand higher or lower by about a constant.
 *
 * Method: wherever two successive values differ by more than `shift`, the medians of the `window` values before and after
 * are compared; medians ignore a few stray readings of the other datum. A median has breakdown point 1/2 (P. J. Huber,
 * Robust Statistics, 1981, section 1.4), which makes "most of the window stands at the new level" the meaning of lasting.
 * Of neighbouring candidates the one that separates the two levels best is kept, by a bounded loss, so that a stray reading
 * far from both levels counts no more than one of the other level (P. Fearnhead and G. Rigaill, Changepoint detection in the
 * presence of outliers, Journal of the American Statistical Association 114, 2019).
 */

export type DatumJumpParameters = {
  /** Smallest step, and smallest lasting difference, in units of the value; recommended for levels 50 m. */
  shift: number
  /** Present values compared on each side; recommended 30. */
  window: number
}

export type DatumJump = {
  /** Index of the first value at the new level. */
  index: number
  time: number
  /** Median after minus median before. */
  shift: number
  before: number
  after: number
}

export type DatumSegment = {
  /** First and last index of the segment, both included. */
  first: number
  last: number
  median: number
  /** Sum of the shifts up to here: subtract it to bring the segment to the level of the first one (approximately). */
  offset: number
}

/** The lasting jumps of a whole series, in order of time, and the segments between them. O(n) plus the candidates. */
export function datumJumps(
  times: Float64Array,
  values: Float64Array,
  { shift, window }: DatumJumpParameters,
): { jumps: DatumJump[]; segments: DatumSegment[] } {
  const present = new Int32Array(values.length)
  let n = 0
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) present[n++] = i

  const jumps: DatumJump[] = []
  let best: { position: number; jump: DatumJump; cost: number } | undefined
  for (let k = 1; k < n; k++) {
    if (Math.abs(values[present[k]] - values[present[k - 1]]) < shift) continue
    const earlier = sorted(values, present, Math.max(0, k - window), k)
    const later = sorted(values, present, k, Math.min(n, k + window))
    // A level needs at least a third of a window to be called lasting.
    if (Math.min(earlier.length, later.length) * 3 < window) continue
    const before = median(earlier)
    const after = median(later)
    if (Math.abs(after - before) < shift) continue
    const cost = loss(earlier, before, shift / 10) + loss(later, after, shift / 10)
    const jump = { index: present[k], time: times[present[k]], shift: after - before, before, after }
    const sameJump =
      best !== undefined && k - best.position < window && best.jump.shift > 0 === jump.shift > 0
    if (best && !sameJump) jumps.push(best.jump)
    if (!best || !sameJump || cost < best.cost) best = { position: k, jump, cost }
  }
  if (best) jumps.push(best.jump)
  return { jumps, segments: segmentsOf(values, jumps) }
}

function segmentsOf(values: Float64Array, jumps: DatumJump[]): DatumSegment[] {
  const segments: DatumSegment[] = []
  let offset = 0
  for (let s = 0; s <= jumps.length; s++) {
    const first = s === 0 ? 0 : jumps[s - 1].index
    const last = s === jumps.length ? values.length - 1 : jumps[s].index - 1
    if (s > 0) offset += jumps[s - 1].shift
    const part = values
      .slice(first, last + 1)
      .filter((value) => !Number.isNaN(value))
      .sort()
    segments.push({ first, last, median: median(part), offset })
  }
  return segments
}

function sorted(values: Float64Array, present: Int32Array, start: number, end: number): Float64Array {
  const part = new Float64Array(end - start)
  for (let k = start; k < end; k++) part[k - start] = values[present[k]]
  return part.sort()
}

function median(ordered: Float64Array): number {
  const half = ordered.length >> 1
  return ordered.length % 2 === 1 ? ordered[half] : (ordered[half - 1] + ordered[half]) / 2
}

/** Mean bounded distance from the level. */
function loss(part: Float64Array, level: number, bound: number): number {
  let sum = 0
  for (const value of part) sum += Math.min(Math.abs(value - level), bound)
  return sum / part.length
}
