/**
 * Seeded random numbers that are the same on every machine: xoshiro128** with normal and gamma variates.
 *
 * Sources: D. Blackman and S. Vigna, Scrambled linear pseudorandom number generators, ACM Transactions on Mathematical Software
 * 47 (2021); seeding by the 32-bit mixer of C. Wellons' prospector search (triple32, 2018); normals by the polar method
 * (G. Marsaglia and T. A. Bray, SIAM Review 6, 1964); gammas by G. Marsaglia and W. W. Tsang, ACM TOMS 26 (2000).
 * Logarithms and powers come from our portable functions, because Math.log may differ between engines.
 */
import { log, pow } from '../portable-mathematics.ts'

export type RandomGenerator = {
  /** A whole number from 0 to 2^32 - 1. */
  bits32(): number
  /** Uniform, greater than 0 and less than 1, with 53 bits. */
  uniform(): number
  /** Normal with mean 0 and variance 1. */
  normal(): number
  /** Gamma with the given shape (> 0) and scale 1; its mean is the shape. */
  gamma(shape: number): number
}

/** Generator from a seed (any whole number; its lower 32 bits count). */
export function randomGenerator(seed: number): RandomGenerator {
  return generatorFromState(
    mix(seed + 0x9e3779b9),
    mix(seed + 0x3c6ef372),
    mix(seed + 0xdaa66d2b),
    mix(seed + 0x78dde6e4),
  )
}

/** Generator from the four words of xoshiro's state, which must not all be zero. */
export function generatorFromState(a: number, b: number, c: number, d: number): RandomGenerator {
  let s0 = a | 0
  let s1 = b | 0
  let s2 = c | 0
  let s3 = d | 0
  let spare = NaN

  function bits32(): number {
    const product = Math.imul(s1, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0
    const t = s1 << 9
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= t
    s3 = (s3 << 11) | (s3 >>> 21)
    return result
  }
  function uniform(): number {
    // 53 bits, moved half a step up so that neither 0 nor 1 can come out.
    return ((bits32() >>> 5) * 67_108_864 + (bits32() >>> 6) + 0.5) / 9_007_199_254_740_992
  }
  function normal(): number {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = NaN
      return kept
    }
    let u: number
    let v: number
    let square: number
    do {
      u = 2 * uniform() - 1
      v = 2 * uniform() - 1
      square = u * u + v * v
    } while (square >= 1 || square === 0)
    const factor = Math.sqrt((-2 * log(square)) / square)
    spare = v * factor
    return u * factor
  }
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * pow(uniform(), 1 / shape)
    const d = shape - 1 / 3
    const c = 1 / Math.sqrt(9 * d)
    for (;;) {
      const x = normal()
      const root = 1 + c * x
      if (root <= 0) continue
      const v = root * root * root
      if (log(uniform()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v
    }
  }
  return { bits32, uniform, normal, gamma }
}

/** Spreads the bits of a word so that neighbouring seeds give unrelated states. */
function mix(word: number): number {
  let x = word | 0
  x ^= x >>> 17
  x = Math.imul(x, 0xed5ad4bb)
  x ^= x >>> 11
  x = Math.imul(x, 0xac4c1b51)
  x ^= x >>> 15
  x = Math.imul(x, 0x31848bab)
  x ^= x >>> 14
  return x
}
