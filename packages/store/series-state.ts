/** Numbers of series, and what is kept about each at write: counts, first and last times, newest value, extremes. */
import type { Queryable } from './connect.ts'

export type SeriesState = {
  key: number
  blocks: number
  flaggings: number
  rows: number
  count: number
  revisions: number
  suspect: number
  /** ms; NaN while there are no rows. */
  firstMs: number
  lastMs: number
  lastValue: number | null
  lastFlag: number | null
  minimum: number | null
  maximum: number | null
  lastEntry: number | null
  receivedMs: number
}

/** Short numbers of series by id; those not seen before get the next free ones. Only while the journal's head is locked. */
export async function seriesKeys(db: Queryable, ids: string[]): Promise<Map<string, number>> {
  const found = await db.query('SELECT id, key FROM series_key WHERE id = ANY($1)', [ids])
  const keys = new Map<string, number>(found.rows.map((row) => [row.id, row.key]))
  const missing = [...new Set(ids)].filter((id) => !keys.has(id))
  if (missing.length) {
    const made = await db.query(
      `INSERT INTO series_key (key, id)
       SELECT (SELECT coalesce(max(key), 0) FROM series_key) + n, id FROM unnest($1::text[]) WITH ORDINALITY AS m(id, n) RETURNING id, key`,
      [missing],
    )
    for (const row of made.rows) keys.set(row.id, row.key)
  }
  return keys
}

/** State of each key; a series without rows has an empty one. */
export async function readStates(db: Queryable, keys: number[]): Promise<Map<number, SeriesState>> {
  const { rows } = await db.query(
    `SELECT series AS key, blocks, flaggings, rows, count, revisions, suspect,
            extract(epoch FROM first_time)::float8 * 1000 AS first_ms, extract(epoch FROM last_time)::float8 * 1000 AS last_ms,
            last_value, last_flag, minimum, maximum, last_entry, extract(epoch FROM received_at)::float8 * 1000 AS received_ms
     FROM series_state WHERE series = ANY($1)`,
    [keys],
  )
  const states = new Map<number, SeriesState>()
  for (const row of rows)
    states.set(row.key, {
      key: row.key,
      blocks: row.blocks,
      flaggings: row.flaggings,
      rows: row.rows,
      count: row.count,
      revisions: row.revisions,
      suspect: row.suspect,
      firstMs: row.first_ms === null ? Number.NaN : Math.round(row.first_ms),
      lastMs: row.last_ms === null ? Number.NaN : Math.round(row.last_ms),
      lastValue: row.last_value,
      lastFlag: row.last_flag,
      minimum: row.minimum,
      maximum: row.maximum,
      lastEntry: row.last_entry,
      receivedMs: row.received_ms === null ? Number.NaN : Math.round(row.received_ms),
    })
  for (const key of keys) if (!states.has(key)) states.set(key, emptyState(key))
  return states
}

export function emptyState(key: number): SeriesState {
  return {
    key,
    blocks: 0,
    flaggings: 0,
    rows: 0,
    count: 0,
    revisions: 0,
    suspect: 0,
    firstMs: Number.NaN,
    lastMs: Number.NaN,
    lastValue: null,
    lastFlag: null,
    minimum: null,
    maximum: null,
    lastEntry: null,
    receivedMs: Number.NaN,
  }
}

/** Writes states back. */
export async function writeStates(db: Queryable, states: SeriesState[]): Promise<void> {
  if (!states.length) return
  const instant = (ms: number) => (Number.isNaN(ms) ? null : new Date(ms).toISOString())
  await db.query(
    `INSERT INTO series_state (series, blocks, flaggings, rows, count, revisions, suspect, first_time, last_time, last_value, last_flag, minimum, maximum, last_entry, received_at)
     SELECT * FROM unnest($1::int[], $2::int[], $3::int[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::timestamptz[], $9::timestamptz[],
                          $10::float8[], $11::smallint[], $12::float8[], $13::float8[], $14::bigint[], $15::timestamptz[])
     ON CONFLICT (series) DO UPDATE SET blocks = EXCLUDED.blocks, flaggings = EXCLUDED.flaggings, rows = EXCLUDED.rows, count = EXCLUDED.count,
       revisions = EXCLUDED.revisions, suspect = EXCLUDED.suspect, first_time = EXCLUDED.first_time, last_time = EXCLUDED.last_time,
       last_value = EXCLUDED.last_value, last_flag = EXCLUDED.last_flag, minimum = EXCLUDED.minimum, maximum = EXCLUDED.maximum,
       last_entry = EXCLUDED.last_entry, received_at = EXCLUDED.received_at`,
    [
      states.map((s) => s.key),
      states.map((s) => s.blocks),
      states.map((s) => s.flaggings),
      states.map((s) => s.rows),
      states.map((s) => s.count),
      states.map((s) => s.revisions),
      states.map((s) => s.suspect),
      states.map((s) => instant(s.firstMs)),
      states.map((s) => instant(s.lastMs)),
      states.map((s) => s.lastValue),
      states.map((s) => s.lastFlag),
      states.map((s) => s.minimum),
      states.map((s) => s.maximum),
      states.map((s) => s.lastEntry),
      states.map((s) => instant(s.receivedMs)),
    ],
  )
}

/** Short numbers of the series that have one. */
export async function knownKeys(db: Queryable, ids: string[]): Promise<Map<string, number>> {
  const { rows } = await db.query('SELECT id, key FROM series_key WHERE id = ANY($1)', [ids])
  return new Map(rows.map((row) => [row.id, row.key]))
}
