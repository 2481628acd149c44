/** kill -9 at random moments under load: nothing acknowledged is lost, nothing half-visible, everything proves itself. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Context } from '@lanmei/node/context'
import { verifyStore } from '@lanmei/node/proof/verify'
import { plannedValue, revises, rowsPerBatch, writerSeries, writerStartMs } from './acknowledging-writer.ts'
import {
  dumpFlags,
  dumpValues,
  ended,
  gauges,
  hourly,
  lanmei,
  lineOf,
  newFolder,
  openBeside,
  settingsOf,
  start,
  writeLevels,
} from './command-line.ts'

/** All rounds together; half of them kill a load, half a writer that acknowledges. */
const rounds = Number(process.env.LANMEI_CRASH_ROUNDS ?? 6)
const killed: string[] = []

/** kill -9 to the whole process group, and every second time to the database server as well. */
async function killAll(child: ChildProcess, folder: string, withDatabase: boolean): Promise<void> {
  if (withDatabase) {
    const pid = postmaster(folder)
    if (pid) kill(pid)
  }
  kill(-(child.pid as number))
  await closed.get(child)
}

const closed = new WeakMap<ChildProcess, Promise<unknown>>()
/** Notes the end of a process from its start on: it may come before anybody waits for it. */
function watched(child: ChildProcess): ChildProcess {
  closed.set(child, new Promise((done) => child.once('close', done)))
  return child
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function postmaster(folder: string): number | undefined {
  try {
    const [line] = readFileSync(join(folder, 'data', 'database', 'pgdata', 'postmaster.pid'), 'utf8').split(
      '\n',
    )
    return Number(line) || undefined
  } catch {
    return undefined
  }
}

async function prove(context: Context): Promise<void> {
  const result = await verifyStore({ store: context.store, keys: context.journal.keys })
  assert.equal(result.difference?.sentence, undefined)
}

test(`a load killed ${Math.ceil(rounds / 2)} times ends as one that was never touched`, async () => {
  const folder = newFolder()
  const months = (round: number) => 3000 + 1500 * round
  let files: string[] = []
  const write = (place: string, round: number) =>
    gauges.map((gauge, n) => writeLevels(place, gauge, hourly(Date.UTC(2015, n, 1), months(round), round)))
  for (let round = 0; round < Math.ceil(rounds / 2); round++) {
    files = write(folder, round)
    const child = watched(start(folder, ['load', ...files]))
    child.stdout?.resume()
    child.stderr?.resume()
    const delay = 150 + Math.random() * 2500
    await sleep(delay)
    const alive = child.exitCode === null
    await killAll(child, folder, round % 2 === 1)
    killed.push(`load after ${Math.round(delay)} ms${alive ? '' : ' (had ended)'}`)
    const context = await openBeside(folder)
    try {
      await prove(context)
    } finally {
      await context.close()
    }
  }
  const last = await lanmei(folder, 'load', '--json', ...files)
  assert.equal(last.status, 0, last.stderr)
  const again = lineOf(await lanmei(folder, 'load', '--json', ...files))
  assert.deepEqual([again.stored, again.revised, again.refused], [0, 0, 0])

  const untouched = newFolder()
  const same = write(untouched, Math.ceil(rounds / 2) - 1)
  assert.equal((await ended(start(untouched, ['load', ...same]))).status, 0)
  const count = months(Math.ceil(rounds / 2) - 1) * gauges.length
  const [values, otherValues] = await dumpsOf([folder, untouched], dumpValues)
  assert.equal(values.length, count)
  assert.deepEqual(values, otherValues)
  // At take-in a rule sees a batch and what came before it; over whole series all rules come to the same in the end.
  for (const place of [folder, untouched]) assert.equal((await lanmei(place, 'quality')).status, 0)
  const [flags, otherFlags] = await dumpsOf([folder, untouched], dumpFlags)
  assert.equal(flags.length, count)
  assert.deepEqual(flags, otherFlags)
})

async function dumpsOf(places: string[], dump: (context: Context) => Promise<string[]>): Promise<string[][]> {
  const dumps: string[][] = []
  for (const place of places) {
    const context = await openBeside(place)
    try {
      await prove(context)
      dumps.push(await dump(context))
    } finally {
      await context.close()
    }
  }
  return dumps
}

test(`a writer killed ${Math.floor(rounds / 2)} times: every acknowledged batch is there, every other whole or absent`, async () => {
  const folder = newFolder()
  let next = 0
  for (let round = 0; round < Math.floor(rounds / 2); round++) {
    const child = watched(startWriter(folder, next))
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text) => {
      said += text
    })
    const first = new Promise((done) => child.stdout?.once('data', done))
    await Promise.race([first, closed.get(child)])
    await sleep(Math.random() * 800)
    await killAll(child, folder, round % 2 === 0)
    // The last line may be torn: only what ends with a newline was said.
    const lines = said.split('\n').slice(0, -1)
    assert.ok(lines.length > 0, 'the writer acknowledged something')
    const acknowledged = Number(lines.at(-1))
    killed.push(`writer after batch ${acknowledged}`)
    next = acknowledged + 1
    const context = await openBeside(folder)
    try {
      await prove(context)
      await checkBatches(context, acknowledged)
    } finally {
      await context.close()
    }
  }
})

function startWriter(folder: string, from: number): ChildProcess {
  const script = fileURLToPath(new URL('acknowledging-writer.ts', import.meta.url))
  return spawn(process.execPath, [script, folder, String(from)], {
    env: { PATH: process.env.PATH, ...settingsOf(folder) },
    // What it says when its database goes first is no news.
    stdio: ['ignore', 'pipe', 'ignore'],
    detached: true,
  })
}

/** The table holds the batches up to `acknowledged`, or one more, in all series alike. */
async function checkBatches(context: Context, acknowledged: number): Promise<void> {
  const seen = new Set<number>()
  for (const series of writerSeries) {
    const { rows } = await context.store.pool.query({
      text: `SELECT extract(epoch FROM o.time)::float8 * 1000, o.value FROM observation o JOIN series_key k ON k.key = o.series
             WHERE k.id = $1 ORDER BY o.time`,
      values: [series],
      rowMode: 'array',
    })
    assert.equal(rows.length % rowsPerBatch, 0, 'a batch is whole or absent')
    const last = rows.length / rowsPerBatch - 1
    seen.add(last)
    for (const [n, [ms, value]] of rows.entries()) {
      const batch = Math.floor(n / rowsPerBatch)
      assert.equal(ms, writerStartMs + n * 60_000)
      assert.equal(value, plannedValue(batch, n % rowsPerBatch, revises(batch + 1) && batch + 1 <= last))
    }
  }
  assert.equal(seen.size, 1, 'all series of a batch appear together')
  const [last] = seen
  assert.ok(
    last === acknowledged || last === acknowledged + 1,
    `batch ${last} of ${acknowledged} acknowledged`,
  )
}

test('what was killed', (t) => {
  for (const line of killed) t.diagnostic(line)
  assert.equal(killed.length, rounds)
})
