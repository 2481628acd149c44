/** `lanmei quality`: runs the rules again over stored series and stores what now comes out differently, as new judgements. */
import type { Series } from '@lanmei/model/kinds/series'
import { problem } from '@lanmei/model/problem'
import type { Audience } from '@lanmei/model/record'
import { readJudged, readWholeSeries } from '@lanmei/store/quality-read'
import { recordsOfKind } from '@lanmei/store/records'
import { knownKeys } from '@lanmei/store/series-state'
import { evaluate, type Rule, rulesOf } from '@lanmei/watch/evaluate'
import type { Context } from '../context.ts'
import { storeFlagging } from '../take-in/flagging.ts'
import { readVocabulary } from '../take-in/vocabulary.ts'
import type { Desk } from './messages.ts'
import { type Holding, judgeAgain } from './quality-again.ts'

export type QualityRequest = { series?: string[]; dryRun?: boolean }
export type QualityEnd = {
  series: number
  values: number
  changed: number
  skipped: number
  stopped: boolean
}

// One flagging is one journal entry: of a size that stays quick to read and to prove.
const judgementsAtOnce = 50_000

/** @throws series-unknown for a named series that is not there */
export async function quality(context: Context, request: QualityRequest, desk: Desk): Promise<QualityEnd> {
  const { pool } = context.store
  const vocabulary = readVocabulary(context.areas)
  const known = new Map((await recordsOfKind(pool, 'series')).map(({ id, fields }) => [id, fields as Series]))
  const names = request.series?.length ? request.series : [...known.keys()]
  const missing = names.find((name) => !known.has(name))
  if (missing !== undefined) throw problem('series-unknown', { series: missing })
  const keys = await knownKeys(pool, names)
  const end: QualityEnd = { series: 0, values: 0, changed: 0, skipped: 0, stopped: false }
  for (const [n, name] of names.entries()) {
    if (desk.stopped()) return { ...end, stopped: true }
    desk.tell({ type: 'progress', label: name, done: n, total: names.length, unit: 'rows' })
    const key = keys.get(name)
    if (key === undefined) continue
    const fields = known.get(name) as Series
    const rules = rulesOf(vocabulary.property(fields.property)?.rules ?? [], (fields.checks ?? []) as Rule[])
    await judge(context, { name, key, audience: fields.audience as Audience, rules }, request, end)
  }
  return end
}

type Judged = { name: string; key: number; audience: Audience; rules: Rule[] }

async function judge(
  context: Context,
  { name, key, audience, rules }: Judged,
  { dryRun }: QualityRequest,
  end: QualityEnd,
): Promise<void> {
  const rows = await readWholeSeries(context.store, key)
  if (rows.times.length === 0) return
  const holding: Holding = { ...rows, judged: await readJudged(context.store.pool, key) }
  const { positions, flags, rule, ruleNames, officers } = judgeAgain(rules, holding, evaluate)
  end.series++
  end.values += rows.times.length
  end.changed += positions.length
  end.skipped += officers
  if (dryRun) return
  for (let from = 0; from < positions.length; from += judgementsAtOnce) {
    const part = positions.slice(from, from + judgementsAtOnce)
    const flagging = {
      series: name,
      author: 'quality',
      rules: ruleNames,
      times: Float64Array.from(part, (position) => rows.times[position]),
      flags: Uint8Array.from(flags.slice(from, from + part.length)),
      rule: Uint8Array.from(rule.slice(from, from + part.length)),
    }
    await storeFlagging(context, flagging, audience)
  }
}
