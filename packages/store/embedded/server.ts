/** One PostgreSQL server on one data folder: make the folder, start it, find the running one, stop it. */
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { problem } from '@lanmei/model/problem'
import type { Binaries } from './binaries.ts'
import { commandOf, isAlive, type Life, lifeOf } from './living-process.ts'
import { serverSettings } from './server-settings.ts'
import { type ServerUser, spawnAs } from './server-user.ts'

/** A server's fixed circumstances. `data` is PostgreSQL's own folder inside `folder`. */
export type ServerPlace = { folder: string; data: string; binaries: Binaries; user: ServerUser }

/** The running server: its main process, port, and what it says of itself (`ready`, `starting`, `stopping`). */
export type Postmaster = { life: Life; port: number; status: string }

/** The name of the superuser and owner of everything in the embedded server. */
export const serverRole = 'lanmei'

/** Takes away what starts that were broken off have left. What is still being written to stays until the next time. */
function forgetDrafts({ folder, data }: ServerPlace): void {
  const prefix = `${basename(data)}.new`
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(prefix)) continue
    try {
      rmSync(join(folder, name), { recursive: true, force: true })
    } catch {
      // Its writer is not done yet.
    }
  }
}

/** Makes the data folder when there is none. A half-made one from an interrupted first start is thrown away. */
export async function initialise(place: ServerPlace, password: string): Promise<void> {
  forgetDrafts(place)
  // A name of its own: initdb of a process that was killed may still be writing into the draft it was given.
  const draft = mkdtempSync(`${place.data}.new-`)
  const passwordFile = `${draft}.password`
  give(draft, place.user)
  try {
    writeFileSync(passwordFile, password, { mode: 0o600 })
    give(passwordFile, place.user)
    await run(place, place.binaries.initdb, [
      ...['-D', draft, '-U', serverRole, '--pwfile', passwordFile, '--auth=scram-sha-256'],
      ...['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      '--data-checksums',
    ])
  } finally {
    rmSync(passwordFile, { force: true })
  }
  appendFileSync(
    join(draft, 'postgresql.conf'),
    "\ninclude = 'lanmei.conf'\ninclude_if_exists = 'operator.conf'\n",
  )
  renameSync(draft, place.data)
}

/** The server that runs on this data folder now, whoever started it. */
export function findPostmaster(place: ServerPlace): Postmaster | undefined {
  const [pid, , , port, , , , status] = linesOf(join(place.data, 'postmaster.pid'))
  const life = lifeOf(Number(pid))
  if (life === undefined || !servesFolder(life.pid, place)) return undefined
  return { life, port: Number(port), status: (status ?? 'starting').trim() }
}

/** Starts the server and waits until it takes connections; recovers what a crash left behind. */
export async function startServer(place: ServerPlace): Promise<Postmaster> {
  await clearLeftovers(place)
  const port = await choosePort(join(place.folder, 'port'))
  const socketFolder = prepareSockets(place)
  const conf = join(place.data, 'lanmei.conf')
  writeFileSync(conf, serverSettings(await bestWalCompression(place), socketFolder))
  give(conf, place.user)
  const start = new Date()
  const log = join(place.data, 'start.log')
  rmSync(log, { force: true })
  const args = ['start', '-w', '-t', '1800', '-D', place.data, '-l', log, '-o', `-p ${port}`]
  // The blocks of memory of a server that was killed are free only when its last child is gone.
  for (let attempt = 1; ; attempt++) {
    try {
      await run(place, place.binaries.pgCtl, args)
      break
    } catch (error) {
      const reason = lastWords(place, start)
      if (attempt < 20 && /shared memory block .* still in use/.test(reason)) {
        await sleep(500)
        continue
      }
      throw problem('store-unreachable', { reason: reason || String(error), fix: fixFor(reason) }, error)
    }
  }
  const started = findPostmaster(place)
  if (started === undefined)
    throw problem('store-unreachable', {
      reason: `PostgreSQL ended right after its start. ${lastWords(place, start)}`,
    })
  return started
}

/** Stops the server: connections are closed, everything is written, the process is gone on return. */
export async function stopServer(place: ServerPlace): Promise<void> {
  const running = findPostmaster(place)
  if (running === undefined) return
  if (process.platform === 'win32') {
    await run(place, place.binaries.pgCtl, ['stop', '-w', '-t', '1800', '-m', 'fast', '-D', place.data])
    return
  }
  process.kill(running.life.pid, 'SIGINT')
  while (isAlive(running.life)) await sleep(10)
}

/** Gives a file we made as root to the server's user. */
function give(path: string, user: ServerUser): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid)
}

