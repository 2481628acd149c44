/** The joined journal: what it appends verifies with nothing but its keys, and a clock set back cannot turn its times round. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { toHex } from '@lanmei/exchange/byte-text'
import { canonicalBytes } from '@lanmei/exchange/canonical'
import { inclusionProof } from '@lanmei/exchange/merkle-proof'
import { verifyEntry } from '@lanmei/exchange/verify-entry'
import { openStore, type Store, transaction } from '@lanmei/store/connect'
import { type Cluster, openCluster } from '@lanmei/store/embedded/cluster'
import { readCheckpoints, readEntries, readNodes } from '@lanmei/store/journal'
import { migrateStore } from '@lanmei/store/migrate'
import { entryOf, type JournalItem, openBody, openJournal } from './journal.ts'
import { openSigningKey } from './signing-key.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-journal-'))
let cluster: Cluster
let store: Store
before(async () => {
  cluster = await openCluster({ folder })
  store = await openStore(cluster.url)
  await migrateStore(store)
})
after(async () => {
  await store?.close()
  await cluster?.close()
  rmSync(folder, { recursive: true, force: true })
})

const item = (n: number): JournalItem => ({
  kind: 'note',
  id: `n-${n}`,
  version: 1,
  audience: 'public',
  body: canonicalBytes({ n, text: 'ທ່ານ'.repeat(n % 90) }),
})

test('every entry of several batches verifies from its body, proof, checkpoint and the keys alone', async () => {
  const signing = await openSigningKey(join(folder, 'keys'), Date.now())
  const journal = await openJournal(store, signing, 'la-node')
  let next = 0
  for (const size of [1, 2, 5, 900, 3]) {
    const items = Array.from({ length: size }, (_, i) => item(next + i))
    const { first } = await transaction(store, (client) => journal.append(client, items))
    assert.equal(first, next)
    next += size
  }
  const checkpoint = (await readCheckpoints(store.pool, 0, 100)).at(-1)
  assert.equal(checkpoint?.size, next)
  const rows = await readEntries(store.pool, 0, 10_000, true)
  assert.equal(rows.length, next)
  for (const row of [rows[0], rows[7], rows[500], rows.at(-1)]) {
    if (!row) throw new Error('an entry is missing')
    const hashes = await inclusionProof(
      row.seq,
      next,
      async (places) => (await readNodes(store.pool, places)) as Uint8Array[],
    )
    const verdict = verifyEntry({
      entry: entryOf('la-node', row),
      salt: row.salt.toString('hex'),
      body: JSON.parse(openBody(row.body).toString('utf8')),
      proof: { seq: row.seq, size: next, leaf: row.leaf.toString('hex'), hashes: hashes.map(toHex) },
      checkpoint: checkpoint?.note,
      keys: signing.history,
    })
    assert.ok(verdict.ok, JSON.stringify(verdict))
  }
})

test('nothing of a failed transaction stays in the journal', async () => {
  const journal = await openJournal(store, await openSigningKey(join(folder, 'keys'), Date.now()), 'la-node')
  const before = await store.pool.query('SELECT size FROM journal_head')
  const failing = transaction(store, async (client) => {
    await journal.append(client, [item(1)])
    throw new Error('the disk is full')
  })
  await assert.rejects(failing, /disk is full/)
  const after = await store.pool.query(
    'SELECT size, (SELECT count(*) FROM journal_entry) AS entries FROM journal_head',
  )
  assert.equal(after.rows[0].size, before.rows[0].size)
  assert.equal(after.rows[0].entries, before.rows[0].size)
})

test('with the clock set back entries keep the last time and the journal says by how much it is behind', async () => {
  const signing = await openSigningKey(join(folder, 'keys'), Date.now())
  const yesterday = () => Date.now() - 86_400_000
  const journal = await openJournal(store, signing, 'la-node', yesterday)
  const last = (await readCheckpoints(store.pool, 0, 100)).at(-1)
  const { at } = await transaction(store, (client) => journal.append(client, [item(4)]))
  assert.equal(at, last?.at)
  assert.ok(journal.clockBehindMs() > 86_000_000)
})

test('a journal refuses to go on under the name of another node', async () => {
  const signing = await openSigningKey(join(folder, 'keys'), Date.now())
  await assert.rejects(openJournal(store, signing, 'kh-node'), /setting-invalid/)
})

test('the key file can be read by its owner alone, and a wrong passphrase is told', async () => {
  const place = join(folder, 'sealed-keys')
  const made = await openSigningKey(place, Date.now(), 'correct horse')
  assert.equal(statSync(join(place, 'signing-key.json')).mode & 0o077, 0)
  assert.equal((await openSigningKey(place, Date.now(), 'correct horse')).key.kid, made.key.kid)
  await assert.rejects(openSigningKey(place, Date.now(), 'wrong'), /key-missing/)
  await assert.rejects(openSigningKey(place, Date.now()), /key-missing/)
})
