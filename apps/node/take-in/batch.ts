/** Takes columns of several series in, in one transaction: compare, judge, sign, store. All of it becomes visible, or nothing. */
import { canonicalBlock } from '@lanmei/exchange/canonical-block'
import type { Audience } from '@lanmei/model/record'
import { type Store, transaction } from '@lanmei/store/connect'
import { copyObservations, type ObservationRows } from '@lanmei/store/copy-writer'
import {
  type Change,
  insertJudgements,
  type Judgement,
  type PresentRows,
  readBefore,
  reviseRows,
} from '@lanmei/store/observations-write'
import { readStates, type SeriesState, seriesKeys, writeStates } from '@lanmei/store/series-state'
import { contextValues, evaluate, type Findings, type Rule, ruleName } from '@lanmei/watch/evaluate'
import type { PoolClient } from 'pg'
import type { Journal, JournalItem } from '../journal/journal.ts'
import { type Comparison, comparisons } from './compare.ts'
import { firstFlags, flaggingItem } from './flagging-body.ts'
import { addBlock, addJudged } from './state.ts'

/** Values of one series to take in. Times rise strictly; NaN is a missing value; `flags` are the source's, 0 where none. */
export type Part = {
  series: string
  audience: Audience
  rules: Rule[]
  times: Float64Array
  values: Float64Array
  flags?: Uint8Array
  /** File the values came in, where the parts of a batch come from several. */
  source?: string
}
export type PartResult = {
  series: string
  stored: number
  unchanged: number
  revised: number
  flagged: number
  entry?: number
}
export type Origin = {
  author: string
  source?: string
  reason?: string
  /** A value that stood there before and was revised since is not taken again. */
  keepRevised?: boolean
}
export type Joined = { store: Store; journal: Journal }
/** Called when all rows are on their way to PostgreSQL: a good time to prepare the next ones. */
export type OnSent = () => void

type Work = {
  part: Part
  state: SeriesState
  comparison: Comparison
  findings?: Findings
  entry: number
  judgedEntry: number
}

/** Stores the parts (one for each series) in a transaction of its own. */
export async function storeParts(
  joined: Joined,
  origin: Origin,
  parts: Part[],
  onSent?: OnSent,
): Promise<PartResult[]> {
  return transaction(joined.store, (client) => storePartsIn(client, joined.journal, origin, parts, onSent))
}

/** The same inside a transaction of the caller. */
export async function storePartsIn(
  client: PoolClient,
  journal: Journal,
  origin: Origin,
  parts: Part[],
  onSent?: OnSent,
): Promise<PartResult[]> {
  const head = await journal.lock(client)
  // The number of a series is its place among the first blocks: without a value it gets none.
  const filled = parts.filter((part) => part.times.length > 0)
  for (const { values } of filled) unsignZeros(values)
  const keys = await seriesKeys(
    client,
    filled.map((part) => part.series),
  )
  const states = await readStates(client, [...keys.values()])
  const all = filled.map((part) => ({
    part,
    state: states.get(keys.get(part.series) as number) as SeriesState,
  }))
  const compared = await comparisons(client, all, origin.keepRevised ?? false)
  const works: Work[] = all.map(({ part, state }, i) => ({
    part,
    state,
    comparison: compared[i],
    entry: -1,
    judgedEntry: -1,
  }))
  const changed = works.filter((work) => work.comparison.rows.times.length > 0)
  await judge(client, changed)
  const items = bodies(changed, origin, head.size)
  if (items.length) {
    const { at } = await journal.append(client, items)
    await project(client, changed, at, onSent)
  }
  const results = new Map(works.map((work) => [work.part, resultOf(work)]))
  return parts.map(
    (part) => results.get(part) ?? { series: part.series, stored: 0, unchanged: 0, revised: 0, flagged: 0 },
  )
}

/** A zero has no sign in the canonical form, so it must have none in the table. */
function unsignZeros(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (values[i] === 0) values[i] = 0
}

/** Runs the quality rules on what is new, with the values before it as context. */
async function judge(client: PoolClient, works: Work[]): Promise<void> {
  const judged = works.filter(({ part }) => part.rules.length > 0)
  const withPast = judged.filter(({ state }) => state.rows > 0)
  const ranges = withPast.map(({ state, comparison: { rows } }) => ({
    key: state.key,
    fromMs: rows.times[0],
    toMs: rows.times[0],
  }))
  const before = await readBefore(client, ranges, contextValues)
  for (const work of judged) {
    const { times, values, flags } = work.comparison.rows
    const past = before.get(work.state.key)
    if (!past) {
      work.findings = evaluate(work.part.rules, times, values, 0, flags)
      continue
    }
    const from = past.times.length
    const findings = evaluate(
      work.part.rules,
      joinColumns(past.times, times),
      joinColumns(past.values, values),
      from,
      flags && prepend(from, flags),
    )
    for (let i = 0; i < findings.positions.length; i++) findings.positions[i] -= from
    work.findings = findings
  }
}

