/** Outlines of long series: made once, kept in the database and in memory, brought forward by what the journal says has changed. */
import type { Store } from '@lanmei/store/connect'
import { readSubject } from '@lanmei/store/journal'
import { openSnapshot, type Snapshot } from '@lanmei/store/observations-read'
import { readOutline, staleOutlines, writeOutline } from '@lanmei/store/outlines'
import { readStates, type SeriesState } from '@lanmei/store/series-state'
import { openBody } from '../journal/journal.ts'
import {
  cutPoints,
  join,
  makeOutline,
  type Outline,
  outlineBytes,
  outlineFrom,
  rowsWithoutOutline,
  spanOf,
} from './outline.ts'

export type Outlines = {
  /** The outline of a series as it is now; undefined for a series too short to need one. */
  of(id: string, key: number): Promise<Outline | undefined>
}

type Made = {
  outline: Outline
  state: Pick<SeriesState, 'blocks' | 'flaggings' | 'rows'> & { lastEntry: number }
}

const pointsInMemory = 3_000_000
// With more changes than this the whole is read anew.
const mostChanges = 40
const mostShareChanged = 0.3
const mostGrowth = 4

export function openOutlines(store: Store): Outlines {
  const kept = new Map<number, Made>()
  const running = new Map<number, Promise<Outline | undefined>>()
  const keep = (key: number, made: Made) => {
    kept.delete(key)
    kept.set(key, made)
    let points = 0
    for (const [other, { outline }] of [...kept].reverse()) {
      points += outline.points.count
      if (points > pointsInMemory && other !== key) kept.delete(other)
    }
  }
  const find = async (id: string, key: number): Promise<Outline | undefined> => {
    const snapshot = await openSnapshot(store)
    try {
      const state = (await readStates(snapshot.client, [key])).get(key) as SeriesState
      if (state.rows < rowsWithoutOutline || state.lastEntry === null) return undefined
      const before = kept.get(key) ?? (await fromTable(snapshot, key, state))
      if (before && isCurrent(before, state)) {
        keep(key, before)
        return before.outline
      }
      const outline =
        (before && (await broughtForward(snapshot, id, key, before, state))) ??
        (await anew(snapshot, key, state))
      const { blocks, flaggings, rows, lastEntry } = state
      keep(key, { outline, state: { blocks, flaggings, rows, lastEntry } })
      await writeOutline(store.pool, {
        series: key,
        blocks,
        flaggings,
        last_entry: lastEntry,
        span_seconds: outline.spanMs / 1000,
        points: outlineBytes(outline),
      })
      return outline
    } finally {
      await snapshot.close()
    }
  }
  return {
    of(id, key) {
      let one = running.get(key)
      if (!one) {
        one = find(id, key).finally(() => running.delete(key))
        running.set(key, one)
      }
      return one
    },
  }
}

/** Brings the outlines of all long series forward: a job for quiet times, so that nobody waits at the first zoom. */
export async function refreshOutlines({ store }: { store: Store }): Promise<number> {
  const outlines = openOutlines(store)
  const keys = await staleOutlines(store.pool, rowsWithoutOutline)
  for (const key of keys) {
    const { rows } = await store.pool.query('SELECT id FROM series_key WHERE key = $1', [key])
    if (rows[0]) await outlines.of(rows[0].id, key)
  }
  return keys.length
}

function isCurrent({ state }: Made, now: SeriesState): boolean {
  return state.blocks === now.blocks && state.flaggings === now.flaggings && state.lastEntry === now.lastEntry
}

async function fromTable({ client }: Snapshot, key: number, now: SeriesState): Promise<Made | undefined> {
  const row = await readOutline(client, key)
  if (!row) return undefined
  const { blocks, flaggings, last_entry: lastEntry } = row
  return {
    outline: outlineFrom(row.points, row.span_seconds * 1000),
    state: { blocks, flaggings, lastEntry, rows: now.rows },
  }
}

async function anew(snapshot: Snapshot, key: number, state: SeriesState): Promise<Outline> {
  return makeOutline(snapshot.rows({ key }), spanOf(state.rows, state.firstMs, state.lastMs))
}

/** Reads only the spans that blocks and flaggings since then have touched; undefined when making anew is better. */
async function broughtForward(
  snapshot: Snapshot,
  id: string,
  key: number,
  { outline, state }: Made,
  now: SeriesState,
): Promise<Outline | undefined> {
  if (now.rows > state.rows * mostGrowth || now.blocks < state.blocks) return undefined
  const changes = now.blocks - state.blocks + now.flaggings - state.flaggings
  if (changes > mostChanges) return undefined
  const entries = await readSubject(
    snapshot.client,
    ['block', 'flagging'],
    id,
    state.lastEntry,
    mostChanges + 1,
  )
  if (entries.length !== changes) return undefined
  const { spanMs } = outline
  let { points } = outline
  for (const { body } of entries) {
    const { times } = JSON.parse(openBody(body).toString()) as { times: number[] }
    if (times.length === 0) continue
    const fromMs = Math.floor(times[0] / spanMs) * spanMs
    const toMs = Math.floor(times[times.length - 1] / spanMs) * spanMs + spanMs
    if (toMs - fromMs > (now.lastMs - now.firstMs) * mostShareChanged) return undefined
    const fresh = await makeOutline(snapshot.rows({ key, fromMs, toMs }), spanMs)
    points = join([cutPoints(points, -Infinity, fromMs), fresh.points, cutPoints(points, toMs, Infinity)])
  }
  return { spanMs, points }
}
