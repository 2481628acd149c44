/** Compares values to take in with those that are there: new, unchanged or revised. */
import { type PresentRows, readAt, readPresent } from '@lanmei/store/observations-write'
import type { SeriesState } from '@lanmei/store/series-state'
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

/** Walks both columns in step. Values are equal when they are the same double, or both missing. */
export function compare(part: Part, present: PresentRows | undefined): Comparison {
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
      if (present.values[p] === values[i] || (Number.isNaN(present.values[p]) && Number.isNaN(values[i])))
        continue
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
