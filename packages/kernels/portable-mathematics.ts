/**
 * Elementary functions that give the same bits on every machine.
 *
 * ECMAScript leaves Math.exp, log, pow, sin, cos, tanh and acos to the engine, so two browsers or two processors may differ
 * in the last bit; a simulated season would then differ from node to node. Here only + - * / and Math.sqrt are used, which
 * IEEE 754 fixes exactly and which an engine may not fuse. Errors are a few units in the last place (see the test).
 *
 * Methods: argument reduction and series as in W. J. Cody and W. Waite, Software Manual for the Elementary Functions (1980);
 * inverse cosine by the half-angle identity of Abramowitz and Stegun (1964), 4.4.
 */

// ln 2 split so that the high part times a small integer is exact (Cody and Waite 1980, chapter 6).
const LN2_HIGH = 0.693145751953125
const LN2_LOW = 1.4286068203094173e-6

// pi/2 in three parts, each with trailing zero bits, for the reduction of angles (Cody and Waite 1980, chapter 8).
const HALF_PI_A = 1.5707963267341256
const HALF_PI_B = 6.077100506303966e-11
const HALF_PI_C = 2.0222662487959506e-21

const bits = new DataView(new ArrayBuffer(8))

/** 2 to a whole power; results below the smallest normal number are zero. */
function powerOfTwo(exponent: number): number {
  if (exponent > 1023) return Infinity
  if (exponent < -1022) return 0
  bits.setUint32(0, (exponent + 1023) << 20)
  bits.setUint32(4, 0)
  return bits.getFloat64(0)
}

/** e to the power of x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN
  if (x > 709.782712893384) return Infinity
  if (x < -708) return 0
  const n = Math.floor(x * Math.LOG2E + 0.5)
  const r = x - n * LN2_HIGH - n * LN2_LOW
  // |r| <= ln(2)/2: thirteen terms of the series reach the last bit.
  let sum = 1
  for (let k = 13; k >= 1; k--) sum = 1 + (r / k) * sum
  return n > 1023 ? sum * powerOfTwo(1023) * 2 : sum * powerOfTwo(n)
}

/** Natural logarithm; NaN below zero, -Infinity at zero. */
export function log(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN
  if (x === 0) return -Infinity
  if (x === Infinity) return Infinity
  let shift = 0
  let y = x
  if (y < 2.2250738585072014e-308) {
    y *= 18014398509481984 // 2^54 lifts a subnormal number into the normal range
    shift = -54
  }
  bits.setFloat64(0, y)
  const high = bits.getUint32(0)
  let n = (high >>> 20) - 1023 + shift
  bits.setUint32(0, (high & 0xfffff) | 0x3ff00000)
  let m = bits.getFloat64(0)
  if (m > Math.SQRT2) {
    m /= 2
    n += 1
  }
  // ln m = 2 artanh(s), s = (m-1)/(m+1), |s| <= 0.1716
  const f = m - 1
  const s = f / (2 + f)
  const s2 = s * s
  let sum = 0
  for (let k = 23; k >= 3; k -= 2) sum = s2 * (1 / k + sum)
  const tail = 2 * s * sum
  // 2s = f - s f keeps the bits of f when m is near one.
  return n * LN2_HIGH + (f - (s * f - tail - n * LN2_LOW))
}

/** x to the power y for x >= 0 (NaN below zero); whole exponents up to 64 by multiplication. */
export function pow(x: number, y: number): number {
  if (y === 0) return 1
  if (Number.isNaN(x) || Number.isNaN(y) || x < 0) return NaN
  if (x === 0) return y > 0 ? 0 : Infinity
  if (Number.isInteger(y) && Math.abs(y) <= 64) {
    let product = 1
    let factor = x
    for (let n = Math.abs(y); n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) product *= factor
      factor *= factor
    }
    return y > 0 ? product : 1 / product
  }
  return exp(y * log(x))
}

/** Hyperbolic tangent. */
export function tanh(x: number): number {
  if (Number.isNaN(x)) return NaN
  const a = Math.abs(x)
  if (a > 22) return x > 0 ? 1 : -1
  if (a < 0.1) {
    // The quotient of exponentials loses bits near zero: x - x^3/3 + 2x^5/15 - ... (Abramowitz and Stegun 4.5.64).
    const z = x * x
    return (
      x *
      (1 +
        z *
          (-1 / 3 +
            z *
              (2 / 15 +
                z *
                  (-17 / 315 +
                    z *
                      (62 / 2835 +
                        z * (-1382 / 155925 + z * (21844 / 6081075 + (z * -929569) / 638512875)))))))
    )
  }
  const e = exp(2 * a)
  const t = (e - 1) / (e + 1)
  return x > 0 ? t : -t
}

/** Sine and cosine series for |r| <= pi/4. */
function sineSeries(r: number): number {
  const z = r * r
  let sum = 1
  for (let k = 16; k >= 2; k -= 2) sum = 1 - (z / (k * (k + 1))) * sum
  return r * sum
}
function cosineSeries(r: number): number {
  const z = r * r
  let sum = 1
  for (let k = 17; k >= 3; k -= 2) sum = 1 - (z / (k * (k + 1))) * sum
  return 1 - (z / 2) * sum
}

/** Sine of an angle in radians; meant for angles up to about 1e5. */
export function sin(x: number): number {
  const n = Math.floor(x / (Math.PI / 2) + 0.5)
  const r = x - n * HALF_PI_A - n * HALF_PI_B - n * HALF_PI_C
  const quadrant = ((n % 4) + 4) % 4
  if (quadrant === 0) return sineSeries(r)
  if (quadrant === 1) return cosineSeries(r)
  if (quadrant === 2) return -sineSeries(r)
  return -cosineSeries(r)
}

/** Cosine of an angle in radians; meant for angles up to about 1e5. */
export function cos(x: number): number {
  const n = Math.floor(x / (Math.PI / 2) + 0.5)
  const r = x - n * HALF_PI_A - n * HALF_PI_B - n * HALF_PI_C
  const quadrant = ((n % 4) + 4) % 4
  if (quadrant === 0) return cosineSeries(r)
  if (quadrant === 1) return -sineSeries(r)
  if (quadrant === 2) return -cosineSeries(r)
  return sineSeries(r)
}

/** Arc tangent: the argument is halved three times (4.4.34), then the series of 4.4.42. */
function arcTangent(x: number): number {
  if (x > 1) return Math.PI / 2 - arcTangent(1 / x)
  let t = x
  for (let k = 0; k < 3; k++) t = t / (1 + Math.sqrt(1 + t * t))
  const z = t * t
  let sum = 0
  for (let k = 23; k >= 1; k -= 2) sum = 1 / k - z * sum
  return 8 * t * sum
}

/** Arc cosine in radians, 0 to pi; NaN outside -1 to 1. */
export function acos(x: number): number {
  if (Number.isNaN(x) || x < -1 || x > 1) return NaN
  if (x === -1) return Math.PI
  const t = Math.sqrt((1 - x) / (1 + x))
  return 2 * arcTangent(t)
}
