/** The arithmetic of the hydrograph, and the way its values come. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  bandOf,
  dayMs,
  dayOfYear,
  fetched,
  hourMs,
  lineOf,
  nearest,
  nearLevels,
  panned,
  rangeOf,
  serves,
  within,
  yearsBack,
  zoomed,
} from './model.ts'
import { makeSource } from './source.ts'
import { readValues } from './values-binary.ts'

const limits = { from: 0, to: 1000 * dayMs }
const anyWindow = fc
  .tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 1000 }))
  .map(([start, width]) => within({ from: start * dayMs, to: (start + width) * dayMs }, limits))

test('however one zooms and pans, the window stays inside its limits and wide enough', () => {
  fc.assert(
    fc.property(
      anyWindow,
      fc.double({ min: 0.01, max: 100, noNaN: true }),
      fc.double({ min: -5, max: 5, noNaN: true }),
      (window, factor, share) => {
        for (const next of [
          zoomed(window, factor, (window.from + window.to) / 2, limits),
          panned(window, share, limits),
        ]) {
          assert.ok(next.from >= limits.from - 1 && next.to <= limits.to + 1)
          assert.ok(next.to - next.from >= 6 * hourMs - 1)
        }
      },
    ),
  )
})

test('zooming keeps the moment under the pointer where it is', () => {
  const next = zoomed({ from: 400 * dayMs, to: 500 * dayMs }, 0.5, 425 * dayMs, limits)
  assert.equal(next.from, 412.5 * dayMs)
  assert.equal(next.to, 462.5 * dayMs)
})

test('small moves are served by what is at hand, close looks are not', () => {
  const window = { from: 400 * dayMs, to: 500 * dayMs }
  const have = fetched(window, limits)
  assert.ok(serves(have, panned(window, 0.2, limits)))
  assert.ok(!serves(have, panned(window, 0.9, limits)))
  assert.ok(!serves(have, zoomed(window, 0.4, 450 * dayMs, limits)))
})

const columns = (rows: [day: number, value: number, flag: number][]) => ({
  times: Float64Array.from(rows, ([day]) => day * dayMs),
  values: Float64Array.from(rows, ([, value]) => value),
  flags: Uint8Array.from(rows, ([, , flag]) => flag),
})

test('the line breaks where nothing is known, and says so', () => {
  const line = lineOf(
    columns([
      [0, 1, 1],
      [1, 2, 1],
      [9, 3, 1],
      [10, 4, 1],
    ]),
    3 * dayMs,
  )
  assert.deepEqual(line.gaps, [{ from: dayMs, to: 9 * dayMs }])
  assert.deepEqual(line.y, [1, 2, null, 3, 4])
})

test('values known to be missing make a gap once they last', () => {
  const line = lineOf(
    columns([
      [0, 1, 1],
      [1, Number.NaN, 9],
      [2, Number.NaN, 9],
      [8, 3, 1],
    ]),
    3 * dayMs,
  )
  assert.deepEqual(line.gaps, [{ from: 0, to: 8 * dayMs }])
})

test('bad values stand beside the line, suspect ones on it, both marked', () => {
  const line = lineOf(
    columns([
      [0, 1, 1],
      [1, 99, 4],
      [2, 3, 3],
    ]),
    3 * dayMs,
  )
  assert.deepEqual(line.y, [1, null, 3])
  assert.deepEqual(
    line.marked.map(({ value, flag }) => [value, flag]),
    [
      [99, 4],
      [3, 3],
    ],
  )
})

test('the nearest value is found from either side', () => {
  const times = Float64Array.of(0, 10, 20)
  assert.equal(nearest(times, -5), 0)
  assert.equal(nearest(times, 14), 1)
  assert.equal(nearest(times, 16), 2)
  assert.equal(nearest(times, 99), 2)
  assert.equal(nearest(new Float64Array(0), 1), -1)
})

test('a range of nothing is none, of one value has air', () => {
  assert.equal(rangeOf([], [null, Number.NaN]), undefined)
  const [low, high] = rangeOf([5]) ?? []
  assert.ok(low !== undefined && high !== undefined && low < 5 && high > 5)
})

test('the first of March has one place in every year', () => {
  assert.equal(dayOfYear(Date.UTC(2023, 2, 1)), 61)
  assert.equal(dayOfYear(Date.UTC(2024, 2, 1)), 61)
  assert.equal(dayOfYear(Date.UTC(2024, 1, 29)), 60)
})

test('the usual band follows the calendar and skips days nobody knows', () => {
  const usual = {
    years: 30,
    percentiles: [10, 90],
    days: [
      { dayOfYear: 1, values: [1, 2], count: 30 },
      { dayOfYear: 2, values: [null, null], count: 0 },
      { dayOfYear: 3, values: [3, 4], count: 30 },
    ],
  }
  const band = bandOf(usual, { from: Date.UTC(2024, 0, 1), to: Date.UTC(2024, 0, 3) }, 10, 90)
  assert.deepEqual(
    band.map(({ low }) => low),
    [1, 3],
  )
  assert.deepEqual(bandOf(usual, { from: 0, to: dayMs }, 25, 75), [])
})

test('another year lies over the same calendar days', () => {
  const back = yearsBack({ from: Date.UTC(2024, 7, 1), to: Date.UTC(2024, 8, 1) }, 24)
  assert.equal(back.from, Date.UTC(2000, 7, 1))
})

/** Writes the form as the contract describes it. */
function written(parts: [number, number, number][][]): ArrayBuffer {
  const chunks = parts.map((rows) => {
    const bytes = new Uint8Array(Math.ceil((4 + rows.length * 17) / 8) * 8)
    const view = new DataView(bytes.buffer)
    view.setUint32(0, rows.length, true)
    rows.forEach(([time, value, flag], i) => {
      view.setFloat64(4 + i * 8, time, true)
      view.setFloat64(4 + (rows.length + i) * 8, value, true)
      view.setUint8(4 + rows.length * 16 + i, flag)
    })
    return bytes
  })
  const all = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 8))
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all.buffer
}

