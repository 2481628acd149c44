/**
 * Quantiles of a sample and plotting positions.
 *
 * Sources: R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages, The American Statistician 50 (1996): type 7
 * (the default of R and numpy) and type 6 (Weibull); W. Weibull (1939): F = i / (n + 1).
 */

/** The present values in ascending order. */
export function sortedPresent(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value)).sort()
}

/** Quantile of type 7 of ascending values, for p from 0 to 1; NaN of an empty sample. */
export function quantile(sorted: Float64Array, p: number): number {
  return interpolated(sorted, (sorted.length - 1) * p)
}

/** Quantile of type 6 (Weibull) of ascending values: p n + p; the ends are the extremes of the sample. */
export function weibullQuantile(sorted: Float64Array, p: number): number {
  return interpolated(sorted, Math.min(sorted.length - 1, Math.max(0, (sorted.length + 1) * p - 1)))
}

function interpolated(sorted: Float64Array, position: number): number {
  if (sorted.length === 0) return NaN
  const below = Math.floor(position)
  const share = position - below
  return share === 0 ? sorted[below] : sorted[below] + share * (sorted[below + 1] - sorted[below])
}

/** Probabilities of not being exceeded, i / (n + 1), for n ascending values. */
export function weibullPositions(n: number): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => (i + 1) / (n + 1))
}
