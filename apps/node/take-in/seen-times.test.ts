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

test('a million regular times from the newest to the oldest take no room of their own', () => {
  const before = process.memoryUsage().heapUsed
  const seen = new SeenTimes()
  for (let i = 1_000_000; i > 0; i--) assert.ok(seen.add(i * 900_000))
  for (const i of [1, 500_000, 1_000_000]) assert.ok(!seen.add(i * 900_000))
  assert.ok(seen.add(450_000))
  assert.ok(process.memoryUsage().heapUsed - before < 20e6)
})
