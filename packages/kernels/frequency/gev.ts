/**
 * Generalised extreme value distribution by L-moments: F(x) = exp(-(1 - k (x - location) / scale)^(1/k)).
 * The shape k is Hosking's: k < 0 is the heavy upper tail; the xi of other books (and minus scipy's c) is -k.
 *
 * Source: J. R. M. Hosking, J. R. Wallis and E. F. Wood, Technometrics 27 (1985); Hosking and Wallis, Regional Frequency
 * Analysis (1997), appendix A.7. The approximation of k there is refined here by Newton steps on the exact equation
 * t3 = 2 (1 - 3^-k) / (1 - 2^-k) - 3.
 */
import { exp, log, pow } from '../portable-mathematics.ts'
import { fitGumbel, gumbelDistribution, gumbelQuantile } from './gumbel.ts'
import type { LMoments } from './l-moments.ts'
import { gamma } from './special-functions.ts'

export type GevParameters = { location: number; scale: number; shape: number }

/** Nearer to zero than this the shape is taken as zero (Gumbel): the formulas would lose all their digits. */
const SMALL = 1e-6
const LOG2 = Math.LN2
const LOG3 = 1.0986122886681098

/** Parameters from L-moments; all NaN when t3 is not inside (-1, 1). */
export function fitGev(moments: LMoments): GevParameters {
  const { l1, l2, t3 } = moments
  if (!(Math.abs(t3) < 1)) return { location: NaN, scale: NaN, shape: NaN }
  const c = 2 / (3 + t3) - LOG2 / LOG3
  let k = c * (7.859 + 2.9554 * c)
  for (let round = 0; round < 50 && Math.abs(k) > SMALL; round++) {
    const two = exp(-k * LOG2)
    const three = exp(-k * LOG3)
    const error = (2 * (1 - three)) / (1 - two) - 3 - t3
    const slope = (2 * (LOG3 * three * (1 - two) - LOG2 * two * (1 - three))) / ((1 - two) * (1 - two))
    const next = Math.max(-0.999999, k - error / slope)
    const change = Math.abs(next - k)
    k = next
    if (change < 1e-13) break
  }
  if (Math.abs(k) <= SMALL) return { ...fitGumbel(moments), shape: 0 }
  const g = gamma(1 + k)
  const scale = (l2 * k) / (g * (1 - exp(-k * LOG2)))
  return { location: l1 - (scale * (1 - g)) / k, scale, shape: k }
}

export function gevQuantile(parameters: GevParameters, probability: number): number {
  const { location, scale, shape } = parameters
  if (shape === 0) return gumbelQuantile(parameters, probability)
  return location + (scale * (1 - pow(-log(probability), shape))) / shape
}

export function gevDistribution(parameters: GevParameters, x: number): number {
  const { location, scale, shape } = parameters
  if (shape === 0) return gumbelDistribution(parameters, x)
  const base = 1 - (shape * (x - location)) / scale
  // Beyond the end point of the distribution.
  if (base <= 0) return shape > 0 ? 1 : 0
  return exp(-pow(base, 1 / shape))
}
