/** Aggregates against a loop that does the obvious, over random series, batches, zones and day boundaries. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { RowBatch } from '@lanmei/store/copy-reader'
import fc from 'fast-check'
import { aggregates } from './aggregates.ts'

type Row = { ms: number; value: number; flag: number }
type Period = 'hour' | 'day' | 'month' | 'year'
const hour = 3_600_000

/** Start of the period of a time, by Date in shifted UTC. */
function startOf(ms: number, period: Period, zoneHours: number, dayStartHour: number): number {
  const shift = (zoneHours - dayStartHour) * hour
  const local = new Date(ms + shift)
  const [y, m, d, h] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate(), local.getUTCHours()]
  const start = {
    hour: Date.UTC(y, m, d, h),
    day: Date.UTC(y, m, d),
    month: Date.UTC(y, m, 1),
    year: Date.UTC(y, 0, 1),
  }
  return start[period] - shift
}

const weights = [1, 2, 8, 3, 4, 9]

function naive(rows: Row[], period: Period, zoneHours: number, dayStartHour: number, asSum: boolean) {
  const groups = Map.groupBy(
    rows.filter(({ value }) => !Number.isNaN(value)),
    ({ ms }) => startOf(ms, period, zoneHours, dayStartHour),
  )
  return [...groups].map(([start, group]) => {
    const sum = group.reduce((total, { value }) => total + value, 0)
    return {
      start,
      value: asSum ? sum : sum / group.length,
      minimum: Math.min(...group.map(({ value }) => value)),
      maximum: Math.max(...group.map(({ value }) => value)),
      count: group.length,
      flag: weights[Math.max(...group.map(({ flag }) => weights.indexOf(flag)))],
    }
  })
}

async function* batches(rows: Row[], size: number): AsyncGenerator<RowBatch> {
  for (let i = 0; i < rows.length; i += size) {
    const part = rows.slice(i, i + size)
    yield {
      count: part.length,
      times: Float64Array.from(part, ({ ms }) => ms),
      values: Float64Array.from(part, ({ value }) => value),
      flags: Uint8Array.from(part, ({ flag }) => flag),
      entries: new Float64Array(part.length),
    }
  }
}

// Steps from a minute to ten years, so that runs are cut inside and outside of batches. Whole values: sums are exact.
const someRows = fc
  .array(
    fc.record({
      step: fc.oneof(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 5_000_000 })),
      value: fc.oneof(
        { weight: 5, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
        fc.constant(Number.NaN),
      ),
      flag: fc.constantFrom(...weights),
    }),
    { maxLength: 120 },
  )
  .map((steps) => {
    let ms = Date.UTC(1920, 1, 27, 23, 11)
    return steps.map(({ step, value, flag }): Row => {
      ms += step * 60_000
      return { ms, value, flag }
    })
  })

test('hours, days, months and years equal the obvious loop, wherever batches end', async () => {
  await fc.assert(
    fc.asyncProperty(
      someRows,
      fc.constantFrom<Period>('hour', 'day', 'month', 'year'),
      fc.constantFrom(0, 6.5, 7, 8),
      fc.constantFrom(0, 1, 7),
      fc.boolean(),
      fc.integer({ min: 1, max: 50 }),
      async (rows, period, zoneHours, dayStartHour, asSum, size) => {
        const boundary = { zoneHours, dayStartHour }
        const found = []
        for await (const part of aggregates(batches(rows, size), period, boundary, asSum))
          for (let i = 0; i < part.count; i++)
            found.push({
              start: part.times[i],
              value: part.values[i],
              minimum: part.minimum?.[i],
              maximum: part.maximum?.[i],
              count: part.counts?.[i],
              flag: part.flags[i],
            })
        assert.deepEqual(found, naive(rows, period, zoneHours, dayStartHour, asSum))
      },
    ),
    { numRuns: 300 },
  )
})
