/** Tests of the per-value checks. Expected marks are worked out by hand from the definitions cited in each kernel. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { flatLine } from './flat-line.ts'
import { negative } from './negative.ts'
import { range } from './range.ts'
import { rateOfRise } from './rate-of-rise.ts'
import { medianSpike, spike } from './spike.ts'
import { step } from './step.ts'
import { straightLine } from './straight-line.ts'

const HOUR = 3_600_000
const daily = (n: number) => Float64Array.from({ length: n }, (_, i) => i * 24 * HOUR)
const f = (...values: number[]) => Float64Array.from(values)
const marks = (mask: Uint8Array) => [...mask].join('')

const stepDefaults = { perHour: 0.125, atLeast: 0.5, gapHours: 49 }
const flatDefaults = { count: 4, hours: 72, tolerance: 0, ignoreUpTo: 0, gapHours: 49 }
const lineDefaults = { count: 7, tolerance: 1e-6, resolution: 0 }

test('range marks values outside the limits and leaves the limits and missing values alone', () => {
  const values = f(-3, -3.01, 40, 40.1, NaN, 7)
  assert.equal(marks(range(daily(6), values, { minimum: -3, maximum: 40 })), '010100')
})

test('negative rain is marked, zero and minus zero are not', () => {
  assert.equal(marks(negative(daily(5), f(0, -0, -1.1, 3, NaN), { tolerance: 0 })), '00100')
})

test('step allows more change after a longer time', () => {
  const times = f(0, 24 * HOUR, 36 * HOUR, 84 * HOUR, 200 * HOUR)
  const values = f(5, 8, 10, 15.5, 30)
  // 3 m in 24 h is just allowed; 2 m in 12 h is not; 5.5 m in 48 h is allowed; after 116 h nothing is concluded.
  assert.equal(marks(step(times, values, stepDefaults)), '00100')
})

test('step steps over missing values and accepts small changes at short distance', () => {
  const times = f(0, HOUR / 4, HOUR / 2, HOUR)
  assert.equal(marks(step(times, f(2, 2.4, NaN, 5), stepDefaults)), '0001')
})

test('spike marks the one value off its neighbours and not a flood peak with shoulders', () => {
  assert.equal(marks(spike(daily(7), f(2, 2.1, 9, 2.2, NaN, 0, 2), { distance: 1, gapHours: 49 })), '0010010')
  assert.equal(marks(spike(daily(5), f(2, 5, 5.5, 5, 2), { distance: 1, gapHours: 49 })), '00000')
})

test('spike does not compare across a long gap', () => {
  const times = f(0, 24 * HOUR, 500 * HOUR)
  assert.equal(marks(spike(times, f(2, 9, 2), { distance: 1, gapHours: 49 })), '000')
})

test('median spike finds two wrong values in a row', () => {
  const values = f(2, 2.1, 2, 9, 9.1, 2.1, 2, 2.2)
  assert.equal(
    marks(medianSpike(daily(8), values, { distance: 1, halfWindow: 3, deviations: 5 })),
    '00011000',
  )
  assert.equal(
    marks(spike(daily(8), values, { distance: 1, gapHours: 49 })),
    '00000000',
    'the neighbour form cannot',
  )
})

test('flat line marks the whole run, counts duration, and lets dry days and low water pass', () => {
  assert.equal(marks(flatLine(daily(7), f(1, 3, 3, NaN, 3, 3, 2), flatDefaults)), '0110110')
  assert.equal(marks(flatLine(daily(6), f(0, 0, 0, 0, 0, 4), flatDefaults)), '000000', 'rain of zero')
  const hourly = Float64Array.from({ length: 6 }, (_, i) => i * HOUR)
  assert.equal(
    marks(flatLine(hourly, new Float64Array(6).fill(3), flatDefaults)),
    '000000',
    'too short a time',
  )
})

test('a gap ends a flat run', () => {
  const times = f(0, 24 * HOUR, 480 * HOUR, 504 * HOUR)
  assert.equal(marks(flatLine(times, f(3, 3, 3, 3), flatDefaults)), '0000')
})

test('straight line marks seven readings on a slope, not six, not a level stretch, not a missing one', () => {
  const sloping = f(5, 4.9, 4.75, 4.6, 4.45, 4.3, 4.15, 4, 3.85, 3.9)
  assert.equal(marks(straightLine(daily(10), sloping, lineDefaults)), '0111111110')
  assert.equal(marks(straightLine(daily(6), f(6, 5, 4, 3, 2, 1), lineDefaults)), '000000')
  assert.equal(marks(straightLine(daily(8), new Float64Array(8).fill(2), lineDefaults)), '00000000')
  assert.equal(marks(straightLine(daily(9), f(9, 8, 7, 6, NaN, 4, 3, 2, 1), lineDefaults)), '000000000')
})

test('a recession of one digit a day can be left out', () => {
  const recession = Float64Array.from({ length: 12 }, (_, i) => (300 - i) / 100)
  assert.equal(marks(straightLine(daily(12), recession, lineDefaults)), '111111111111')
  assert.equal(
    marks(straightLine(daily(12), recession, { ...lineDefaults, resolution: 0.01 })),
    '000000000000',
  )
})

test('a straight line is found on uneven times too', () => {
  const times = f(0, 1, 3, 4, 8, 9, 15, 16).map((day) => day * 24 * HOUR)
  assert.equal(
    marks(
      straightLine(
        times,
        times.map((t) => 2 + t * 1e-9),
        lineDefaults,
      ),
    ),
    '11111111',
  )
})

test('rate of rise finds a fast rise made of small steps', () => {
  const times = Float64Array.from({ length: 10 }, (_, i) => i * HOUR)
  const values = f(2, 2.5, 3, 3.5, 4, 4.5, 5, 5, 5, 5)
  assert.equal(marks(rateOfRise(times, values, { rise: 1.6, withinHours: 4 })), '0000111000')
})

test('rate of rise equals the plain definition', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ value: fc.integer({ min: 0, max: 20 }), gap: fc.integer({ min: 1, max: 9 }) }), {
        maxLength: 60,
      }),
      fc.nat(59),
      (points, start) => {
        let t = 0
        const times = Float64Array.from(points, (point) => (t += point.gap * HOUR))
        const values = Float64Array.from(points, (point) => (point.value === 13 ? NaN : point.value))
        const from = Math.min(start, values.length)
        const actual = rateOfRise(times, values, { rise: 5, withinHours: 12 }, undefined, from)
        const expected = values.map((value, i) =>
          i >= from && values.some((v, j) => j < i && times[i] - times[j] <= 12 * HOUR && value - v > 5)
            ? 1
            : 0,
        )
        assert.deepEqual([...actual], [...expected])
      },
    ),
  )
})

test('a block with enough context before it gets the marks of the whole series', () => {
  const n = 200
  const values = Float64Array.from({ length: n }, (_, i) =>
    i % 17 === 3 ? NaN : i % 29 === 5 ? 9 : Math.round(30 * Math.sin(i / 9)) / 10,
  )
  const times = daily(n)
  const checks: ((t: Float64Array, v: Float64Array, out?: Uint8Array, from?: number) => Uint8Array)[] = [
    (t, v, out, from) => step(t, v, { perHour: 0.02, atLeast: 0.1, gapHours: 49 }, out, from),
    (t, v, out, from) => spike(t, v, { distance: 0.5, gapHours: 49 }, out, from),
    (t, v, out, from) => medianSpike(t, v, { distance: 0.5, halfWindow: 3, deviations: 3 }, out, from),
    (t, v, out, from) =>
      flatLine(t, v, { count: 2, hours: 24, tolerance: 0.1, ignoreUpTo: -9, gapHours: 49 }, out, from),
    (t, v, out, from) => straightLine(t, v, { count: 3, tolerance: 0.05, resolution: 0 }, out, from),
    (t, v, out, from) => rateOfRise(t, v, { rise: 0.5, withinHours: 72 }, out, from),
  ]
  for (const check of checks) {
    const whole = check(times, values)
    assert.ok(whole.includes(1), 'the series has hits')
    const out = new Uint8Array(n).fill(7)
    check(times, values, out, 100)
    assert.deepEqual([...out.subarray(100)], [...whole.subarray(100)])
    assert.deepEqual([...out.subarray(0, 100)], new Array(100).fill(7), 'context is left alone')
  }
})
