/** For the tests of bad input: a store of its own with the reference stations, and a load that is always checked twice. */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { formatInstant } from '@lanmei/model/instant'
import { type Notice, type NoticeCode, noticeCodes } from '@lanmei/model/notice'
import type { Source } from '@lanmei/model/reading'
import { readConfig } from '../apps/node/config.ts'
import { type Context, openContext } from '../apps/node/context.ts'
import { type VerifyResult, verifyStore } from '../apps/node/proof/verify.ts'
import { seedReference } from '../apps/node/seed/reference.ts'
import { type Counts, isBalanced } from '../apps/node/take-in/counts.ts'
import { type LoadOptions, runLoad } from '../apps/node/take-in/load.ts'
import { listSources } from '../apps/node/take-in/sources.ts'

/** A station of the reference facts, and the path by which an export names its water level. */
export const kratie = 'KH_014901'
export const kratieLevels = 'water-level/KH_014901_Kratie.csv'
export const kratieSeries = 'KH_014901.water-level.manual'

export type Given = string | Uint8Array
export type Taken = {
  counts: Counts
  notices: Notice[]
  filesTaken: number
  /** The notices of a code. */
  told(code: NoticeCode): Notice[]
  /** Codes of all notices that warn or refuse, sorted, each once. */
  codes(): string[]
}
export type Bench = {
  context: Context
  folder: string
  /** Writes a file into the folder of the bench. */
  file(name: string, content: Given): string
  /** Loads text or bytes under a name; then loads them again, which must store nothing. */
  take(name: string, content: Given, options?: Partial<LoadOptions>): Promise<Taken>
  /** The same for files and folders on disk. */
  takePaths(paths: string[], options?: Partial<LoadOptions>): Promise<Taken>
  /** Values of a series that are stored: "time value", missing ones as null. */
  stored(series?: string): Promise<string[]>
  verify(): Promise<VerifyResult>
  close(): Promise<void>
}

export async function openBench(): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-bad-'))
  const config = readConfig({ LANMEI_DATA: join(folder, 'data'), LANMEI_LOG_LEVEL: 'silent' })
  const context = await openContext(config, { purpose: 'command' })
  const { pool } = context.store
  // Hundreds of small loads: what a power loss would take is asked elsewhere.
  await pool.query('ALTER SYSTEM SET synchronous_commit = off')
  await pool.query('SELECT pg_reload_conf()')
  await seedReference(context)

  const once = async (sources: Source[], options: Partial<LoadOptions>): Promise<Taken> => {
    const notices: Notice[] = []
    const { counts, filesTaken } = await runLoad(context, {
      author: 'test',
      ...options,
      sources,
      onNotice: (item) => notices.push(item),
    })
    checkTaken(counts, notices)
    return {
      counts,
      notices,
      filesTaken,
      told: (code) => notices.filter((item) => item.code === code),
      codes: () => codesOf(notices),
    }
  }
  const twice = async (sources: Source[], options: Partial<LoadOptions>): Promise<Taken> => {
    const first = await once(sources, options)
    if (options.dryRun) return first
    const size = await sizeOf(context)
    const { counts } = await once(sources, options)
    const { read, stored, unchanged, revised, refused } = counts
    const expected = { read: first.counts.read, stored: 0, revised: 0, refused: first.counts.refused }
    assert.deepEqual({ read, stored, revised, refused }, expected, 'loading again stores nothing')
    assert.equal(unchanged, first.counts.read - first.counts.refused)
    assert.equal(await sizeOf(context), size, 'loading again writes no entry')
    return first
  }
  return {
    context,
    folder,
    file(name, content) {
      const path = join(folder, 'files', name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, content)
      return path
    },
    take: (name, content, options = {}) => twice([sourceOf(name, content)], options),
    takePaths: (paths, options = {}) => twice(listSources(paths), options),
    async stored(series = kratieSeries) {
      const { rows } = await pool.query(
        `SELECT extract(epoch FROM o.time)::float8 * 1000 AS ms, o.value FROM observation o
         JOIN series_key k ON k.key = o.series WHERE k.id = $1 ORDER BY o.time`,
        [series],
      )
      return rows.map(({ ms, value }) => `${formatInstant(ms)} ${value}`)
    },
    verify: () => verifyStore({ store: context.store, keys: context.journal.keys as never }),
    async close() {
      await context.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A source over text or bytes, in pieces such as a file gives. */
export function sourceOf(name: string, content: Given, pieceBytes = 1 << 18): Source {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  return {
    name,
    sizeBytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
    },
  }
}

/** What holds of every load, whatever was in it. */
export function checkTaken(counts: Counts, notices: Notice[]): void {
  assert.ok(isBalanced(counts), `read is not the sum of the rest: ${JSON.stringify(counts)}`)
  for (const count of [counts.read, counts.stored, counts.unchanged, counts.revised, counts.refused])
    assert.ok(Number.isInteger(count) && count >= 0, JSON.stringify(counts))
  const refused = notices.reduce((sum, item) => sum + item.refused, 0)
  assert.equal(refused, counts.refused, 'every refused value is named by a notice')
  for (const item of notices) {
    assert.ok(item.code in noticeCodes, item.code)
    assert.ok(item.file, `a notice without its file: ${JSON.stringify(item)}`)
    if (noticeCodes[item.code][0] !== 'error') assert.equal(item.refused, 0, JSON.stringify(item))
    for (const text of [item.read, item.expected]) {
      assert.ok((text?.length ?? 0) <= 200)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      assert.ok(!/[\u0000-\u0008\u000b-\u001f]/.test(text ?? ''), JSON.stringify(text))
    }
  }
}

function codesOf(notices: Notice[]): string[] {
  return [...new Set(notices.map(({ code }) => code))]
    .filter((code) => noticeCodes[code][0] !== 'info')
    .sort()
}

async function sizeOf(context: Context): Promise<number> {
  return (await context.store.pool.query('SELECT size FROM journal_head')).rows[0].size
}
