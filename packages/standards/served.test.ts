/** Tests of the writers: what they write comes back the same through somebody else's reader. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant } from '@lanmei/model/instant'
import { tableFromIPC } from '@uwdata/flechette'
import fc from 'fast-check'
import { parquetMetadata, parquetReadObjects } from 'hyparquet'
import { writeArrow } from './arrow/write.ts'
import { writeCsv } from './csv/write.ts'
import { writeJson, writeJsonLines } from './json/write.ts'
import { jsonObservations } from './json-observations/reader.ts'
import { writeParquet } from './parquet/write.ts'
import { gather, sourceOf } from './reading-test.ts'
import type { ServedColumns } from './served.ts'
import { splitText } from './text/cells.ts'

const series = { id: 'KH/X.water-level.manual', unit: 'm', name: { en: 'X "y"' } }

async function bytesOf(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return new Uint8Array(Buffer.concat(parts))
}
const textOf = async (pieces: AsyncIterable<Uint8Array>) => new TextDecoder().decode(await bytesOf(pieces))

const cell = fc.record({
  time: fc.integer({ min: Date.UTC(1800, 0), max: Date.UTC(2199, 0) }),
  value: fc.oneof(
    fc.double({ noDefaultInfinity: true }),
    fc.integer({ min: -9999, max: 9999 }).map((n) => n / 100),
  ),
  flag: fc.constantFrom(0, 1, 2, 3, 4, 8, 9),
  rule: fc.constantFrom(null, 'range', 'a,"b"'),
})
type Cell = { time: number; value: number; flag: number; rule: string | null }
const pieces = fc.array(fc.array(cell, { maxLength: 20 }), { maxLength: 4 })

const columnsOf = (cells: Cell[]): ServedColumns => ({
  times: Float64Array.from(cells, ({ time }) => time),
  values: Float64Array.from(cells, ({ value }) => value),
  flags: Uint8Array.from(cells, ({ flag }) => flag),
  rules: cells.map(({ rule }) => rule),
})

test('CSV gives back times, values, flags and rules', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const lines = (await textOf(writeCsv(given.map(columnsOf)))).split('\r\n')
      assert.equal(lines.shift(), 'time,value,flag,rule')
      assert.equal(lines.pop(), '')
      const rows = lines.map((line) => splitText(line, ','))
      const cells = given.flat()
      assert.equal(rows.length, cells.length)
      for (const [i, { time, value, flag, rule }] of cells.entries()) {
        assert.equal(rows[i][0], formatInstant(time))
        assert.ok(Object.is(rows[i][1] === '' ? Number.NaN : Number(rows[i][1]), value))
        assert.deepEqual(rows[i].slice(2), [flag === 0 ? '' : String(flag), rule ?? ''])
      }
    }),
  )
})

test('comments stand before the head and cannot break out of their line', async () => {
  assert.equal(await textOf(writeCsv([], ['simulated\nrow'])), '# simulated row\r\ntime,value,flag,rule\r\n')
})

test('JSON columns parse to the same times, values and flags', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const parsed = JSON.parse(await textOf(writeJson(given.map(columnsOf), series)))
      const cells = given.flat()
      assert.deepEqual(parsed.series, series)
      assert.deepEqual(
        parsed.times,
        cells.map(({ time }) => formatInstant(time)),
      )
      assert.deepEqual(
        parsed.values,
        cells.map(({ value }) => (Number.isNaN(value) ? null : value)),
      )
      if (given.length > 0)
        assert.deepEqual(
          parsed.flags,
          cells.map(({ flag }) => flag),
        )
    }),
  )
})

test('JSON lines come back through our own reader', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, async (given) => {
      const bytes = await bytesOf(writeJsonLines(given.map(columnsOf), series))
      const all = await gather(jsonObservations.read(sourceOf('a.ndjson', bytes, 1000), { form: 'lines' }))
      const shown = (time: number, value: number, flag: number) =>
        `${time} ${Object.is(value, -0) ? '-0' : value} ${flag}`
      assert.deepEqual(
        all.values.map(({ time, value, flag }) => shown(Date.parse(time), value, flag)),
        given.flat().map(({ time, value, flag }) => shown(time, value, flag)),
      )
    }),
  )
})

test('Arrow gives back all columns from several batches, and an empty series has its schema', async () => {
  await fc.assert(
    fc.asyncProperty(pieces, fc.boolean(), async (given, withRules) => {
      const table = tableFromIPC(await bytesOf(writeArrow(given.map(columnsOf), series, withRules)))
      const cells = given.flat()
      assert.deepEqual(
        [...table.getChild('time')],
        cells.map(({ time }) => time),
      )
      assert.deepEqual(
        [...table.getChild('value')],
        cells.map(({ value }) => value),
      )
      assert.deepEqual(
        [...table.getChild('flag')],
        cells.map(({ flag }) => flag),
      )
      if (withRules && cells.length > 0)
        assert.deepEqual(
          [...table.getChild('rule')],
          cells.map(({ rule }) => rule),
        )
      assert.deepEqual(JSON.parse(table.schema.metadata?.get('series') ?? ''), series)
    }),
  )
})

test('Parquet gives back all columns over several row groups', async () => {
  const cells = (count: number, from: number): Cell[] =>
    Array.from({ length: count }, (_, i) => ({
      time: Date.UTC(1950, 0) + (from + i) * 900_000,
      value: (from + i) % 7 === 0 ? Number.NaN : Math.sin(from + i),
      flag: (from + i) % 4,
      rule: (from + i) % 5 === 0 ? 'spike' : null,
    }))
  const given = [cells(60_000, 0), cells(60_000, 60_000), cells(5, 120_000)]
  const { buffer } = await bytesOf(writeParquet(given.map(columnsOf), series))
  const metadata = parquetMetadata(buffer)
  assert.equal(metadata.row_groups.length, 3)
  assert.deepEqual(
    JSON.parse(metadata.key_value_metadata?.find(({ key }) => key === 'series')?.value ?? ''),
    series,
  )
  const rows = await parquetReadObjects({ file: buffer })
  assert.deepEqual(
    rows.map(({ time, value, flag, rule }) => [(time as Date).getTime(), value, flag, rule ?? null]),
    given.flat().map(({ time, value, flag, rule }) => [time, Number.isNaN(value) ? null : value, flag, rule]),
  )
})

test('Parquet of an empty series can be opened', async () => {
  const { buffer } = await bytesOf(writeParquet([], series))
  assert.equal(parquetMetadata(buffer).num_rows, 0n)
})
