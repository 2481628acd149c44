/** Which process is which: a process id with its start time, so that a recycled id is not taken for the old process. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** A process as it can be recognised later. `started` is an opaque text; empty where the machine cannot tell. */
export type Life = { pid: number; started: string }

let bootId: string | undefined

/** The living process with this id, or undefined when there is none (a dead one nobody has buried counts as none). */
export function lifeOf(pid: number): Life | undefined {
  if (!Number.isInteger(pid) || pid <= 0) return undefined
  if (process.platform === 'linux') {
    const line = readText(`/proc/${pid}/stat`)
    if (line !== undefined) {
      // The name stands in brackets and may itself hold spaces and brackets: count from the last one.
      const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
      if (fields[0] === 'Z' || fields[0] === 'X') return undefined
      bootId ??= readText('/proc/sys/kernel/random/boot_id')?.trim() ?? ''
      return { pid, started: `${bootId}:${fields[19]}` }
    }
  }
  if (!answers(pid)) return undefined
  if (process.platform === 'darwin') {
    const shown = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
    return { pid, started: (shown.stdout ?? '').trim() }
  }
  return { pid, started: '' }
}

/** Whether the process noted earlier is still the one that runs under this id. */
export function isAlive(life: Life): boolean {
  const now = lifeOf(life.pid)
  return now !== undefined && (now.started === life.started || now.started === '' || life.started === '')
}

/** The command line of a process, words joined by spaces; undefined when it cannot be seen. */
export function commandOf(pid: number): string | undefined {
  if (process.platform === 'linux') return readText(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim()
  if (process.platform === 'win32') return undefined
  const shown = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return shown.status === 0 ? shown.stdout.trim() : undefined
}

function answers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
