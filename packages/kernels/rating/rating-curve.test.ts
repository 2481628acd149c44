/** Rating curves, forth and back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { ratedDischarge, ratedLevel } from './rating-curve.ts'

/** Two segments that meet at 3 m: 20 (h - 0.5)^1.5 = 79.06 and a (h - 0)^2 with a = 79.0569 / 9. */
const joint = 20 * 2.5 ** 1.5
const curve = [
  { fromLevelM: 0.5, a: 20, h0: 0.5, b: 1.5 },
  { fromLevelM: 3, a: joint / 9, h0: 0, b: 2 },
]

test('discharge follows the power law of the segment', () => {
  assert.ok(Math.abs(ratedDischarge(curve, 1.5) - 20) < 1e-12)
  assert.ok(Math.abs(ratedDischarge(curve, 6) - joint * 4) < 1e-9)
  assert.equal(ratedDischarge(curve, 0.2), 0, 'below the level of zero flow')
  assert.ok(Number.isNaN(ratedDischarge(curve, NaN)))
})

test('level is the inverse of discharge over both segments', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.51, max: 20, noNaN: true }), (level) => {
      assert.ok(Math.abs(ratedLevel(curve, ratedDischarge(curve, level)) - level) < 1e-9)
    }),
  )
  assert.equal(ratedLevel(curve, 0), 0.5)
  assert.ok(Number.isNaN(ratedLevel(curve, NaN)))
})

test('a discharge inside a step between segments has the level of the step', () => {
  const stepped = [
    { fromLevelM: 0, a: 10, h0: 0, b: 2 },
    { fromLevelM: 2, a: 20, h0: 0, b: 2 },
  ]
  assert.equal(ratedLevel(stepped, 60), 2)
})
