/**
 * How well a fitted distribution describes its sample.
 *
 * Sources: J. R. Stedinger, R. M. Vogel and E. Foufoula-Georgiou, chapter 18 of D. R. Maidment (ed.), Handbook of Hydrology
 * (1993): probability plot correlation (section 18.3.2), Kolmogorov-Smirnov distance; plotting position of C. Cunnane,
 * Journal of Hydrology 37 (1978): (i - 0.4) / (n + 0.2); T. W. Anderson and D. A. Darling, JASA 49 (1954).
 */
import { log } from '../portable-mathematics.ts'
import { sortedPresent } from '../statistics/quantile.ts'
import type { FittedDistribution } from './distributions.ts'

export type GoodnessOfFit = {
  /** Largest distance between empirical and fitted distribution function. */
  kolmogorovSmirnov: number
  /** Anderson-Darling A2; weighs the tails. */
  andersonDarling: number
  /** Correlation of ordered values and fitted quantiles; 1 is a straight probability plot. */
  plotCorrelation: number
  /** Root mean square difference of ordered values and fitted quantiles, in units of the values. */
  rootMeanSquare: number
}

/** No significance levels: they would not hold for parameters fitted to the same sample. Compare distributions by these. */
export function goodnessOfFit(fitted: FittedDistribution, values: Float64Array): GoodnessOfFit {
  const sorted = sortedPresent(values)
  const n = sorted.length
  const quantiles = sorted.map((_, i) => fitted.quantile((i + 0.6) / (n + 0.2)))
  let distance = 0
  let weighted = 0
  let squares = 0
  for (let i = 0; i < n; i++) {
    const p = fitted.distribution(sorted[i])
    distance = Math.max(distance, p - i / n, (i + 1) / n - p)
    weighted += (2 * i + 1) * (log(p) + log(1 - fitted.distribution(sorted[n - 1 - i])))
    squares += (sorted[i] - quantiles[i]) ** 2
  }
  return {
    kolmogorovSmirnov: distance,
    andersonDarling: -n - weighted / n,
    plotCorrelation: correlation(sorted, quantiles),
    rootMeanSquare: Math.sqrt(squares / n),
  }
}

function correlation(a: Float64Array, b: Float64Array): number {
  const meanA = a.reduce((sum, value) => sum + value, 0) / a.length
  const meanB = b.reduce((sum, value) => sum + value, 0) / b.length
  let ab = 0
  let aa = 0
  let bb = 0
  for (let i = 0; i < a.length; i++) {
    ab += (a[i] - meanA) * (b[i] - meanB)
    aa += (a[i] - meanA) ** 2
    bb += (b[i] - meanB) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}
