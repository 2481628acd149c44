/** The embedded PostgreSQL through its life: first start, restart, shared by processes, after kill -9 of either side. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import pg from 'pg'
import { openCluster } from './cluster.ts'
import { isAlive, type Life, lifeOf } from './living-process.ts'

// mkdtemp makes the folder 0700, so that as root every test here also proves the way through closed folders.
const root = mkdtempSync(join(tmpdir(), 'lanmei cluster '))
const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(root, { recursive: true, force: true })
})

test('a new folder becomes a database that keeps what was written over a restart', async () => {
  const folder = join(root, 'first')
  const said: string[] = []
  const first = await openCluster({ folder, log: (sentence) => said.push(sentence) })
  await ask(first.url, 'CREATE TABLE gauge AS SELECT 4.2::float8 AS level')
  assert.deepEqual(
    await ask(
      first.url,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('data_checksums') AS checksums,
        current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
        current_setting('full_page_writes') AS pages, datlocprovider AS provider, datlocale AS locale
        FROM pg_database WHERE datname = current_database()`,
    ),
    [
      {
        encoding: 'UTF8',
        checksums: 'on',
        fsync: 'on',
        commit: 'on',
        pages: 'on',
        provider: 'b',
        locale: 'C.UTF-8',
      },
    ],
  )
  await first.close()
  assert.equal(postmaster(folder), undefined, 'the server stops with its last user')
  assert.match(said.join(), /Making a new database/)

  const again = await openCluster({ folder })
  assert.deepEqual(await ask(again.url, 'SELECT level FROM gauge'), [{ level: 4.2 }])
  assert.equal(new URL(again.url).port, new URL(first.url).port, 'the port is remembered')
  if (again.socketUrl) assert.deepEqual(await ask(again.socketUrl, 'SELECT 1 AS one'), [{ one: 1 }])
  await again.close()
})

test('the password is random, kept from others, and needed', async () => {
  const folder = join(root, 'first')
  const cluster = await openCluster({ folder })
  assert.equal(statSync(join(folder, 'password')).mode & 0o777, 0o600)
  const without = new URL(cluster.url)
  without.password = 'wrong'
  await assert.rejects(ask(without.href, 'SELECT 1'), /password authentication failed/)
  await cluster.close()
})

test('two processes that start at once share one server, and the last to close stops it', async () => {
  const folder = join(root, 'shared')
  const [one, two] = await Promise.all([openElsewhere(folder), openElsewhere(folder)])
  assert.equal(one.url, two.url)
  await one.close()
  assert.deepEqual(await ask(two.url, 'SELECT 1 AS one'), [{ one: 1 }])
  await two.close()
  assert.equal(postmaster(folder), undefined)
})

test('a server left alone by kill -9 of its owner is joined, and stopped at the end', async () => {
  const folder = join(root, 'orphan')
  const owner = await openElsewhere(folder)
  await ask(owner.url, 'CREATE TABLE kept AS SELECT 1 AS one')
  const before = postmaster(folder)
  owner.child.kill('SIGKILL')
  await once(owner.child, 'exit')
  const cluster = await openCluster({ folder })
  assert.deepEqual(postmaster(folder), before, 'it is the same server')
  assert.deepEqual(await ask(cluster.url, 'SELECT one FROM kept'), [{ one: 1 }])
  await cluster.close()
  assert.equal(postmaster(folder), undefined)
  assert.deepEqual(readdirSync(join(folder, 'users')), [])
})

test('after kill -9 of the server the next start recovers what was committed', async () => {
  const folder = join(root, 'crash')
  const owner = await openElsewhere(folder)
  await ask(owner.url, 'CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n')
  const server = postmaster(folder) as Life
  owner.child.kill('SIGKILL')
  process.kill(server.pid, 'SIGKILL')
  const cluster = await openCluster({ folder })
  assert.deepEqual(await ask(cluster.url, 'SELECT count(*)::int AS rows FROM kept'), [{ rows: 1000 }])
  await cluster.close()
})

test('lock files that name a living stranger, as after a power loss, do not stop the start', async () => {
  const folder = join(root, 'crash')
  const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
  children.push(stranger)
  const data = join(folder, 'pgdata')
  writeFileSync(join(data, 'postmaster.pid'), `${stranger.pid}\n${data}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: stranger.pid, started: 'long ago' }))
  writeFileSync(join(folder, 'users', `${stranger.pid}-1`), '')
  const cluster = await openCluster({ folder })
  assert.deepEqual(await ask(cluster.url, 'SELECT count(*)::int AS rows FROM kept'), [{ rows: 1000 }])
  await cluster.close()
  assert.equal(postmaster(folder), undefined, 'the torn note of a user does not keep the server alive')
  stranger.kill()
})

test('a first start that was cut off begins again', async () => {
  const folder = join(root, 'half')
  mkdirSync(join(folder, 'pgdata.new', 'base'), { recursive: true })
  writeFileSync(join(folder, 'password'), 'of the first attempt')
  const cluster = await openCluster({ folder, database: 'other name' })
  assert.deepEqual(await ask(cluster.url, 'SELECT current_database() AS name'), [{ name: 'other name' }])
  await cluster.close()
})

test('a port that somebody else took is exchanged for a free one', async () => {
  const [taken, folder] = [join(root, 'first'), join(root, 'crash')]
  const holder = await openCluster({ folder: taken })
  writeFileSync(join(folder, 'port'), new URL(holder.url).port)
  const cluster = await openCluster({ folder })
  assert.notEqual(new URL(cluster.url).port, new URL(holder.url).port)
  await Promise.all([cluster.close(), holder.close()])
})

test('a server that cannot start says why', async () => {
  const folder = join(root, 'broken')
  await (await openCluster({ folder })).close()
  writeFileSync(join(folder, 'pgdata', 'operator.conf'), 'no_such_setting = on\n')
  await assert.rejects(openCluster({ folder }), /unrecognized configuration parameter/)
})

/** The living main process of the server in a folder. */
function postmaster(folder: string): Life | undefined {
  try {
    return lifeOf(Number(readFileSync(join(folder, 'pgdata', 'postmaster.pid'), 'utf8').split('\n')[0]))
  } catch {
    return undefined
  }
}

async function ask(url: string, statement: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

/** Opens the cluster in a process of its own, which closes it when told. */
async function openElsewhere(folder: string) {
  const script = `
    const { openCluster } = await import(${JSON.stringify(import.meta.resolve('./cluster.ts'))})
    const cluster = await openCluster({ folder: ${JSON.stringify(folder)} })
    console.log(cluster.url)
    process.stdin.once('data', async () => { await cluster.close(); process.exit(0) })`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  children.push(child)
  const life = lifeOf(child.pid as number) as Life
  assert.ok(isAlive(life))
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string]
  const close = async () => {
    child.stdin.write('close\n')
    await once(child, 'exit')
  }
  return { url, child, close }
}