test('the binary form reads back what was written, in any number of parts', () => {
  const row = fc.tuple(fc.double({ noNaN: true }), fc.double(), fc.integer({ min: 0, max: 9 }))
  fc.assert(
    fc.property(fc.array(fc.array(row, { minLength: 1, maxLength: 20 }), { maxLength: 5 }), (parts) => {
      const read = readValues(written(parts as [number, number, number][][]))
      assert.deepEqual(
        [...read.times],
        parts.flat().map(([time]) => time),
      )
      assert.deepEqual(
        [...read.values],
        parts.flat().map(([, value]) => value),
      )
      assert.deepEqual(
        [...read.flags],
        parts.flat().map(([, , flag]) => flag),
      )
    }),
  )
})

test('a binary answer that ends in the middle is refused', () => {
  const bytes = written([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ])
  assert.throws(() => readValues(bytes.slice(0, bytes.byteLength - 16)), RangeError)
})

test('the same window is asked for once', async () => {
  let asked = 0
  const source = makeSource((async (address: string) => {
    asked++
    assert.match(address, /^\/api\/series\/w\/observations\?from=.*resolution=auto&points=500&format=binary$/)
    return new Response(written([[[1, 2, 1]]]))
  }) as typeof fetch)
  await source('w', { from: 0, to: dayMs }, 500)
  assert.equal((await source('w', { from: 0, to: dayMs }, 500)).values[0], 2)
  assert.equal(asked, 1)
})

test('a refusal is told with its status', async () => {
  const source = makeSource((async () => new Response('', { status: 503 })) as typeof fetch)
  await assert.rejects(source('w', { from: 0, to: 1 }, 10), /503/)
})

test('warning levels far above low water do not press the line flat', () => {
  const levels = [
    { name: 'alarm', value: 11, severe: false },
    { name: 'flood', value: 12, severe: true },
  ]
  assert.deepEqual(nearLevels(levels, 1, 3), [])
  assert.equal(nearLevels(levels, 1, 9).length, 2)
})
