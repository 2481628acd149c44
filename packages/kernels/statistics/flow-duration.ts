/**
 * Flow duration curve: the value that is reached or exceeded a given share of the time.
 *
 * Source: R. M. Vogel and N. M. Fennessey, Flow-duration curves I, Journal of Water Resources Planning and Management 120
 * (1994): Weibull plotting position of the ranked daily flows.
 */
import { sortedPresent, weibullQuantile } from './quantile.ts'

/** Values exceeded the given shares of the time (0 to 1): `flowDurationCurve(q, [0.05, 0.5, 0.95])` gives Q5, Q50, Q95. */
export function flowDurationCurve(values: Float64Array, exceedance: ArrayLike<number>): Float64Array {
  const sorted = sortedPresent(values)
  return Float64Array.from(exceedance, (share) => weibullQuantile(sorted, 1 - share))
}