/** Whether the process is a PostgreSQL on our folder, and not a stranger under the id an old server had. */
function servesFolder(pid: number, place: ServerPlace): boolean {
  const command = commandOf(pid)
  if (command === undefined) return true
  return command.includes('postgres') && command.includes(place.data)
}

/** Removes lock files that name a stranger's process, which PostgreSQL itself would not dare to. */
async function clearLeftovers(place: ServerPlace): Promise<void> {
  const lockFile = join(place.data, 'postmaster.pid')
  if (existsSync(lockFile) && findPostmaster(place) === undefined) {
    while (orphans(place).length > 0) await sleep(50)
    rmSync(lockFile, { force: true })
  }
  rmSync(join(place.folder, 'run'), { recursive: true, force: true })
}

/** Children of a killed server that still have the data folder open. They end by themselves within moments. */
function orphans(place: ServerPlace): string[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === place.data
    } catch {
      return false
    }
  })
}

/** The folder for the unix socket, or undefined where its name would be too long for one. */
function prepareSockets(place: ServerPlace): string | undefined {
  const folder = join(place.folder, 'run')
  if (process.platform === 'win32' || Buffer.byteLength(folder) > 80 || /["',\\]/.test(folder))
    return undefined
  mkdirSync(folder, { mode: 0o755 })
  give(folder, place.user)
  return folder
}

/** The remembered port when it is free, else a new one, remembered. */
async function choosePort(file: string): Promise<number> {
  const remembered = Number(linesOf(file)[0])
  const port = (remembered > 0 && (await listens(remembered))) || ((await listens(0)) as number)
  if (port !== remembered) writeFileSync(file, `${port}\n`)
  return port
}

function listens(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const { port: got } = probe.address() as { port: number }
      probe.close(() => resolve(got))
    })
  })
}

/** lz4 or zstd where this PostgreSQL has them; its own old method costs more time than it saves writing. */
async function bestWalCompression(place: ServerPlace): Promise<string> {
  for (const method of ['lz4', 'zstd'])
    try {
      await run(place, place.binaries.postgres, [
        ...['-C', 'wal_compression', '-D', place.data],
        ...[
          '-c',
          `config_file=${join(place.data, 'postgresql.auto.conf')}`,
          '-c',
          `wal_compression=${method}`,
        ],
      ])
      return method
    } catch {
      // Not built in: try the next.
    }
  return 'off'
}

/** Runs one of PostgreSQL's programs to its end; throws with what it said when it fails. */
function run(place: ServerPlace, program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    // Detached, so that a Ctrl-C meant for us does not stop it half way.
    const child = spawnAs(place.user, program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
      windowsHide: true,
    })
    let said = ''
    const hear = (chunk: Buffer) => {
      said = (said + chunk).slice(-4000)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
    const fail = (cause: string) =>
      reject(
        problem('store-unreachable', { reason: `${program} ${cause}. ${said.trim()}`, fix: fixFor(said) }),
      )
    child.once('error', (error) => fail(`could not be run: ${error.message}`))
    child.once('close', (code, signal) => (code === 0 ? resolve() : fail(`ended with ${code ?? signal}`)))
  })
}

/** What the server wrote before it gave up: all to the file of this start, or the faults in its log since `start`. */
function lastWords(place: ServerPlace, start: Date): string {
  const since = start.toISOString().replace('T', ' ').slice(0, 23)
  const logs = join(place.data, 'log')
  const logged = (existsSync(logs) ? readdirSync(logs) : [])
    .flatMap((name) => linesOf(join(logs, name)))
    .filter((line) => /FATAL|PANIC|ERROR|HINT|DETAIL/.test(line) && line >= since)
  const first = linesOf(join(place.data, 'start.log')).filter(
    (line) => !/redirecting log|appear in dir/.test(line),
  )
  return [...first, ...logged]
    .map((line) => line.replace(/^[\d: .-]+ [A-Z]+ \[\d+\] /, '').trim())
    .filter((line) => line !== '')
    .slice(-4)
    .join('; ')
}

function fixFor(said: string): string {
  if (/No space left/.test(said)) return 'Make room on the disk and start again.'
  if (/error while loading shared libraries/.test(said))
    return 'Run "npm start" or "npm test" once: they complete the installation of PostgreSQL.'
  if (/database files are incompatible|initialized by PostgreSQL version/.test(said))
    return 'The data were made by another version of PostgreSQL: restore a backup into an empty data folder.'
  return `The full log is in the folder "log" beside the data.`
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}

/** The folder the programs lie in. */
export function binFolder(binaries: Binaries): string {
  return dirname(binaries.postgres)
}
