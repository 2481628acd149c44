/**
 * The user PostgreSQL runs as. It refuses to run as root, so root hands it to an unprivileged user; where that user may
 * not enter the folders above the data (a checkout below /root, say), it gets the one capability to pass through them.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { accessSync, constants, lstatSync, readFileSync, type Stats, statSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { problem } from '@lanmei/model/problem'

/** Whom the server runs as; `capability` is set when it needs help to reach its folders. */
export type ServerUser = {
  uid?: number
  gid?: number
  setpriv?: string
  capability?: 'dac_read_search' | 'dac_override'
}

/** Chooses the user for a server with data in `dataFolder` (which need not exist yet; its parent must) and programs in `binFolder`. */
export function chooseServerUser(dataFolder: string, binFolder: string): ServerUser {
  if (process.getuid === undefined) return {}
  const owner = statSync(dataFolder, { throwIfNoEntry: false })
  if (process.getuid() !== 0) {
    if (owner && owner.uid !== process.getuid())
      throw problem('store-unreachable', {
        reason: `The database in ${dataFolder} belongs to the user with id ${owner.uid}, and you are ${process.getuid()}.`,
        fix: `Start as that user or as root, or take it over: chown -R ${process.getuid()} "${dirname(dataFolder)}"`,
      })
    return {}
  }
  const home = statSync(dirname(dataFolder))
  const { uid, gid } = [owner, home].find((found) => found && found.uid !== 0) ?? unprivileged()
  const closed = [dirname(dataFolder), binFolder].find((folder) => !mayEnter(folder, uid, gid))
  if (closed === undefined) return { uid, gid }
  return { uid, gid, ...capabilityToEnter(closed, uid) }
}

/** Starts a program as the server's user, from the root folder, with an environment that cannot mislead PostgreSQL. */
export function spawnAs(
  user: ServerUser,
  program: string,
  args: string[],
  options: SpawnOptions,
): ChildProcess {
  const env: NodeJS.ProcessEnv = { LC_ALL: 'C', TZ: 'UTC', PATH: process.env.PATH ?? '' }
  if (process.platform === 'win32') Object.assign(env, process.env)
  const all: SpawnOptions = { cwd: process.platform === 'win32' ? undefined : '/', env, ...options }
  if (user.capability === undefined) return spawn(program, args, { ...all, uid: user.uid, gid: user.gid })
  const rights = [
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    // Without this bit access(2) leaves capabilities out for ordinary users, and PostgreSQL asks it about its programs.
    '--securebits=+no_setuid_fixup',
    `--inh-caps=+${user.capability}`,
    `--ambient-caps=+${user.capability}`,
  ]
  return spawn(user.setpriv as string, [...rights, program, ...args], all)
}

/** The first of the usual unprivileged users this machine has. */
function unprivileged(): { uid: number; gid: number } {
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(':')
    // Some systems write nobody as -2; as an id that is a number without sign.
    if (fields) return { uid: Number(fields[2]) >>> 0, gid: Number(fields[3]) >>> 0 }
  }
  throw problem('store-unreachable', {
    reason: 'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor "nobody".',
    fix: 'Make one (useradd --system postgres), or start as an ordinary user.',
  })
}

/** Whether the user may pass through this folder and all above it, by owner, group and mode. */
function mayEnter(folder: string, uid: number, gid: number): boolean {
  for (let at = folder; ; at = dirname(at)) {
    const found: Stats = statSync(at)
    const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001
    if ((found.mode & bit) === 0) return false
    if (at === dirname(at)) return true
  }
}

function capabilityToEnter(closed: string, uid: number): Pick<ServerUser, 'setpriv' | 'capability'> {
  const held = Number.parseInt(/^CapEff:\s*([0-9a-f]+)/m.exec(statusOfSelf())?.[1] ?? '0', 16)
  // Bit 2 lets a process read and pass everywhere, bit 1 also write: take the smaller right where we hold it.
  const capability = held & 4 ? 'dac_read_search' : held & 2 ? 'dac_override' : undefined
  const setpriv = findProgram('setpriv')
  if (capability && setpriv) return { setpriv, capability }
  throw problem('store-unreachable', {
    reason: `PostgreSQL does not run as root, and the user it would run as (id ${uid}) may not enter ${closed}.`,
    fix: `Let others pass through (chmod o+x on that folder and those above it), ${setpriv ? '' : 'install setpriv (package util-linux), '}set LANMEI_DATA to a folder elsewhere, or start as an ordinary user.`,
  })
}

function statusOfSelf(): string {
  try {
    return readFileSync('/proc/self/status', 'utf8')
  } catch {
    return ''
  }
}

function findProgram(name: string): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin', '/bin']
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return lstatSync(path) !== undefined
      } catch {
        return false
      }
    })
}
