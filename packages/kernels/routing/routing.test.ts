/** Routing against a published example, and volume kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lag } from './lag.ts'
import { muskingum, muskingumReach } from './muskingum.ts'

const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)

/** Chow, Maidment and Mays (1988), example 8.4.1: hourly inflow and outflow, cfs; K = 2.3 h, X = 0.15, first outflow 85. */
const INFLOW = [
  93, 137, 208, 320, 442, 546, 630, 678, 691, 675, 634, 571, 477, 390, 329, 247, 184, 134, 108, 90,
]
const OUTFLOW = [
  85, 91, 114, 159, 233, 324, 420, 509, 578, 623, 642, 635, 603, 546, 479, 413, 341, 274, 215, 170,
]

test('Muskingum gives the outflow of the worked example of Chow, Maidment and Mays', () => {
  const outflow = muskingum(Float64Array.from(INFLOW), { k: 2.3, x: 0.15, step: 1 }, 85)
  // The book rounds each step to whole cfs.
  for (const [t, expected] of OUTFLOW.entries()) {
    assert.ok(Math.abs(outflow[t] - expected) <= 1, `hour ${t + 1}: ${outflow[t]} is not ${expected}`)
  }
})

test('Muskingum may write over its input', () => {
  const parameters = { k: 2.3, x: 0.15, step: 1 }
  const own = Float64Array.from(INFLOW)
  assert.deepEqual(muskingum(own, parameters, 85, own), muskingum(Float64Array.from(INFLOW), parameters, 85))
})

test('a reach of any length keeps the volume, delays the wave by its travel time and never goes below zero', () => {
  const n = 400
  const inflow = Float64Array.from({ length: n }, (_, t) => 100 + (t > 50 && t < 60 ? 900 : 0))
  const centre = (flow: Float64Array) =>
    sum(flow.map((q, t) => (q - 100) * t)) / sum(flow.map((q) => q - 100))
  for (const k of [0, 0.1, 0.3, 1, 2.4, 9]) {
    const outflow = muskingumReach(inflow, { k, x: 0.3, step: 1 })
    assert.ok(Math.abs(sum(outflow) - sum(inflow)) < 1e-6 * sum(inflow), `volume at k = ${k}`)
    assert.ok(Math.abs(centre(outflow) - centre(inflow) - k) < 1e-6, `delay at k = ${k}`)
    assert.ok(
      outflow.every((q) => q > 99.999 && q < 1000.001),
      `no wiggles at k = ${k}`,
    )
  }
})

test('lag moves the hydrograph by whole and half steps', () => {
  const inflow = Float64Array.of(1, 2, 4, 8)
  assert.deepEqual([...lag(inflow, 1)], [1, 1, 2, 4])
  assert.deepEqual([...lag(inflow, 1.5)], [1, 1, 1.5, 3])
  assert.deepEqual([...lag(inflow, 0)], [1, 2, 4, 8])
})
