/** The fold against the taking in: whatever is stored, in whatever order, the journal alone gives the same tables. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { Rule } from '@lanmei/watch/evaluate'
import fc from 'fast-check'
import { readConfig } from '../config.ts'
import { type Context, openContext } from '../context.ts'
import { writeRecords } from '../records/write.ts'
import { storeParts } from '../take-in/batch.ts'
import { storeFlagging } from '../take-in/flagging.ts'
import { rebuildStore } from './rebuild.ts'
import { verifyStore } from './verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-proof-'))
let context: Context
const open = () =>
  openContext(readConfig({ LANMEI_DATA: folder, LANMEI_LOG_LEVEL: 'silent' }), { purpose: 'command' })
before(async () => {
  context = await open()
  // Hundreds of small transactions: what a power loss would take is not asked here.
  await context.store.pool.query('ALTER DATABASE lanmei SET synchronous_commit = off')
  await context.close()
  context = await open()
})
after(async () => {
  await context.close()
  rmSync(folder, { recursive: true, force: true })
})

const range: Rule = { kernel: 'quality/range', parameters: { minimum: 0, maximum: 8 }, severity: 'bad' }
const hour = 3_600_000
const start = Date.UTC(2024, 0, 1)

const readings = fc
  .array(
    fc.record({
      hour: fc.integer({ min: 0, max: 60 }),
      value: fc.oneof(
        fc.integer({ min: -2, max: 10 }),
        fc.double({ min: -1, max: 9, noNaN: true }),
        fc.constant(Number.NaN),
        fc.constant(-0),
      ),
      flag: fc.constantFrom(0, 0, 0, 1, 3, 8),
    }),
    { minLength: 0, maxLength: 40 },
  )
  .map((list) => [...new Map(list.map((r) => [r.hour, r])).values()].sort((a, b) => a.hour - b.hour))

const step = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('block' as const),
      parts: fc.uniqueArray(
        fc.record({
          name: fc.integer({ min: 0, max: 2 }),
          readings,
          ruled: fc.boolean(),
          flagged: fc.boolean(),
        }),
        { selector: (part) => part.name, minLength: 1, maxLength: 3 },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('flagging' as const),
      name: fc.integer({ min: 0, max: 2 }),
      hours: fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 12 }),
      flag: fc.constantFrom(1, 3, 4, 8),
      rule: fc.constantFrom('officer', 'source', 'range'),
    }),
  },
)

test('random histories of blocks, revisions and judgements: the journal gives the tables exactly', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
      run++
      const series = (name: number) => `R${run}-S${name}.water-level.manual`
      for (const each of steps)
        if (each.kind === 'block')
          await storeParts(
            context,
            { author: 'test' },
            each.parts.map(({ name, readings: rows, ruled, flagged }) => ({
              series: series(name),
              audience: 'public' as const,
              rules: ruled ? [range] : [],
              times: Float64Array.from(rows, (r) => start + r.hour * hour),
              values: Float64Array.from(rows, (r) => r.value),
              ...(flagged ? { flags: Uint8Array.from(rows, (r) => r.flag) } : {}),
            })),
          )
        else await flag(series(each.name), each)
      const result = await verifyStore({ store: context.store, keys: context.journal.keys })
      assert.equal(result.difference?.sentence, undefined)
    }),
    { numRuns: 20 },
  )
})

/** Judges those of the hours that have a value; nothing where the series has none. */
async function flag(
  series: string,
  { hours, flag: code, rule }: { hours: number[]; flag: number; rule: string },
): Promise<void> {
  const { rows } = await context.store.pool.query(
    'SELECT o.time FROM observation o JOIN series_key k ON k.key = o.series WHERE k.id = $1 AND o.time = ANY($2)',
    [series, hours.map((h) => new Date(start + h * hour).toISOString())],
  )
  if (!rows.length) return
  const times = Float64Array.from(rows, (row) => row.time.getTime())
  const flagging = {
    series,
    author: 'test',
    rules: ['other', rule],
    times,
    flags: new Uint8Array(times.length).fill(code),
    rule: new Uint8Array(times.length).fill(1),
  }
  await storeFlagging(context, flagging, 'public')
}

test('a rebuild gives the tables bit for bit as they were', async () => {
  const station = {
    name: { en: 'Pakse' },
    party: 'la',
    stationType: 'river-gauge',
    timeZone: 'Asia/Vientiane',
  }
  for (const riverKm of [870, 869.5])
    await writeRecords(context, 'test', [
      { kind: 'station', id: 'LA_013901', owner: 'la', fields: { ...station, riverKm } },
    ])
  const before = await dump()
  await context.store.pool.query('UPDATE observation SET value = value + 1, flag = 2')
  await context.store.pool.query('DELETE FROM observation_flag')
  const result = await rebuildStore(context)
  assert.equal(result.difference?.sentence, undefined)
  assert.equal(result.ok, true)
  assert.ok(result.values > 100 && result.revisions > 10 && result.judgements > 10 && result.records === 2)
  assert.deepEqual(await dump(), before)
})

async function dump(): Promise<Record<string, unknown[]>> {
  const tables = {
    series_key: 'key',
    observation: 'series, time',
    observation_superseded: 'series, time, entry',
    observation_flag: 'series, time, entry',
    series_state: 'series',
    record_version: 'kind, id, version',
  }
  const all: Record<string, unknown[]> = {}
  for (const [table, order] of Object.entries(tables))
    all[table] = (
      await context.store.pool.query(`SELECT t::text AS row FROM ${table} t ORDER BY ${order}`)
    ).rows
  return all
}
