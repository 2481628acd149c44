/** Files of generated rows, good and faulty in every mixture, loaded one after the other and compared with a naive reader and a plain map. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { runLoad } from '../apps/node/take-in/load.ts'
import { type Bench, checkTaken, openBench, sourceOf } from './take-in-bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench?.close())

/** A row as text and what a naive reader makes of it. */
type Row = { text: string; time?: string; value?: number | null; refused?: true }

const time = fc
  .integer({ min: 0, max: 30 })
  .map((i) => new Date(Date.UTC(2001, 0, 1, i)).toISOString().slice(0, 16))
const number = fc.oneof(
  fc.integer({ min: -3, max: 9 }),
  fc.double({ min: -50, max: 50, noNaN: true }),
  fc.constant(-0),
)
const good: fc.Arbitrary<Row> = fc
  .tuple(time, number, fc.constantFrom('', ' ', '"'), fc.constantFrom('', '+07:00', 'Z'))
  .map(([at, value, round, zone]) => {
    const cell = round === '"' ? `"${value}"` : `${round}${Object.is(value, -0) ? '-0' : value}${round}`
    const ms = Date.parse(`${at}${zone || 'Z'}`)
    return { text: `${at}${zone},${cell}`, time: new Date(ms).toISOString(), value: value + 0 }
  })
const missing: fc.Arbitrary<Row> = time.map((at) => ({
  text: `${at},-9999`,
  time: new Date(`${at}Z`).toISOString(),
  value: null,
}))
const faulty: fc.Arbitrary<Row> = fc
  .oneof(
    fc
      .tuple(time, fc.constantFrom('#DIV/0!', '1.2.3', '1e999', 'NaN', '--5', '１２', '1 2', 'x"y'))
      .map(([at, v]) => `${at},${v}`),
    fc
      .constantFrom('2001-02-30', '2001-01-01T25:00', '2001-1-1', '', 'x', '9999-01-01', '2190-01-01')
      .map((at) => `${at},1`),
    time.map((at) => `${at},1,2`),
  )
  .map((text) => ({ text, refused: true as const }))
const idle: fc.Arbitrary<Row> = fc
  .constantFrom('', '   ', '# a comment', '2001-01-05T00:00,', ',')
  .map((text) => ({ text }))
const row = fc.oneof(
  { weight: 8, arbitrary: good },
  { weight: 1, arbitrary: missing },
  { weight: 3, arbitrary: faulty },
  { weight: 1, arbitrary: idle },
)
const file = fc.record({
  rows: fc.array(row, { maxLength: 40 }),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
  mark: fc.constantFrom('', '\ufeff'),
  utf16: fc.boolean(),
  piece: fc.integer({ min: 1, max: 200 }),
})

/** What is stored, and what stood there before, as a plain map knows it. */
type Model = Map<string, { value: number | null; former: Set<number | null> }>

/** What loading a file must come to; changes the model as the load changes the store. */
function expected(rows: Row[], model: Model) {
  const counts = { read: 0, stored: 0, unchanged: 0, revised: 0, refused: 0 }
  const first = new Map<string, number | null>()
  for (const { time: at, value, refused } of rows) {
    if (refused || at !== undefined) counts.read++
    if (refused) counts.refused++
    if (refused || at === undefined || value === undefined) continue
    const before = first.get(at)
    if (before === undefined) first.set(at, value)
    else if (before === value) counts.unchanged++
    else counts.refused++
  }
  for (const [at, value] of first) {
    const there = model.get(at)
    if (there === undefined) {
      model.set(at, { value, former: new Set() })
      counts.stored++
    } else if (there.value === value || there.former.has(value)) counts.unchanged++
    else {
      there.former.add(there.value)
      there.value = value
      counts.revised++
    }
  }
  return counts
}

const rowsOf = (model: Model) =>
  [...model].map(([at, { value }]) => `${at.slice(0, 19)}Z ${value}`).sort((a, b) => (a < b ? -1 : 1))

test('counts and stored values are those of a naive reader, whatever the rows and however often files are loaded', async () => {
  let series = 0
  await fc.assert(
    fc.asyncProperty(fc.array(file, { minLength: 1, maxLength: 4 }), async (files) => {
      const procedure = `fuzz-${++series}`
      const model: Model = new Map()
      const profile = {
        comment: '#',
        time: { column: 'time', zone: 'Z' },
        series: { station: 'KH_014901', property: 'water-level', unit: 'm', procedure },
        columns: { values: [{ column: 'value' }] },
        missing: ['-9999'],
      }
      for (const { rows, lineEnd, mark, utf16, piece } of [...files, files[0]]) {
        const text = `${mark}time,value${lineEnd}${rows.map(({ text: line }) => line + lineEnd).join('')}`
        const bytes = Buffer.from(
          utf16 ? `\ufeff${text.replace('\ufeff', '')}` : text,
          utf16 ? 'utf16le' : 'utf8',
        )
        const notices: Parameters<typeof checkTaken>[1] = []
        const { counts } = await runLoad(bench.context, {
          sources: [sourceOf('fuzz.csv', bytes, piece)],
          author: 'test',
          format: 'profile-csv',
          profile,
          onNotice: (item) => notices.push(item),
        })
        checkTaken(counts, notices)
        const { read, stored, unchanged, revised, refused } = counts
        assert.deepEqual({ read, stored, unchanged, revised, refused }, expected(rows, model))
        assert.deepEqual(await bench.stored(`KH_014901.water-level.${procedure}`), rowsOf(model))
      }
    }),
    { numRuns: process.env.LANMEI_LARGE === '1' ? 2000 : 120 },
  )
})

test('what was fuzzed verifies', async () => {
  const result = await bench.verify()
  assert.deepEqual(result.difference, undefined)
  assert.ok(result.revisions > 0 && result.values > 100)
})
