/** Scales of small drawn charts. Pure. */

/** Maps a range of values onto a range of places. */
export function linear(from: [number, number], to: [number, number]): (value: number) => number {
  const factor = (to[1] - to[0]) / (from[1] - from[0] || 1)
  return (value) => to[0] + (value - from[0]) * factor
}

/** The Gumbel reduced variate of a return period in years: straight lines on its axis are Gumbel distributions. */
export function reducedVariate(returnPeriodYears: number): number {
  return -Math.log(-Math.log(1 - 1 / returnPeriodYears))
}

/** A path through points; NaN breaks it. */
export function pathThrough(points: readonly (readonly [number, number])[]): string {
  let path = ''
  let open = false
  for (const [x, y] of points) {
    if (Number.isNaN(x) || Number.isNaN(y)) {
      open = false
      continue
    }
    path += `${open ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`
    open = true
  }
  return path
}
