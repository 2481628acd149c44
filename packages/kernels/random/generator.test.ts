/** The generator against its published sequence and the moments of its distributions. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { generatorFromState, randomGenerator } from './generator.ts'

test('the words equal those of the reference algorithm in C', () => {
  // xoshiro128** of Blackman and Vigna written out in C with uint32_t, state 1 2 3 4, compiled with gcc 12
  const random = generatorFromState(1, 2, 3, 4)
  assert.deepEqual(
    Array.from({ length: 10 }, () => random.bits32()),
    [11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804],
  )
})

test('the same seed gives the same numbers and another seed gives others', () => {
  const draw = (seed: number) => {
    const random = randomGenerator(seed)
    return [random.uniform(), random.normal(), random.gamma(0.6), random.gamma(3)]
  }
  assert.deepEqual(draw(7), draw(7))
  assert.notDeepEqual(draw(7), draw(8))
  // Frozen: these must not change with the engine or the processor.
  assert.deepEqual(draw(2025), FROZEN)
})
const FROZEN = [0.6557339703849199, 1.5221488187773118, 0.7893400667544164, 2.496094240863969]

/** Mean, variance and skewness of many draws. */
function moments(draw: () => number, n = 200_000) {
  const values = Float64Array.from({ length: n }, draw)
  const mean = values.reduce((a, b) => a + b) / n
  const m2 = values.reduce((a, b) => a + (b - mean) ** 2, 0) / n
  const m3 = values.reduce((a, b) => a + (b - mean) ** 3, 0) / n
  return { mean, variance: m2, skewness: m3 / m2 ** 1.5 }
}
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not near ${expected}`)

test('uniform, normal and gamma have the moments of their distributions', () => {
  const random = randomGenerator(1)
  const uniform = moments(() => random.uniform())
  near(uniform.mean, 0.5, 0.003)
  near(uniform.variance, 1 / 12, 0.001)
  const normal = moments(() => random.normal())
  near(normal.mean, 0, 0.01)
  near(normal.variance, 1, 0.015)
  near(normal.skewness, 0, 0.03)
  for (const shape of [0.5, 1, 4]) {
    // Gamma with scale 1: mean and variance are the shape, skewness is 2 / sqrt(shape).
    const gamma = moments(() => random.gamma(shape))
    near(gamma.mean, shape, 0.012 * Math.sqrt(shape) + 0.002)
    near(gamma.variance, shape, 0.04 * shape + 0.01)
    near(gamma.skewness, 2 / Math.sqrt(shape), 0.15)
  }
})
