/**
 * Special functions of the distributions: logarithm of gamma, incomplete gamma and its inverse, normal distribution and its
 * inverse. Built on our portable functions, so that results are the same on every machine.
 *
 * Sources: M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions (1964): 6.1.41 (Stirling), 6.5.29 (series),
 * 6.5.31 (continued fraction); M. J. Wichura, Algorithm AS 241, Applied Statistics 37 (1988) for the inverse normal.
 */
import { exp, log } from '../portable-mathematics.ts'

/** Natural logarithm of the gamma function for x > 0; absolute error below 1e-14. */
export function logGamma(x: number): number {
  if (!(x > 0)) return NaN
  // Lifted to 12 or more, where eight terms of Stirling's series are enough.
  let product = 1
  let y = x
  while (y < 12) {
    product *= y
    y += 1
  }
  const z = 1 / (y * y)
  const series =
    (1 / 12 -
      z * (1 / 360 - z * (1 / 1260 - z * (1 / 1680 - z * (1 / 1188 - z * (691 / 360360 - z / 156)))))) /
    y
  return (y - 0.5) * log(y) - y + HALF_LOG_TWO_PI + series - log(product)
}
const HALF_LOG_TWO_PI = 0.9189385332046728

/** Gamma function for x > 0. */
export function gamma(x: number): number {
  return exp(logGamma(x))
}

/** Regularised incomplete gamma function P(a, x): the gamma distribution with shape a and scale 1. */
export function gammaDistribution(a: number, x: number): number {
  if (Number.isNaN(x) || !(a > 0)) return NaN
  if (x <= 0) return 0
  return x < a + 1 ? lowerSeries(a, x) : 1 - upperFraction(a, x)
}

/** Its complement Q(a, x) = 1 - P(a, x), accurate where it is small. */
export function gammaSurvival(a: number, x: number): number {
  if (Number.isNaN(x) || !(a > 0)) return NaN
  if (x <= 0) return 1
  return x < a + 1 ? 1 - lowerSeries(a, x) : upperFraction(a, x)
}

function lowerSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let k = 1; k < 100_000; k++) {
    term *= x / (a + k)
    sum += term
    if (term < sum * 1e-17) break
  }
  return sum * exp(a * log(x) - x - logGamma(a))
}

/** Continued fraction evaluated forwards (W. J. Lentz, Applied Optics 15, 1976). */
function upperFraction(a: number, x: number): number {
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let k = 1; k < 100_000; k++) {
    const an = -k * (k - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < tiny) d = tiny
    c = b + an / c
    if (Math.abs(c) < tiny) c = tiny
    d = 1 / d
    const change = d * c
    h *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return h * exp(a * log(x) - x - logGamma(a))
}

/**
 * Quantile of the gamma distribution with shape a and scale 1, for p from 0 to 1: Newton steps from the approximation of
 * E. B. Wilson and M. M. Hilferty (Proceedings of the National Academy of Sciences 17, 1931), kept inside a bracket.
 */
export function gammaQuantile(a: number, p: number): number {
  if (Number.isNaN(p) || p < 0 || p > 1) return NaN
  if (p === 0) return 0
  if (p === 1) return Infinity
  const root = 1 - 1 / (9 * a) + normalQuantile(p) / (3 * Math.sqrt(a))
  let x = a * root * root * root
  // Far in the lower tail P(a, x) is about x^a / gamma(a + 1).
  if (root <= 0 || x < 0.1 * a) x = exp((log(p) + logGamma(a + 1)) / a)
  if (x === 0) return 0
  const upperTail = p > 0.5
  let low = 0
  let high = Infinity
  for (let k = 0; k < 60; k++) {
    const error = upperTail ? 1 - p - gammaSurvival(a, x) : gammaDistribution(a, x) - p
    if (error > 0) high = x
    else low = x
    const density = exp((a - 1) * log(x) - x - logGamma(a))
    let next = x - error / density
    if (!(next > low && next < high)) next = high === Infinity ? x * 2 : (low + high) / 2
    if (Math.abs(next - x) <= 1e-15 * x) return next
    x = next
  }
  return x
}

/** Distribution function of the standard normal distribution. */
export function normalDistribution(x: number): number {
  if (x < 0) return 0.5 * gammaSurvival(0.5, (x * x) / 2)
  return 0.5 + 0.5 * gammaDistribution(0.5, (x * x) / 2)
}

/** Standard normal quantile for p from 0 to 1, to about 1e-16 (Wichura's PPND16). */
export function normalQuantile(p: number): number {
  if (Number.isNaN(p) || p < 0 || p > 1) return NaN
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  const q = p - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE_ABOVE, CENTRE_BELOW, 0.180625 - q * q)
  const r = Math.sqrt(-log(q < 0 ? p : 1 - p))
  const value = r <= 5 ? ratio(TAIL_ABOVE, TAIL_BELOW, r - 1.6) : ratio(FAR_ABOVE, FAR_BELOW, r - 5)
  return q < 0 ? -value : value
}

function ratio(above: number[], below: number[], x: number): number {
  let a = 0
  let b = 0
  for (let k = above.length - 1; k >= 0; k--) {
    a = a * x + above[k]
    b = b * x + below[k]
  }
  return a / b
}

/** Coefficients of the three rational approximations of AS 241, in rising order. */
const CENTRE_ABOVE = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
]
const CENTRE_BELOW = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
]
const TAIL_ABOVE = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
]
const TAIL_BELOW = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
  0.0005475938084995345, 1.0507500716444169e-9,
]
const FAR_ABOVE = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
  0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
]
const FAR_BELOW = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
]
