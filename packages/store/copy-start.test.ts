/** A COPY refused in its middle ends with what PostgreSQL said, and the connection and the process live on. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { openStore, type Store } from './connect.ts'
import { startCopyIn } from './copy-start.ts'
import { type Cluster, openCluster } from './embedded/cluster.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-copy-'))
let cluster: Cluster
let store: Store
before(async () => {
  cluster = await openCluster({ folder })
  store = await openStore(cluster.url)
  await store.pool.query('CREATE TABLE small (n integer CHECK (n < 10))')
})
after(async () => {
  await store?.close()
  await cluster?.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

test('what was written behind a refused row is thrown away, and the connection goes on', async () => {
  const client = await store.pool.connect()
  const stream = startCopyIn(client, 'COPY small FROM STDIN', { highWaterMark: 1 << 20 })
  const done = finished(stream)
  const many = Buffer.alloc(1 << 20, '1\n')
  stream.write('11\n')
  for (let i = 0; i < 64; i++) stream.write(many)
  stream.end()
  await assert.rejects(done, /check constraint/)
  await sleep(200)
  assert.equal((await client.query('SELECT count(*)::int AS n FROM small')).rows[0].n, 0)
  client.release()
})

test('a connection that dies while it is lent out does not end the process', async () => {
  const client = await store.pool.connect()
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  await store.pool.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
  await sleep(200)
  await assert.rejects(client.query('SELECT 1'))
  client.release(true)
  assert.equal((await store.pool.query('SELECT 1 AS one')).rows[0].one, 1)
})
