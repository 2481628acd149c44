/** Scales and paths of drawn charts. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { linear, pathThrough, reducedVariate } from './scale.ts'

test('a linear scale maps ends to ends, a range of one value to its start', () => {
  const scale = linear([0, 10], [100, 200])
  assert.equal(scale(0), 100)
  assert.equal(scale(10), 200)
  assert.equal(linear([5, 5], [0, 9])(5), 0)
})

test('the reduced variate of the mode of a Gumbel distribution is zero', () => {
  assert.ok(Math.abs(reducedVariate(1 / (1 - Math.exp(-1)))) < 1e-12)
  assert.ok(Math.abs(reducedVariate(100) - 4.6001) < 1e-4)
})

test('a path breaks where a point is unknown', () => {
  assert.equal(
    pathThrough([
      [0, 0],
      [1, 1],
      [Number.NaN, 2],
      [3, 3],
    ]),
    'M0.0 0.0L1.0 1.0M3.0 3.0',
  )
})
