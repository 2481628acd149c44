/** Bytes of a data page changed on the disk while the node is stopped: found by the checksum, never served, and mended from journal or backup. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { isProblem } from '@lanmei/model/problem'
import { readConfig } from '../../apps/node/config.ts'
import { type Context, openContext } from '../../apps/node/context.ts'
import { rebuildStore } from '../../apps/node/proof/rebuild.ts'
import { verifyStore } from '../../apps/node/proof/verify.ts'
import { seedReference } from '../../apps/node/seed/reference.ts'
import { runLoad } from '../../apps/node/take-in/load.ts'
import { ended, start } from '../command-line.ts'
import { kratieLevels, sourceOf } from '../take-in-bench.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-torn-'))
const good = join(folder, 'good')
const work = join(folder, 'work')
const backup = join(folder, 'backup.tar.zst')
const pageBytes = 8192
const rows = 20_000
const text = (from = 0) =>
  `time,value\n${Array.from({ length: rows }, (_, i) => `${new Date(Date.UTC(2000, 0, 1 + from) + i * 3_600_000).toISOString().slice(0, 16)},${(5 + Math.sin(i / 300)).toFixed(2)}`).join('\n')}\n`
const files: Record<string, string> = {}

const open = (place: string) =>
  openContext(
    readConfig({ LANMEI_DATA: join(place, 'data'), LANMEI_LOG_LEVEL: 'silent', LANMEI_DISK_MINIMUM_MB: '0' }),
    { purpose: 'command' },
  )
async function within<T>(place: string, doing: (context: Context) => Promise<T>): Promise<T> {
  const context = await open(place)
  try {
    return await doing(context)
  } finally {
    await context.close()
  }
}
const load = (context: Context, from = 0) =>
  runLoad(context, { sources: [sourceOf(kratieLevels, text(from))], author: 'test' })
const verify = ({ store, journal }: Context) => verifyStore({ store, keys: journal.keys as never })
const values = async ({ store }: Context) =>
  (await store.pool.query('SELECT time, value FROM observation ORDER BY time')).rows

let whole: unknown[]
before(async () => {
  whole = await within(good, async (context) => {
    await seedReference(context)
    assert.equal((await load(context)).counts.stored, rows)
    for (const name of ['observation', 'observation_pkey', 'series_state', 'journal_entry', 'record_version'])
      files[name] = (
        await context.store.pool.query('SELECT pg_relation_filepath(to_regclass($1)) AS path', [name])
      ).rows[0].path
    return values(context)
  })
  const made = await ended(start(good, ['backup', backup]))
  assert.equal(made.status, 0, made.stderr)
})
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

/** Half a page of a table as an interrupted write or a failing disk leaves it, in a copy of the stopped node. */
function tear(table: string, page: number): void {
  rmSync(work, { recursive: true, force: true })
  // With its owners: as root the database belongs to another user.
  execFileSync('cp', ['-a', good, work])
  const file = openSync(join(work, 'data', 'database', 'pgdata', files[table]), 'r+')
  writeSync(file, Buffer.alloc(pageBytes / 2, 0xa5), 0, pageBytes / 2, page * pageBytes + pageBytes / 2)
  closeSync(file)
}

const says = /invalid page in block|page verification failed|damaged on the disk/

for (const [table, page] of [
  ['observation', 10],
  ['observation_pkey', 5],
  ['series_state', 0],
  ['record_version', 2],
] as const)
  test(`a torn page of ${table}: verify fails, nothing wrong is stored on it, rebuild mends it from the journal`, async () => {
    tear(table, page)
    await within(work, async (context) => {
      await assert.rejects(verify(context), says)
      const outcome = await load(context, 1).then(
        ({ counts }) => counts,
        (error) => error,
      )
      if (outcome instanceof Error) {
        assert.ok(isProblem(outcome), String(outcome))
        assert.match(outcome.message, says)
      }
      const rebuilt = await rebuildStore(context)
      assert.deepEqual([rebuilt.ok, rebuilt.difference], [true, undefined])
      if (outcome instanceof Error) assert.deepEqual(await values(context), whole)
      const again = await load(context)
      assert.deepEqual([again.counts.stored, again.counts.revised, again.counts.unchanged], [0, 0, rows])
    })
  })

test('a torn page of the journal: verify and rebuild fail and change nothing; a restored backup is whole', async () => {
  tear('journal_entry', 20)
  await within(work, async (context) => {
    await assert.rejects(verify(context))
    await assert.rejects(rebuildStore(context))
    assert.deepEqual(await values(context), whole, 'the tables are as they were')
  })
  const command = await ended(start(work, ['verify']))
  assert.equal(command.status, 1)
  const refused = await ended(start(work, ['backup', join(folder, 'torn.tar.zst')]))
  assert.equal(refused.status, 1, 'no backup is made of a damaged journal')
  const restored = await ended(start(work, ['restore', '--replace', backup]))
  assert.equal(restored.status, 0, restored.stderr)
  await within(work, async (context) => {
    assert.deepEqual((await verify(context)).difference, undefined)
    assert.deepEqual(await values(context), whole)
  })
})
