/** For the quality test and its report: a database of its own with the basin's records in it, and the flags that hold there. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { readConfig } from '@lanmei/node/config'
import { type Context, openContext } from '@lanmei/node/context'
import { seedReference } from '@lanmei/node/seed/reference'
import { runLoad } from '@lanmei/node/take-in/load'
import { listSources } from '@lanmei/node/take-in/sources'

const root = join(import.meta.dirname, '..')
/** The records lie beside the checkout; they are not part of it. */
export const hydroFolder = join(root, '..', 'shared', 'data', 'hydro')
/** Why tests cannot run; false when they can. */
export const recordsMissing = existsSync(hydroFolder)
  ? (false as const)
  : `the records of the basin are not there: ${relative(root, hydroFolder)}`

export type Collection = {
  context: Context
  /** Loads a file or folder; gives how many values were stored and which series they made. */
  load(...paths: string[]): Promise<{ stored: number; series: string[] }>
  /** Values of a series that are not simply good, with the rule of the newest judgement, by time. */
  flagged(series: string): Promise<FlaggedValue[]>
  close(): Promise<void>
}
export type FlaggedValue = { ms: number; value: number; flag: number; rule: string }

export async function openCollection(): Promise<Collection> {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-quality-'))
  const settings = { LANMEI_DATA: folder, LANMEI_LOG_LEVEL: 'silent', LANMEI_DISK_MINIMUM_MB: '0' }
  const context = await openContext(readConfig(settings), { purpose: 'command' })
  await seedReference(context)
  const ids = async () =>
    new Set((await context.store.pool.query('SELECT id FROM series_key')).rows.map((row) => row.id as string))
  return {
    context,
    async load(...paths) {
      const before = await ids()
      const sources = listSources(paths.map((path) => join(hydroFolder, path)))
      const { counts } = await runLoad(context, { sources, author: 'test', createStations: true })
      return { stored: counts.stored, series: [...(await ids()).difference(before)].sort() }
    },
    async flagged(series) {
      const { rows } = await context.store.pool.query(
        `SELECT extract(epoch FROM o.time)::float8 * 1000 AS ms, coalesce(o.value, 'NaN'::float8) AS value, o.flag, j.rule
         FROM series_key k JOIN observation o ON o.series = k.key
         LEFT JOIN LATERAL (SELECT rule FROM observation_flag f WHERE f.series = o.series AND f.time = o.time AND f.entry >= o.entry
                            ORDER BY entry DESC LIMIT 1) j ON true
         WHERE k.id = $1 AND o.flag <> 1 ORDER BY o.time`,
        [series],
      )
      return rows.map((row) => ({ ...row, ms: Math.round(row.ms), rule: row.rule ?? 'intake' }))
    },
    async close() {
      await context.close()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

const dayMs = 86_400_000

/** Start of a local day (UTC+7) in ms. */
export function localDay(date: string): number {
  return Date.parse(`${date}T00:00:00+07:00`)
}
export { dayMs }
