/** The clock of the machine set back, and far ahead, while values are stored: the journal's times and "as known at" stay in order. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openStore, type Store } from '@lanmei/store/connect'
import { type Cluster, openCluster } from '@lanmei/store/embedded/cluster'
import { migrateStore } from '@lanmei/store/migrate'
import { entryKnownAt, openSnapshot } from '@lanmei/store/observations-read'
import { type Journal, openJournal } from '../../apps/node/journal/journal.ts'
import { openSigningKey } from '../../apps/node/journal/signing-key.ts'
import { rebuildStore } from '../../apps/node/proof/rebuild.ts'
import { verifyStore } from '../../apps/node/proof/verify.ts'
import { writeRecords } from '../../apps/node/records/write.ts'
import { storeParts } from '../../apps/node/take-in/batch.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-clock-'))
const series = 'KH_CLOCK.water-level.manual'
const noon = Date.UTC(2024, 5, 1, 12)
const hour = 3_600_000
let cluster: Cluster
let store: Store
let journal: Journal
let clockMs = noon

before(async () => {
  cluster = await openCluster({ folder: join(folder, 'database') })
  store = await openStore(cluster.url)
  await migrateStore(store)
  journal = await openJournal(
    store,
    await openSigningKey(join(folder, 'keys'), noon),
    'kh-node',
    () => clockMs,
  )
  const station = {
    name: { en: 'Clock' },
    party: 'kh',
    stationType: 'river-gauge',
    timeZone: 'Asia/Phnom_Penh',
  }
  const fields = {
    station: 'KH_CLOCK',
    property: 'water-level',
    unit: 'm',
    procedure: 'manual',
    aggregation: 'instantaneous',
    origin: 'observed',
    audience: 'public',
  }
  await writeRecords({ store, journal }, 'test', [
    { kind: 'station', id: 'KH_CLOCK', owner: 'kh-node', fields: station },
    { kind: 'series', id: series, owner: 'kh-node', fields },
  ])
})
after(async () => {
  await store?.close()
  await cluster?.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

const at = Date.UTC(2024, 0, 1)
/** Stores one value for the same time; gives when the journal says that was. */
async function put(value: number): Promise<{ entry: number; atMs: number }> {
  const part = {
    series,
    audience: 'public' as const,
    rules: [],
    times: Float64Array.of(at),
    values: Float64Array.of(value),
  }
  const [{ entry = -1 }] = await storeParts({ store, journal }, { author: 'test', reason: 'read again' }, [
    part,
  ])
  const { rows } = await store.pool.query(
    'SELECT extract(epoch FROM at)::float8 * 1000 AS ms FROM journal_entry WHERE seq = $1',
    [entry],
  )
  return { entry, atMs: Math.round(rows[0].ms) }
}
async function knownAt(ms: number): Promise<number | undefined> {
  const knownEntry = await entryKnownAt(store.pool, ms)
  const key = (await store.pool.query('SELECT key FROM series_key WHERE id = $1', [series])).rows[0].key
  const snapshot = await openSnapshot(store)
  let value: number | undefined
  for await (const { count, values } of snapshot.rows({ key, knownEntry })) if (count) value = values[0]
  await snapshot.close()
  return value
}

test('through a clock that goes forth, back and forth again every time has one answer to "as known at"', async () => {
  // Set by the operator: an hour on, then a day back, further back, and at last right again.
  const clock = [0, hour, -23 * hour, -40 * hour, 2 * hour, 3 * hour]
  const stored: { atMs: number; value: number }[] = []
  for (const [i, offset] of clock.entries()) {
    clockMs = noon + offset
    const value = i + 1
    const { atMs } = await put(value)
    stored.push({ atMs, value })
    assert.equal(journal.clockBehindMs() > 0, offset < 0 && i > 1, `after step ${i}`)
  }
  for (let i = 1; i < stored.length; i++)
    assert.ok(stored[i].atMs >= stored[i - 1].atMs, 'entry times never run back')
  assert.deepEqual(
    stored.map(({ atMs }) => (atMs - noon) / hour),
    [0, 1, 1, 1, 2, 3],
  )
  assert.equal(await knownAt(noon - 1), undefined)
  assert.equal(await knownAt(noon), 1)
  assert.equal(await knownAt(noon + hour - 1), 1)
  // What was stored while the clock was behind is known from the last good time on.
  assert.equal(await knownAt(noon + hour), 4)
  assert.equal(await knownAt(noon + 2 * hour), 5)
  assert.equal(await knownAt(noon + 9 * hour), 6)
})

test('a restart with the clock behind goes on, and says by how much', async () => {
  clockMs = noon - 72 * hour
  journal = await openJournal(
    store,
    await openSigningKey(join(folder, 'keys'), clockMs),
    'kh-node',
    () => clockMs,
  )
  const { atMs } = await put(7)
  assert.equal(atMs, noon + 3 * hour)
  assert.equal(journal.clockBehindMs(), 75 * hour)
  clockMs = noon + 4 * hour
  await put(8)
  assert.equal(journal.clockBehindMs(), 0)
})

test('the store verifies, and is the same when it is made anew from the journal', async () => {
  const keys = journal.keys as never
  assert.deepEqual((await verifyStore({ store, keys })).difference, undefined)
  assert.equal((await rebuildStore({ store, journal })).ok, true)
  assert.equal(await knownAt(noon + hour), 4)
})