function joinColumns(a: Float64Array, b: Float64Array): Float64Array {
  const joined = new Float64Array(a.length + b.length)
  joined.set(a)
  joined.set(b, a.length)
  return joined
}
function prepend(count: number, column: Uint8Array): Uint8Array {
  const joined = new Uint8Array(count + column.length)
  joined.set(column, count)
  return joined
}

/** Journal items: first a block for each series, then a flagging where the rules found something. Numbers the works' entries. */
function bodies(works: Work[], origin: Origin, size: number): JournalItem[] {
  const items: JournalItem[] = []
  for (const work of works) {
    const { part, comparison, state } = work
    const checked = part.rules.map((rule) => ruleName(rule.kernel))
    const header = {
      kind: 'block',
      series: part.series,
      author: origin.author,
      ...(origin.reason && comparison.revised > 0 ? { reason: origin.reason } : {}),
      ...((part.source ?? origin.source) ? { source: part.source ?? origin.source } : {}),
      ...(checked.length ? { checked } : {}),
    }
    const { times, values, flags } = comparison.rows
    const body = canonicalBlock(header, { times, values, ...(flags ? { flags } : {}) })
    work.entry = size + items.length
    items.push({ kind: 'block', id: part.series, version: state.blocks + 1, audience: part.audience, body })
  }
  for (const work of works) {
    const { part, findings, state, comparison } = work
    if (!findings?.positions.length) continue
    work.judgedEntry = size + items.length
    const times = Float64Array.from(findings.positions, (position) => comparison.rows.times[position])
    const body = {
      series: part.series,
      author: 'quality',
      rules: findings.rules,
      times,
      flags: findings.flags,
      rule: findings.rule,
    }
    items.push(flaggingItem(body, state.flaggings + 1, part.audience))
  }
  return items
}

/** Brings the tables to what the journal now says. */
async function project(client: PoolClient, works: Work[], at: string, onSent?: OnSent): Promise<void> {
  const fresh: ObservationRows[] = []
  const changes: Change[] = []
  const judgements: Judgement[] = []
  for (const work of works) {
    const { part, state, comparison, findings, entry, judgedEntry } = work
    const { rows } = comparison
    const first = firstFlags(part.rules.length > 0, rows.values, rows.flags)
    const now = findings?.positions.length ? first.slice() : first
    findings?.positions.forEach((position, n) => {
      now[position] = findings.flags[n]
      judgements.push({
        key: state.key,
        ms: rows.times[position],
        flag: first[position],
        rule: 'intake',
        entry,
      })
      judgements.push({
        key: state.key,
        ms: rows.times[position],
        flag: findings.flags[n],
        rule: findings.rules[findings.rule[n]],
        entry: judgedEntry,
      })
    })
    splitChanges({ ...rows, flags: now, key: state.key, entry }, comparison, fresh, changes)
    await addBlock(client, state, { ...rows, flags: now }, comparison, entry, at)
    if (judgedEntry >= 0) addJudged(state, judgedEntry, at)
  }
  await copyObservations(
    client,
    fresh.filter((rows) => rows.times.length > 0),
    onSent,
  )
  await reviseRows(client, changes)
  await insertJudgements(client, judgements)
  await writeStates(
    client,
    works.map((work) => work.state),
  )
}

type FlaggedRows = {
  key: number
  entry: number
  times: Float64Array
  values: Float64Array
  flags: Uint8Array
}

/** New rows go to COPY, revised ones to their own statement. */
function splitChanges(
  rows: FlaggedRows,
  { isRevision, revised }: Comparison,
  fresh: ObservationRows[],
  changes: Change[],
): void {
  const { key: series, entry, times, values, flags } = rows
  if (revised === 0) {
    fresh.push({ series, entry, times, values, flags })
    return
  }
  const keep = (column: Float64Array) => column.filter((_, i) => isRevision[i] === 0)
  fresh.push({
    series,
    entry,
    times: keep(times),
    values: keep(values),
    flags: flags.filter((_, i) => isRevision[i] === 0),
  })
  for (let i = 0; i < times.length; i++)
    if (isRevision[i]) changes.push({ key: series, ms: times[i], value: values[i], flag: flags[i], entry })
}

function resultOf({ part, comparison, findings, entry }: Work): PartResult {
  const { revised, unchanged, rows } = comparison
  const result: PartResult = {
    series: part.series,
    stored: rows.times.length - revised,
    unchanged,
    revised,
    flagged: findings?.positions.length ?? 0,
  }
  if (entry >= 0) result.entry = entry
  return result
}

/** What is there already for a series, for callers that need it. */
export type { PresentRows }
