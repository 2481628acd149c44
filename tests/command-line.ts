/** For tests: the command line as a user runs it, on a data folder of its own, and small files of readings to load. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { readConfig } from '@lanmei/node/config'
import { type Context, openContext } from '@lanmei/node/context'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const program = join(root, 'apps', 'cli', 'bin.mjs')

export type Run = { status: number | null; stdout: string; stderr: string }
export type LoadLine = {
  read: number
  stored: number
  unchanged: number
  revised: number
  refused: number
  notices: Record<string, number>
}

/** A folder that is removed after the tests of the file. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-command-'))
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))
  return folder
}

/** Settings of a node with its data in `folder`; nothing of the tester's own environment. */
export function settingsOf(folder: string): Record<string, string> {
  return { LANMEI_DATA: join(folder, 'data'), LANMEI_DISK_MINIMUM_MB: '0', LANMEI_LOG_LEVEL: 'fatal' }
}

/** Starts `lanmei ...` in a process group of its own. */
export function start(folder: string, words: string[], extra: Record<string, string> = {}): ChildProcess {
  const plain = Object.entries(process.env).filter(([name]) => !name.startsWith('LANMEI_'))
  return spawn(process.execPath, [program, ...words], {
    cwd: folder,
    env: { ...Object.fromEntries(plain), ...settingsOf(folder), ...extra },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
}

/** Waits for the end of what `start` started. */
export function ended(child: ChildProcess): Promise<Run> {
  const run: Run = { status: null, stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text) => {
    run.stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text) => {
    run.stderr += text
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (status) => done({ ...run, status }))
  })
}

/** Runs `lanmei ...` to its end. */
export function lanmei(folder: string, ...words: string[]): Promise<Run> {
  return ended(start(folder, words))
}

/** The machine's line of a load. */
export function lineOf({ stdout }: Run): LoadLine {
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')
}

/** Opens the same node inside the test. */
export function openBeside(folder: string): Promise<Context> {
  return openContext(readConfig(settingsOf(folder)), { purpose: 'command' })
}

/** Gauges of the reference facts, as the exports name their files. */
export const gauges = [
  'KH_014901_Kratie',
  'LA_011901_Vientiane-KM4',
  'LA_013901_Pakse',
  'TH_010501_Chiang-Saen',
  'TH_013801_Khong-Chiam',
]

export type Reading = { ms: number; value: number | string }

/** Writes an export of a gauge's levels; gives its path. */
export function writeLevels(folder: string, gauge: string, readings: Reading[]): string {
  const file = join(folder, 'water-level', `${gauge}.csv`)
  mkdirSync(dirname(file), { recursive: true })
  const lines = readings.map(({ ms, value }) => `${new Date(ms).toISOString().slice(0, 16)},${value}`)
  writeFileSync(file, `time,value\n${lines.join('\n')}\n`)
  return file
}

/** Hourly levels that wander like a river's, the same for the same `turn`; a few values differ from turn to turn. */
export function hourly(startMs: number, count: number, turn = 0): Reading[] {
  return Array.from({ length: count }, (_, i) => {
    const revised = turn > 0 && i % 97 === turn % 97 ? turn / 100 : 0
    const level = 5 + 3 * Math.sin(i / 700) + 0.4 * Math.sin(i / 13) + revised
    return { ms: startMs + i * 3_600_000, value: level.toFixed(2) }
  })
}

/** Every value by series and time: what a load must come to, however it was interrupted. */
export function dumpValues(context: Context): Promise<string[]> {
  return dump(context, 'o.value')
}
/** Every flag by series and time. */
export function dumpFlags(context: Context): Promise<string[]> {
  return dump(context, 'o.flag')
}

async function dump(context: Context, column: string): Promise<string[]> {
  const { rows } = await context.store.pool.query(
    `SELECT concat_ws(' ', k.id, o.time AT TIME ZONE 'UTC', ${column}) AS row
     FROM observation o JOIN series_key k ON k.key = o.series ORDER BY k.id, o.time`,
  )
  return rows.map(({ row }) => row)
}
