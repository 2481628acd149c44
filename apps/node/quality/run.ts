/** Runs the quality rules over stored series, series by series, and stores what comes out differently as new judgements. */
import { problem } from '@lanmei/model/problem'
import { readJudgedValues } from '@lanmei/store/judged-values'
import { readWholeSeries } from '@lanmei/store/quality-read'
import { recordsOfKind } from '@lanmei/store/records'
import type { Witness } from '@lanmei/watch/dates'
import { witnessesOf } from '@lanmei/watch/neighbours'
import { type Revision, revise } from '@lanmei/watch/revise'
import { judgeSeries, needsWitnesses } from '@lanmei/watch/series-checks'
import type { Context } from '../context.ts'
import { storeFlagging } from '../take-in/flagging.ts'
import { type CheckedSeries, readCatalogue } from './catalogue.ts'
import { openShelf } from './daily-shelf.ts'
import { openChecks } from './rules.ts'
import { standingOf } from './standing.ts'

export type QualityOptions = {
  /** Ids; all series with values when absent. */
  series?: string[]
  /** Finds and counts, stores nothing. */
  dryRun?: boolean
  onProgress?: (progress: { series: string; done: number; total: number }) => void | Promise<void>
  /** Asked before each series: true ends the run there; what was stored stays. */
  shouldStop?: () => boolean
}
export type QualityResult = {
  /** Series and values looked at. */
  series: number
  values: number
  /** Values that got another flag or rule. */
  changed: number
  /** Journal entries written. */
  flaggings: number
  /** Values an officer judged: left as they are. */
  held: number
  stopped: boolean
}

/** One flagging is one journal entry: of a size that stays quick to read and to prove. */
const judgementsAtOnce = 50_000

/**
 * A second run with the same values and rules stores nothing. Memory holds one series and the daily values of a few neighbours.
 * @throws series-unknown for a named series that has no record
 */
export async function runQuality(context: Context, options: QualityOptions = {}): Promise<QualityResult> {
  const checks = openChecks(context.areas)
  const catalogue = await readCatalogue(context.store.pool, checks)
  const chosen = await choose(context, catalogue, options.series)
  const byId = new Map(catalogue.map((series) => [series.id, series]))
  const placed = (simulated: boolean) =>
    catalogue.filter((series) => series.simulated === simulated).map((series) => series.placed)
  const [observed, simulated] = [placed(false), placed(true)]
  const dailyOf = openShelf(context.store)
  const result: QualityResult = { series: 0, values: 0, changed: 0, flaggings: 0, held: 0, stopped: false }
  for (const series of chosen) {
    if (options.shouldStop?.()) return { ...result, stopped: true }
    await options.onProgress?.({ series: series.id, done: result.series, total: chosen.length })
    const witnesses: Witness[] = []
    if (needsWitnesses(series.rules)) {
      const found = witnessesOf(series.placed, series.simulated ? simulated : observed, checks.neighbours)
      for (const place of ['copy', 'upstream', 'downstream', 'beside'] as const)
        for (const { id } of found[place])
          witnesses.push({ series: id, place, daily: await dailyOf(byId.get(id) as CheckedSeries) })
    }
    const rows = await readWholeSeries(context.store, series.key)
    const standing = standingOf(
      rows,
      await readJudgedValues(context.store.pool, series.key),
      series.rules.length > 0,
    )
    const { rules, offsetMs } = series
    const tally = judgeSeries({ rules, offsetMs, times: rows.times, values: rows.values }, witnesses)
    const revision = revise(tally, standing)
    result.series++
    result.values += rows.times.length
    result.changed += revision.positions.length
    for (const held of standing.held) result.held += held
    if (!options.dryRun) result.flaggings += await store(context, series, rows.times, revision)
  }
  return result
}

async function choose(
  context: Context,
  catalogue: CheckedSeries[],
  wanted: string[] | undefined,
): Promise<CheckedSeries[]> {
  if (!wanted) return catalogue
  const names = new Set(wanted)
  const known = new Set((await recordsOfKind(context.store.pool, 'series')).map(({ id }) => id))
  for (const name of names) if (!known.has(name)) throw problem('series-unknown', { series: name })
  return catalogue.filter(({ id }) => names.has(id))
}

async function store(
  context: Context,
  { id, audience }: CheckedSeries,
  times: Float64Array,
  { rules, positions, flags, rule }: Revision,
): Promise<number> {
  let flaggings = 0
  for (let from = 0; from < positions.length; from += judgementsAtOnce) {
    const to = Math.min(positions.length, from + judgementsAtOnce)
    const flagging = {
      series: id,
      author: 'quality',
      rules,
      times: Float64Array.from(positions.subarray(from, to), (position) => times[position]),
      flags: flags.slice(from, to),
      rule: rule.slice(from, to),
    }
    await storeFlagging(context, flagging, audience)
    flaggings++
  }
  return flaggings
}
