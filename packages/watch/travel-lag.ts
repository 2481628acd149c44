/** How many days one station of a river follows another, learned from their daily changes. */

/** Fewer common changes than this show nothing. */
const fewestPairs = 120

/** The lag at which the daily changes of `values` have most in common with those of `reference` so many days before. */
export function travelLag(
  values: Float64Array,
  reference: Float64Array,
  from: number,
  to: number,
): { lag: number; correlation: number } {
  let best = { lag: 0, correlation: Number.NaN }
  for (let lag = from; lag <= to; lag++) {
    const correlation = changeCorrelation(values, reference, lag)
    // Of equal ones the shortest way stays.
    if (!(correlation <= best.correlation) && !Number.isNaN(correlation)) best = { lag, correlation }
  }
  return best
}

/** Correlation of value[i] - value[i-1] with reference[i-lag] - reference[i-lag-1]; NaN when too few pairs exist. */
function changeCorrelation(values: Float64Array, reference: Float64Array, lag: number): number {
  let n = 0
  let sx = 0
  let sy = 0
  let sxx = 0
  let syy = 0
  let sxy = 0
  const last = Math.min(values.length, values.length + lag)
  for (let i = Math.max(1, lag + 1); i < last; i++) {
    const x = values[i] - values[i - 1]
    const y = reference[i - lag] - reference[i - lag - 1]
    if (Number.isNaN(x) || Number.isNaN(y)) continue
    n++
    sx += x
    sy += y
    sxx += x * x
    syy += y * y
    sxy += x * y
  }
  if (n < fewestPairs) return Number.NaN
  const vx = sxx - (sx * sx) / n
  const vy = syy - (sy * sy) / n
  return vx > 0 && vy > 0 ? (sxy - (sx * sy) / n) / Math.sqrt(vx * vy) : Number.NaN
}
