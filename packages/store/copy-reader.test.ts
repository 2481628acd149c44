/** Reading many rows: what PostgreSQL holds comes back exactly, errors leave the connection usable, a slow reader stops the server. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore, type Store } from './connect.ts'
import { type RowBatch, readRows } from './copy-reader.ts'
import { type Cluster, openCluster } from './embedded/cluster.ts'
import { migrateStore } from './migrate.ts'
import { openSnapshot, selectRows } from './observations-read.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-copy-'))
let cluster: Cluster
let store: Store
before(async () => {
  cluster = await openCluster({ folder })
  store = await openStore(cluster.url, { connections: 3 })
  await migrateStore(store)
})
after(async () => {
  await store.close()
  await cluster.close()
  rmSync(folder, { recursive: true, force: true })
})

async function all(select: string): Promise<RowBatch[]> {
  const client = await store.pool.connect()
  try {
    const batches: RowBatch[] = []
    for await (const batch of readRows(client, select)) batches.push(batch)
    return batches
  } finally {
    client.release()
  }
}

test('times of two centuries, awkward numbers and nulls come back as they are', async () => {
  const times = [Date.UTC(1800, 0, 1), -1, 0, Date.UTC(1999, 11, 31, 23, 59, 59, 999), Date.UTC(2199, 11, 31)]
  const values = [-1.5, 5e-324, 1.7976931348623157e308, 0.1 + 0.2, Number.NaN]
  await store.pool.query(
    `INSERT INTO observation SELECT 1, time, value, 4, 9007199254740991 FROM unnest($1::timestamptz[], $2::float8[]) AS r(time, value)`,
    [times.map((ms) => new Date(ms).toISOString()), values.map((v) => (Number.isNaN(v) ? null : v))],
  )
  const [batch, ...more] = await all(selectRows({ key: 1 }))
  assert.equal(more.length, 0)
  assert.deepEqual([...batch.times], times)
  assert.deepEqual([...batch.values], values)
  assert.deepEqual([...batch.flags], [4, 4, 4, 4, 4])
  assert.equal(batch.entries[0], 9007199254740991)
})

test('many rows come in order, in batches, none lost', async () => {
  await store.pool.query(
    `INSERT INTO observation SELECT 2, '2000-01-01Z'::timestamptz + n * interval '1 min', n, 2, n FROM generate_series(0, 99999) n`,
  )
  const batches = await all(selectRows({ key: 2 }))
  assert.ok(batches.length > 10)
  let next = 0
  for (const { count, values, entries, times } of batches)
    for (let i = 0; i < count; i++, next++) {
      assert.equal(values[i], next)
      assert.equal(entries[i], next)
      assert.equal(times[i], Date.UTC(2000, 0, 1) + next * 60_000)
    }
  assert.equal(next, 100_000)
})

test('a select without rows gives no batch', async () => {
  assert.deepEqual(await all(selectRows({ key: 77 })), [])
})

test('a refused select rejects and leaves the connection usable', async () => {
  const client = await store.pool.connect()
  try {
    await assert.rejects(async () => {
      for await (const _ of readRows(client, 'SELECT nothing FROM nowhere'));
    }, /nowhere/)
    assert.equal((await client.query('SELECT 1 AS one')).rows[0].one, 1)
  } finally {
    client.release()
  }
})

test('a reader that stops early costs its connection, and the pool goes on', async () => {
  for (let i = 0; i < 8; i++) {
    const snapshot = await openSnapshot(store)
    for await (const batch of snapshot.rows({ key: 2 })) {
      assert.ok(batch.count > 0)
      break
    }
    await snapshot.close()
  }
  assert.equal(
    (await store.pool.query('SELECT count(*) AS n FROM observation WHERE series = 2')).rows[0].n,
    100_000,
  )
  assert.equal(store.pool.waitingCount, 0)
})

test('a slow reader stops the server', async () => {
  await store.pool.query(
    `INSERT INTO observation SELECT 4, '2000-01-01Z'::timestamptz + n * interval '1 min', n, 2, n FROM generate_series(0, 399999) n`,
  )
  const snapshot = await openSnapshot(store)
  const { stream } = (snapshot.client as unknown as { connection: { stream: { bytesRead: number } } })
    .connection
  const before = stream.bytesRead
  const rows = snapshot.rows({ key: 4 })
  await rows.next()
  await sleep(500)
  // A row takes 40 bytes and more on the wire; about five batches of 4096 may be under way.
  assert.ok(stream.bytesRead - before < 4_000_000, `${stream.bytesRead - before} bytes were read ahead`)
  let n = 4096
  for await (const { count } of rows) n += count
  assert.equal(n, 400_000)
  await snapshot.close()
})

test('an abort ends a read that waits', async () => {
  const locker = await store.pool.connect()
  await locker.query('BEGIN')
  await locker.query('LOCK TABLE observation IN ACCESS EXCLUSIVE MODE')
  const leaving = new AbortController()
  const snapshot = await openSnapshot(store, leaving.signal)
  setTimeout(() => leaving.abort(new Error('gone')), 50)
  await assert.rejects(async () => {
    for await (const _ of snapshot.rows({ key: 2 }));
  }, /gone/)
  await snapshot.close()
  await locker.query('ROLLBACK')
  locker.release()
})

test('a snapshot does not see what is written after it was opened', async () => {
  const snapshot = await openSnapshot(store)
  const count = async () => {
    let n = 0
    for await (const batch of snapshot.rows({ key: 3 })) n += batch.count
    return n
  }
  assert.equal(await count(), 0)
  await store.pool.query("INSERT INTO observation VALUES (3, '2000-01-01Z', 1, 2, 1)")
  assert.equal(await count(), 0)
  await snapshot.close()
})
