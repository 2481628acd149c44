/** The PostgreSQL the node brings itself: started by the first process that needs it, shared by all, stopped by the last. */
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { problem } from '@lanmei/model/problem'
import pg from 'pg'
import { findBinaries } from './binaries.ts'
import { whileHolding } from './folder-lock.ts'
import { isAlive, lifeOf } from './living-process.ts'
import {
  binFolder,
  findPostmaster,
  initialise,
  type Postmaster,
  type ServerPlace,
  serverRole,
  startServer,
  stopServer,
} from './server.ts'
import { chooseServerUser } from './server-user.ts'

/** An open door to the server. `socketUrl` (a unix socket, a little faster) is there where the folder's path is short. */
export type Cluster = { url: string; socketUrl?: string; close(): Promise<void> }

/** `folder` is made when missing; `database` (default `lanmei`) too; `log` hears a sentence about each longer step. */
export type ClusterOptions = { folder: string; database?: string; log?: (sentence: string) => void }

let opened = 0

/**
 * Opens the cluster in a folder: initialises it, starts its server or joins the one that already runs. The server stops
 * when the last process that opened it closes; a process that dies without closing no longer counts.
 */
export async function openCluster({
  folder,
  database = 'lanmei',
  log = () => {},
}: ClusterOptions): Promise<Cluster> {
  mkdirSync(folder, { recursive: true })
  const home = realpathSync(folder)
  const binaries = findBinaries()
  const data = join(home, 'pgdata')
  const place: ServerPlace = {
    folder: home,
    data,
    binaries,
    user: chooseServerUser(data, binFolder(binaries)),
  }
  const users = join(home, 'users')
  const me = join(users, `${process.pid}-${++opened}`)
  const lock = join(home, 'lock')
  const waiting = (holder: { pid: number }) =>
    log(`Waiting for process ${holder.pid}, which is starting or stopping the database`)

  const leave = async () => {
    rmSync(me, { force: true })
    if (livingUsers(users) > 0) return
    await stopServer(place)
  }
  const urls = await whileHolding(
    lock,
    async () => {
      mkdirSync(users, { recursive: true })
      await writeDurably(me, JSON.stringify(lifeOf(process.pid)), 0o644)
      try {
        livingUsers(users)
        const password = await ready(place, log)
        const { port } = await running(place, log)
        const who = `${serverRole}:${password}@`
        const url = `postgresql://${who}127.0.0.1:${port}/${encodeURIComponent(database)}`
        await makeDatabase(url, database)
        const sockets = join(home, 'run')
        const socketUrl = existsSync(sockets)
          ? `postgresql://${who}/${encodeURIComponent(database)}?host=${encodeURIComponent(sockets)}&port=${port}`
          : undefined
        return { url, socketUrl }
      } catch (error) {
        await leave().catch(() => {})
        throw error
      } finally {
        keepOwner(home)
      }
    },
    waiting,
  )
  let closed: Promise<void> | undefined
  return { ...urls, close: () => (closed ??= whileHolding(lock, leave, waiting)) }
}

/** Initialises the data folder when there is none, and gives the password. */
async function ready(place: ServerPlace, log: (sentence: string) => void): Promise<string> {
  const file = join(place.folder, 'password')
  const made = existsSync(join(place.data, 'PG_VERSION'))
  if (made && !existsSync(file))
    throw problem('store-unreachable', {
      reason: `The file ${file} with the password of the database is gone.`,
      fix: 'Put it back from a backup of the folder; it belongs to the data beside it.',
    })
  if (made) return readPassword(file)
  log(`Making a new database in ${place.folder}`)
  const password = randomBytes(24).toString('base64url')
  await writeDurably(file, `${password}\n`, 0o600)
  await initialise(place, password)
  return password
}

function readPassword(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    const fix = 'Start as the user who made the folder, or as root.'
    throw problem('store-unreachable', { reason: `The file ${file} cannot be read.`, fix }, cause)
  }
}

/** The server in its ready state: joined when it runs, started when it does not. */
async function running(place: ServerPlace, log: (sentence: string) => void): Promise<Postmaster> {
  for (;;) {
    const found = findPostmaster(place)
    if (found === undefined) {
      if (existsSync(join(place.data, 'postmaster.pid')))
        log('The database was not stopped properly; it recovers by itself now')
      return startServer(place)
    }
    if (found.status === 'ready') return found
    await sleep(20)
  }
}

/** Counts the processes that use the server, and forgets those that died. */
function livingUsers(folder: string): number {
  let living = 0
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    let alive = false
    try {
      alive = isAlive(JSON.parse(readFileSync(file, 'utf8')))
    } catch {
      // Torn by a power loss: its writer is gone.
    }
    if (alive) living++
    else rmSync(file, { force: true })
  }
  return living
}

/** Connects once, which proves the server and the password, and makes the database when it is not there. */
async function makeDatabase(url: string, database: string): Promise<void> {
  const missing = await visit(url)
  if (missing === undefined) return
  if (missing !== '3D000')
    throw problem('store-unreachable', { reason: `PostgreSQL refused us with ${missing}.` })
  const first = new URL(url)
  first.pathname = '/postgres'
  await visit(first.href, `CREATE DATABASE ${pg.escapeIdentifier(database)}`)
}

/** Connects and runs a statement; gives the code of a refused connection. */
async function visit(url: string, statement = 'SELECT 1'): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 })
  try {
    await client.connect()
    await client.query(statement)
    return undefined
  } catch (error) {
    const code = (error as { code?: string }).code
    if (code === '3D000') return code
    const reason = `PostgreSQL runs but does not let us in: ${(error as Error).message}.`
    throw problem('store-unreachable', { reason }, error)
  } finally {
    await client.end().catch(() => {})
  }
}

/** Leaves the files root made in an ordinary user's folder to that user, who would be locked out of them otherwise. */
function keepOwner(home: string): void {
  if (process.getuid?.() !== 0) return
  const { uid, gid } = statSync(home)
  if (uid === 0) return
  for (const name of ['password', 'port', 'users']) {
    const path = join(home, name)
    if (existsSync(path)) chownSync(path, uid, gid)
  }
}

async function writeDurably(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, 'w', mode)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}
