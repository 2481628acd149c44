/** A lock on a folder between processes: one file that names its holder; the file of a dead holder does not count. */
import { linkSync, mkdirSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { isAlive, type Life, lifeOf } from './living-process.ts'

let count = 0

/**
 * Runs `work` while holding the lock file `path`. Waits as long as a living process holds it; `waiting` is told once
 * who that is.
 */
export async function whileHolding<T>(
  path: string,
  work: () => Promise<T>,
  waiting: (holder: Life) => void = () => {},
): Promise<T> {
  const mine = `${JSON.stringify({ ...lifeOf(process.pid), turn: ++count })}\n`
  const draft = `${path}.${process.pid}.${count}`
  let told = false
  for (;;) {
    const holder = take(path, draft, mine)
    if (holder === undefined) break
    if (!told && isAlive(holder)) waiting(holder)
    told = true
    await sleep(20 + Math.random() * 30)
  }
  try {
    return await work()
  } finally {
    rmSync(path, { force: true })
  }
}

/** Tries once. Gives the holder when somebody else has the lock. */
function take(path: string, draft: string, mine: string): Life | undefined {
  // A link appears at once with its content, so that nobody ever reads a half-written lock.
  writeFileSync(draft, mine)
  try {
    linkSync(draft, path)
    return undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft, { force: true })
  }
  const holder = holderOf(path)
  if (holder && !isAlive(holder)) breakLock(path)
  return holder ?? { pid: 0, started: '' }
}

/** Removes the lock of a dead holder; the guard folder keeps two breakers from removing each other's new lock. */
function breakLock(path: string): void {
  const guard = `${path}.breaking`
  try {
    mkdirSync(guard)
  } catch {
    // Left by a breaker that died within the few instructions below.
    const age = Date.now() - (statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 10_000) rmSync(guard, { recursive: true, force: true })
    return
  }
  try {
    const holder = holderOf(path)
    if (holder && !isAlive(holder)) rmSync(path, { force: true })
  } finally {
    rmdirSync(guard)
  }
}

function holderOf(path: string): Life | undefined {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
  try {
    return JSON.parse(text)
  } catch {
    // An empty or torn file is what a power loss leaves: its writer is surely dead.
    return { pid: -1, started: 'lost' }
  }
}
