/**
 * Pearson type III distribution by L-moments, and the log-Pearson III made of it.
 *
 * Source: Hosking and Wallis, Regional Frequency Analysis (1997), appendix A.9, with its rational approximations of the shape
 * from t3 (relative error below 5e-5). Log-Pearson III: the same on natural logarithms (as in U.S. Bulletin 17B, 1982,
 * which fits by ordinary moments instead).
 */
import { exp, log } from '../portable-mathematics.ts'
import type { LMoments } from './l-moments.ts'
import {
  gammaDistribution,
  gammaQuantile,
  gammaSurvival,
  logGamma,
  normalDistribution,
  normalQuantile,
} from './special-functions.ts'

/** Mean, standard deviation and skewness. */
export type Pearson3Parameters = { mean: number; deviation: number; skewness: number }

/**
 * With less skewness than this the cube-root approximation of Wilson and Hilferty (1931) is used: its error is then below
 * 1e-6 standard deviations, and the incomplete gamma function would need very many terms.
 */
const NEARLY_NORMAL = 0.01

/** Parameters from L-moments; all NaN when t3 is not inside (-1, 1). */
export function fitPearson3({ l1, l2, t3 }: LMoments): Pearson3Parameters {
  const skew = Math.abs(t3)
  if (!(skew < 1)) return { mean: NaN, deviation: NaN, skewness: NaN }
  const rootPi = Math.sqrt(Math.PI)
  if (skew < 1e-6) return { mean: l1, deviation: l2 * rootPi, skewness: 0 }
  let alpha: number
  if (skew < 1 / 3) {
    const z = 3 * Math.PI * skew * skew
    alpha = (1 + 0.2906 * z) / (z * (1 + z * (0.1882 + z * 0.0442)))
  } else {
    const z = 1 - skew
    alpha =
      (z * (0.36067 + z * (-0.59567 + z * 0.25361))) / (1 + z * (-2.78861 + z * (2.56096 - z * 0.77045)))
  }
  const ratio = exp(logGamma(alpha) - logGamma(alpha + 0.5))
  return {
    mean: l1,
    deviation: l2 * rootPi * Math.sqrt(alpha) * ratio,
    skewness: (2 / Math.sqrt(alpha)) * Math.sign(t3),
  }
}

export function pearson3Quantile(
  { mean, deviation, skewness }: Pearson3Parameters,
  probability: number,
): number {
  const skew = Math.abs(skewness)
  if (skew < NEARLY_NORMAL) {
    const z = normalQuantile(probability)
    if (skew < 1e-9) return mean + deviation * z
    const root = 1 + (skewness * z) / 6 - (skewness * skewness) / 36
    return mean + (deviation * 2 * (root * root * root - 1)) / skewness
  }
  const alpha = 4 / (skew * skew)
  const scale = (deviation * skew) / 2
  return skewness > 0
    ? mean + scale * (gammaQuantile(alpha, probability) - alpha)
    : mean - scale * (gammaQuantile(alpha, 1 - probability) - alpha)
}

export function pearson3Distribution({ mean, deviation, skewness }: Pearson3Parameters, x: number): number {
  const skew = Math.abs(skewness)
  const z = (x - mean) / deviation
  if (skew < 1e-9) return normalDistribution(z)
  if (skew < NEARLY_NORMAL) {
    const root = exp(log(Math.max(1 + (skewness * z) / 2, 0)) / 3)
    return normalDistribution((6 / skewness) * (root - 1 + (skewness * skewness) / 36))
  }
  const alpha = 4 / (skew * skew)
  const y = alpha + (2 * z * Math.sign(skewness)) / skew
  return skewness > 0 ? gammaDistribution(alpha, y) : gammaSurvival(alpha, y)
}

/** Natural logarithms of a sample for the log-Pearson III; a value at or below zero has none. */
export function logarithms(values: Float64Array): Float64Array {
  return values.map((value) => {
    if (value <= 0) throw new RangeError(`log-Pearson III needs values above zero, not ${value}`)
    return log(value)
  })
}

/** Quantile of the log-Pearson III whose parameters belong to the logarithms. */
export function logPearson3Quantile(parameters: Pearson3Parameters, probability: number): number {
  return exp(pearson3Quantile(parameters, probability))
}

export function logPearson3Distribution(parameters: Pearson3Parameters, x: number): number {
  return x > 0 ? pearson3Distribution(parameters, log(x)) : 0
}
