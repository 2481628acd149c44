/**
 * Sample L-moments from unbiased probability-weighted moments.
 *
 * Sources: J. R. M. Hosking, L-moments, Journal of the Royal Statistical Society B 52 (1990), equations 2.1 and 3.1; J. R. M.
 * Hosking and J. R. Wallis, Regional Frequency Analysis (1997), section 2.7: b_r = mean of x_(i) (i-1)..(i-r) / (n-1)..(n-r).
 */

export type LMoments = {
  /** Present values in the sample. */
  count: number
  /** Mean, and L-scale (second L-moment). */
  l1: number
  l2: number
  /** L-skewness and L-kurtosis (ratios to l2); NaN when all values are equal. */
  t3: number
  t4: number
}

/** L-moments of the present values; at least four are needed, with fewer all are NaN. */
export function lMoments(values: Float64Array): LMoments {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  const n = sorted.length
  if (n < 4) return { count: n, l1: NaN, l2: NaN, t3: NaN, t4: NaN }
  let b0 = 0
  let b1 = 0
  let b2 = 0
  let b3 = 0
  for (let i = 0; i < n; i++) {
    const w1 = i / (n - 1)
    const w2 = (w1 * (i - 1)) / (n - 2)
    const w3 = (w2 * (i - 2)) / (n - 3)
    b0 += sorted[i]
    b1 += w1 * sorted[i]
    b2 += w2 * sorted[i]
    b3 += w3 * sorted[i]
  }
  b0 /= n
  b1 /= n
  b2 /= n
  b3 /= n
  const l2 = 2 * b1 - b0
  return {
    count: n,
    l1: b0,
    l2,
    t3: (6 * b2 - 6 * b1 + b0) / l2,
    t4: (20 * b3 - 30 * b2 + 12 * b1 - b0) / l2,
  }
}
