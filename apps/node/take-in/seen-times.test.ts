/** A second stamp is found, whatever the order and the step. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SeenTimes } from './seen-times.ts'

test('times are new exactly once, in any order', () => {
  const steps = fc.array(fc.oneof(fc.constant(10), fc.constant(3), fc.integer({ min: -40, max: 40 })), {
    maxLength: 200,
  })
  fc.assert(
    fc.property(steps, (moves) => {
      const seen = new SeenTimes()
      const naive = new Set<number>()
      let at = 0
      for (const move of moves) {
        at += move
        assert.equal(seen.add(at), !naive.has(at), `time ${at} after ${[...naive]}`)
        naive.add(at)
      }
    }),
    { numRuns: 500 },
  )
})
