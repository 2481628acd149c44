/** A backup brings the whole node back, to the last row and key; a damaged one is refused before it costs anything. */
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { readConfig } from '@lanmei/node/config'
import { type Context, openContext } from '@lanmei/node/context'
import { storeParts } from '@lanmei/node/take-in/batch'
import { listTables } from '@lanmei/store/backup'
import { gauges, hourly, lanmei, newFolder, openBeside, settingsOf, writeLevels } from './command-line.ts'

const folder = newFolder()
const elsewhere = newFolder()
const file = join(folder, 'whole.tar.zst')

before(async () => {
  const path = writeLevels(folder, gauges[0], hourly(Date.UTC(2019, 0, 1), 400))
  assert.equal((await lanmei(folder, 'load', path)).status, 0)
  const context = await openBeside(folder)
  try {
    await context.store.pool.query(
      `INSERT INTO person (id, name, email, "emailVerified", disabled, pseudonym) VALUES ('p1', 'Officer', 'officer@example.org', true, false, 'p-1')`,
    )
    await context.store.pool.query(`INSERT INTO person_role (person, role) VALUES ('p1', 'la-officer')`)
    writeFileSync(join(folder, 'data', 'keys', 'sign-in-secret'), 'a secret\n', { mode: 0o600 })
  } finally {
    await context.close()
  }
})

/** Every row of every table as text, without what the commands note about themselves. */
async function dump(context: Context): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {}
  for (const { name } of await listTables(context.store.pool)) {
    const { rows } = await context.store.pool.query(
      `SELECT t::text AS row FROM "${name}" t ${name === 'house' ? "WHERE name <> 'backup'" : ''} ORDER BY 1`,
    )
    all[name] = rows.map(({ row }) => row)
  }
  return all
}

async function within<T>(place: string, work: (context: Context) => Promise<T>): Promise<T> {
  const context = await openBeside(place)
  try {
    return await work(context)
  } finally {
    await context.close()
  }
}

test('backup and restore give the same tables and keys, and the node goes on from there', async () => {
  const made = await lanmei(folder, 'backup', '--json', file)
  assert.equal(made.status, 0, made.stderr)
  assert.match(made.stderr, /NOT encrypted/)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  assert.equal(JSON.parse(made.stdout).verified, true)
  assert.match((await lanmei(folder, 'backup', file)).stderr, /is there already/)

  const restored = await lanmei(elsewhere, 'restore', '--json', file)
  assert.equal(restored.status, 0, restored.stderr)
  assert.equal(JSON.parse(restored.stdout).ok, true)
  const original = await within(folder, dump)
  assert.ok(original.observation.length === 400 && original.person.length === 1 && original.load.length === 1)
  assert.deepEqual(await within(elsewhere, dump), original)
  for (const name of readdirSync(join(folder, 'data', 'keys')))
    assert.deepEqual(
      readFileSync(join(elsewhere, 'data', 'keys', name)),
      readFileSync(join(folder, 'data', 'keys', name)),
      name,
    )
  const more = writeLevels(elsewhere, gauges[0], hourly(Date.UTC(2019, 0, 1), 410))
  assert.equal((await lanmei(elsewhere, 'load', more)).status, 0)
  assert.equal((await lanmei(elsewhere, 'verify')).status, 0)
  const kept = await within(folder, async ({ store }) => {
    const { rows } = await store.pool.query("SELECT value FROM house WHERE name = 'backup'")
    return rows[0].value
  })
  assert.deepEqual(
    { verified: kept.verified, bytes: kept.bytes },
    { verified: true, bytes: statSync(file).size },
  )
})

test('a node that holds something is replaced only when asked, and a missing file is named', async () => {
  const refused = await lanmei(elsewhere, 'restore', file)
  assert.equal(refused.status, 1)
  assert.match(refused.stderr, /not empty.*--replace/)
  assert.match((await lanmei(elsewhere, 'restore', 'nowhere.tar.zst')).stderr, /no file or folder/)
  const replaced = await lanmei(elsewhere, 'restore', '--replace', file)
  assert.equal(replaced.status, 0, replaced.stderr)
  assert.deepEqual(await within(elsewhere, dump), await within(folder, dump))
})

test('a running node is never replaced under its own feet', async () => {
  const running = await openContext(readConfig(settingsOf(elsewhere)), { purpose: 'server' })
  try {
    assert.equal(JSON.parse((await lanmei(elsewhere, 'status', '--json')).stdout).running, true)
    // An idle server holds nothing but the connection on which it hears of new entries.
    const { store } = running
    while (store.pool.idleCount > 0) await new Promise((done) => setTimeout(done, 250))
    const { status, stderr } = await lanmei(elsewhere, 'restore', '--replace', file)
    assert.equal(status, 1)
    assert.match(stderr, /The node is running\. Stop it first\./)
  } finally {
    await running.close()
  }
  assert.equal(JSON.parse((await lanmei(elsewhere, 'status', '--json')).stdout).running, false)
})

test('a torn or changed backup is refused, and the node that is there keeps what it has', async () => {
  const whole = readFileSync(file)
  const damaged = join(folder, 'damaged.tar.zst')
  const kept = await within(elsewhere, dump)
  const damages: Buffer[] = [
    whole.subarray(0, whole.length - 300),
    whole.subarray(0, Math.floor(whole.length / 2)),
    Buffer.from('no archive at all'),
    Buffer.alloc(0),
  ]
  const flipped = Buffer.from(whole)
  flipped[Math.floor(whole.length / 3)] ^= 1
  damages.push(flipped)
  for (const bytes of damages) {
    writeFileSync(damaged, bytes)
    const { status, stderr } = await lanmei(elsewhere, 'restore', '--replace', damaged)
    assert.equal(status, 1)
    assert.match(stderr, /cannot be used/)
  }
  assert.deepEqual(await within(elsewhere, dump), kept)
})

test('a backup beside a node that takes in is one moment of it: its journal and tables fit', async () => {
  const busy = newFolder()
  const target = newFolder()
  await within(busy, async (context) => {
    let stop = false
    const writing = (async () => {
      for (let n = 0; !stop; n++)
        await storeParts(context, { author: 'logger' }, [
          {
            series: `S${n % 5}`,
            audience: 'public',
            rules: [],
            times: Float64Array.of(n * 60_000, (n + 1) * 60_000),
            values: Float64Array.of(n, -n),
          },
        ])
      return undefined
    })()
    const { status, stderr } = await lanmei(busy, 'backup', join(busy, 'one.tar.zst'))
    stop = true
    await writing
    assert.equal(status, 0, stderr)
  })
  const { status, stderr } = await lanmei(target, 'restore', join(busy, 'one.tar.zst'))
  assert.equal(status, 0, stderr)
  assert.equal(existsSync(join(busy, 'one.tar.zst.unfinished')), false)
})
