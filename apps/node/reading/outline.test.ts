/** Drawing: no peak is lost, with the outline or without, and an outline survives being kept. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RowBatch } from '@lanmei/store/copy-reader'
import type { Selection, Snapshot } from '@lanmei/store/observations-read'
import fc from 'fast-check'
import { drawOutline, drawRows } from './auto.ts'
import { cutPoints, makeOutline, outlineBytes, outlineFrom, type Points, spanOf } from './outline.ts'

type Row = { ms: number; value: number; flag: number }

function batchOf(rows: Row[]): RowBatch {
  return {
    count: rows.length,
    times: Float64Array.from(rows, ({ ms }) => ms),
    values: Float64Array.from(rows, ({ value }) => value),
    flags: Uint8Array.from(rows, ({ flag }) => flag),
    entries: new Float64Array(rows.length),
  }
}

/** A snapshot over rows in memory, in small batches. */
function snapshotOf(rows: Row[]): Snapshot {
  async function* read({ fromMs = -Infinity, toMs = Infinity }: Selection) {
    const wanted = rows.filter(({ ms }) => ms >= fromMs && ms < toMs)
    for (let i = 0; i < wanted.length; i += 37) yield batchOf(wanted.slice(i, i + 37))
  }
  return { rows: read } as unknown as Snapshot
}

const someRows = fc
  .array(
    fc.record({
      step: fc.oneof(
        { weight: 9, arbitrary: fc.integer({ min: 1, max: 100 }) },
        fc.integer({ min: 1, max: 100_000 }),
      ),
      value: fc.oneof(
        { weight: 9, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }) },
        fc.constant(Number.NaN),
      ),
      flag: fc.constantFrom(1, 2, 3, 4, 8, 9),
    }),
    { minLength: 1, maxLength: 400 },
  )
  .map((steps) => {
    let ms = Date.UTC(1969, 11, 30)
    return steps.map(({ step, value, flag }): Row => {
      ms += step * 60_000
      return { ms, value, flag }
    })
  })
const share = fc.double({ min: 0, max: 1, noNaN: true })

/** Every point drawn is a row with its flag, points stand in order, and each whole pixel keeps its lowest and highest row. */
function check(
  points: Points,
  rows: Row[],
  fromMs: number,
  toMs: number,
  startMs: number,
  pixelMs: number,
): void {
  const byTime = new Map(rows.map((row) => [row.ms, row]))
  for (let i = 0; i < points.count; i++) {
    const row = byTime.get(points.times[i])
    assert.ok(row && row.ms >= fromMs && row.ms < toMs)
    assert.ok(Object.is(row.value, points.values[i]))
    assert.equal(row.flag, points.flags[i])
    assert.ok(i === 0 || points.times[i] > points.times[i - 1])
  }
  // Rows on the very border of two pixels may fall to either: the edge is a rounding apart.
  const inner = rows.filter(({ ms, value }) => ms >= fromMs && ms < toMs && !Number.isNaN(value))
  const pixels = Map.groupBy(inner, ({ ms }) => Math.floor((ms - startMs) / pixelMs))
  const drawn = new Set([...points.values])
  for (const group of pixels.values()) {
    const clear = group.filter(({ ms }) => ((ms - startMs) / pixelMs) % 1 > 1e-6)
    if (clear.length !== group.length) continue
    assert.ok(drawn.has(Math.min(...group.map(({ value }) => value))))
    assert.ok(drawn.has(Math.max(...group.map(({ value }) => value))))
  }
}

test('a drawing from the rows keeps the lowest and highest value of each pixel', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, share, share, fc.integer({ min: 10, max: 60 }), async (rows, a, b, pixels) => {
      const extent = rows[rows.length - 1].ms - rows[0].ms + 1
      const fromMs = Math.floor(rows[0].ms + Math.min(a, b) * extent)
      const toMs = Math.max(fromMs + 1, Math.floor(rows[0].ms + Math.max(a, b) * extent))
      const points = await drawRows(snapshotOf(rows), { key: 1 }, { fromMs, toMs, pixels })
      check(points, rows, fromMs, toMs, fromMs, (toMs - fromMs) / pixels)
    }),
    { numRuns: 300 },
  )
})

test('a drawing from the outline keeps the lowest and highest value of each pixel', async () => {
  await fc.assert(
    fc.asyncProperty(someRows, share, share, fc.integer({ min: 10, max: 60 }), async (rows, a, b, pixels) => {
      const last = rows[rows.length - 1].ms
      const spanMs = spanOf(rows.length * 8, rows[0].ms, last)
      const snapshot = snapshotOf(rows)
      const made = await makeOutline(snapshot.rows({ key: 1 }), spanMs)
      const outline = outlineFrom(outlineBytes(made), spanMs)
      assert.deepEqual(outline, made)
      const extent = last - rows[0].ms + 1
      const fromMs = Math.floor(rows[0].ms + Math.min(a, b) * extent)
      const toMs = Math.max(fromMs + 1, Math.floor(rows[0].ms + Math.max(a, b) * extent))
      const points = await drawOutline(snapshot, 1, { fromMs, toMs, pixels }, outline)
      const pixelMs = Math.ceil((toMs - fromMs) / pixels / spanMs) * spanMs
      check(points, rows, fromMs, toMs, Math.floor(fromMs / spanMs) * spanMs, pixelMs)
    }),
    { numRuns: 300 },
  )
})

test('points are cut at the first one not before the time', () => {
  const { times, values, flags, count } = batchOf([10, 20, 30].map((ms) => ({ ms, value: ms, flag: 1 })))
  assert.deepEqual([...cutPoints({ times, values, flags, count }, 11, 30).times], [20])
  assert.deepEqual([...cutPoints({ times, values, flags, count }, 10, 31).times], [10, 20, 30])
  assert.equal(cutPoints({ times, values, flags, count }, 40, 50).count, 0)
})
