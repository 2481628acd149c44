/**
 * Gumbel distribution (extreme value type I) by L-moments: F(x) = exp(-exp(-(x - location) / scale)).
 *
 * Source: Hosking and Wallis, Regional Frequency Analysis (1997), appendix A.3.
 */
import { exp, log } from '../portable-mathematics.ts'
import type { LMoments } from './l-moments.ts'

const EULER = 0.5772156649015329

export type GumbelParameters = { location: number; scale: number }

/** scale = l2 / ln 2, location = l1 - 0.5772 scale. */
export function fitGumbel({ l1, l2 }: LMoments): GumbelParameters {
  const scale = l2 / Math.LN2
  return { location: l1 - EULER * scale, scale }
}

export function gumbelQuantile({ location, scale }: GumbelParameters, probability: number): number {
  return location - scale * log(-log(probability))
}

export function gumbelDistribution({ location, scale }: GumbelParameters, x: number): number {
  return exp(-exp(-(x - location) / scale))
}
