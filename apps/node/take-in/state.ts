/** Keeps the state of a series (counts, first, last, extremes) as blocks and judgements come in. */
import { flags } from '@lanmei/model/flag'
import type { Queryable } from '@lanmei/store/connect'
import { readExtremes } from '@lanmei/store/observations-write'
import type { SeriesState } from '@lanmei/store/series-state'
import type { Comparison } from './compare.ts'

export function isDoubtful(flag: number): boolean {
  return flag === flags.suspect || flag === flags.bad
}

/** Takes a block's new and revised rows, with the flags they now have, into the state. */
export async function addBlock(
  db: Queryable,
  state: SeriesState,
  rows: { times: Float64Array; values: Float64Array; flags: Uint8Array },
  { isRevision, replaced, replacedFlags, revised }: Comparison,
  entry: number,
  at: string,
): Promise<void> {
  const { times, values } = rows
  let lostExtreme = false
  for (let r = 0; r < replaced.length; r++) {
    if (!Number.isNaN(replaced[r])) {
      state.count--
      if (replaced[r] === state.minimum || replaced[r] === state.maximum) lostExtreme = true
    }
    if (isDoubtful(replacedFlags[r])) state.suspect--
  }
  for (let i = 0; i < times.length; i++) {
    const value = values[i]
    if (!Number.isNaN(value)) {
      state.count++
      if (state.minimum === null || value < state.minimum) state.minimum = value
      if (state.maximum === null || value > state.maximum) state.maximum = value
    }
    if (isDoubtful(rows.flags[i])) state.suspect++
  }
  state.rows += times.length - revised
  state.revisions += revised
  state.blocks++
  const last = times.length - 1
  if (Number.isNaN(state.firstMs) || times[0] < state.firstMs) state.firstMs = times[0]
  if (Number.isNaN(state.lastMs) || times[last] >= state.lastMs) {
    state.lastMs = times[last]
    state.lastValue = Number.isNaN(values[last]) ? null : values[last]
    state.lastFlag = rows.flags[last]
  }
  state.lastEntry = entry
  state.receivedMs = Date.parse(at)
  // Only a revision can take an extreme away, and then only the rows themselves can say what the next one is.
  if (lostExtreme) await findExtremes(db, state, rows, isRevision)
}

async function findExtremes(
  db: Queryable,
  state: SeriesState,
  rows: { times: Float64Array; values: Float64Array },
  isRevision: Uint8Array,
): Promise<void> {
  const revisedTimes = rows.times.filter((_, i) => isRevision[i] === 1)
  const rest = await readExtremes(db, state.key, revisedTimes)
  state.minimum = rest.minimum
  state.maximum = rest.maximum
  for (const value of rows.values) {
    if (Number.isNaN(value)) continue
    if (state.minimum === null || value < state.minimum) state.minimum = value
    if (state.maximum === null || value > state.maximum) state.maximum = value
  }
}

/** Counts a flagging. */
export function addJudged(state: SeriesState, entry: number, at: string): void {
  state.flaggings++
  state.lastEntry = entry
  state.receivedMs = Date.parse(at)
}
