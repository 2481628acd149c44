/** Compares values to take in with those that are there: new, unchanged or revised. */
import { type PresentRows, readAt, readPresent } from '@lanmei/store/observations-write'
import type { SeriesState } from '@lanmei/store/series-state'
import { readSuperseded } from '@lanmei/store/superseded-read'
import type { PoolClient } from 'pg'
import type { Part } from './batch.ts'

export type Comparison = {
  /** What is new or revised, by time. */
  rows: { times: Float64Array; values: Float64Array; flags?: Uint8Array }
  /** 1 where a row of `rows` replaces one that is there. */
  isRevision: Uint8Array
  /** Values that the revisions replace, NaN for missing, in the order of the revisions. */
  replaced: Float64Array
  /** Flags they had. */
  replacedFlags: Uint8Array
  revised: number
  unchanged: number
}

// Up to this many values are looked up one by one: their time range may hold millions of others.
const fewValues = 1000

/** Rows already there that a part could meet. Nothing is read where a part comes after everything that is there. */
export async function readOverlap(
  client: PoolClient,
  all: { part: Part; state: SeriesState }[],
): Promise<Map<number, PresentRows>> {
  const meeting = all.filter(
    ({ part, state }) =>
      state.rows > 0 && part.times[0] <= state.lastMs && part.times[part.times.length - 1] >= state.firstMs,
  )
  const few = meeting.filter(({ part }) => part.times.length <= fewValues)
  const many = meeting.filter(({ part }) => part.times.length > fewValues)
  const found = await readAt(
    client,
    few.map(({ part, state }) => ({ key: state.key, times: part.times })),
  )
  const ranges = many.map(({ part, state }) => ({
    key: state.key,
    fromMs: part.times[0],
    toMs: part.times[part.times.length - 1],
  }))
  for (const [key, rows] of await readPresent(client, ranges)) found.set(key, rows)
  return found
}

/** Values that once stood at a time. */
export type Former = Map<number, number[]>

function same(a: number, b: number): boolean {
  return a === b || (Number.isNaN(a) && Number.isNaN(b))
}

/**
 * Walks both columns in step. Values are equal when they are the same double, or both missing. One that stood there
 * before and was revised since (`former`) is nothing new either.
 */
export function compare(part: Part, present: PresentRows | undefined, former?: Former): Comparison {
  const { times, values, flags } = part
  const none = { replaced: new Float64Array(0), replacedFlags: new Uint8Array(0), revised: 0, unchanged: 0 }
  if (!present || present.times.length === 0)
    return { rows: { times, values, ...(flags ? { flags } : {}) }, isRevision: new Uint8Array(0), ...none }
  const kept = new Uint32Array(times.length)
  const isRevision = new Uint8Array(times.length)
  const replaced: number[] = []
  const replacedFlags: number[] = []
  let count = 0
  for (let i = 0, p = 0; i < times.length; i++) {
    while (p < present.times.length && present.times[p] < times[i]) p++
    if (p < present.times.length && present.times[p] === times[i]) {
      if (same(present.values[p], values[i])) continue
      if (former?.get(times[i])?.some((value) => same(value, values[i]))) continue
      isRevision[count] = 1
      replaced.push(present.values[p])
      replacedFlags.push(present.flags[p])
    }
    kept[count++] = i
  }
  const positions = kept.subarray(0, count)
  const rows = {
    times: Float64Array.from(positions, (i) => times[i]),
    values: Float64Array.from(positions, (i) => values[i]),
    ...(flags ? { flags: Uint8Array.from(positions, (i) => flags[i]) } : {}),
  }
  return {
    rows,
    isRevision: isRevision.slice(0, count),
    replaced: Float64Array.from(replaced),
    replacedFlags: Uint8Array.from(replacedFlags),
    revised: replaced.length,
    unchanged: times.length - count,
  }
}

/**
 * Compares parts with what is there. A file that is loaded again must not bring back what another file has revised
 * since, or two files that contradict each other would revise each other at every load: with `keepRevised` a value that
 * stood there before counts as unchanged.
 */
export async function comparisons(
  client: PoolClient,
  all: { part: Part; state: SeriesState }[],
  keepRevised: boolean,
): Promise<Comparison[]> {
  const present = await readOverlap(client, all)
  const first = all.map(({ part, state }) => compare(part, present.get(state.key)))
  if (!keepRevised) return first
  const revisions = all.flatMap(({ state }, i) => {
    const { rows, isRevision, revised } = first[i]
    return revised ? [{ key: state.key, times: rows.times.filter((_, row) => isRevision[row] === 1) }] : []
  })
  const former = await readSuperseded(client, revisions)
  return all.map(({ part, state }, i) =>
    former.has(state.key) ? compare(part, present.get(state.key), former.get(state.key)) : first[i],
  )
}
