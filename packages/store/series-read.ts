/** What is known of series without reading their values: states, revisions, judgements. */
import type { Queryable } from './connect.ts'
import type { SeriesState } from './series-state.ts'

export type SeriesRow = SeriesState & { id: string }

/** States of the series whose newest entry is `sinceEntry` or later (0: of all), with their ids. */
export async function readSeriesRows(db: Queryable, sinceEntry: number): Promise<SeriesRow[]> {
  const { rows } = await db.query({
    text: `SELECT k.id, k.key, s.blocks, s.flaggings, s.rows, s.count, s.revisions, s.suspect,
             extract(epoch FROM s.first_time)::float8 * 1000, extract(epoch FROM s.last_time)::float8 * 1000,
             s.last_value, s.last_flag, s.minimum, s.maximum, s.last_entry, extract(epoch FROM s.received_at)::float8 * 1000
           FROM series_state s JOIN series_key k ON k.key = s.series WHERE s.last_entry >= $1`,
    values: [sinceEntry],
    rowMode: 'array',
  })
  const instant = (ms: number | null) => (ms === null ? Number.NaN : Math.round(ms))
  return rows.map((r) => ({
    id: r[0],
    key: r[1],
    blocks: r[2],
    flaggings: r[3],
    rows: r[4],
    count: r[5],
    revisions: r[6],
    suspect: r[7],
    firstMs: instant(r[8]),
    lastMs: instant(r[9]),
    lastValue: r[10],
    lastFlag: r[11],
    minimum: r[12],
    maximum: r[13],
    lastEntry: r[14],
    receivedMs: instant(r[15]),
  }))
}

/** Entries in the journal now. */
export async function journalSize(db: Queryable): Promise<number> {
  const { rows } = await db.query('SELECT size FROM journal_head')
  return rows[0]?.size ?? 0
}

type Range = { key: number; fromMs?: number; toMs?: number; limit: number }
const bounds = ({ key, fromMs, toMs, limit }: Range) => [
  key,
  fromMs === undefined ? '-infinity' : new Date(fromMs).toISOString(),
  toMs === undefined ? 'infinity' : new Date(toMs).toISOString(),
  limit,
]

export type RevisionRow = {
  at: Date
  value: number | null
  flag: number
  entry: number
  superseded_by: number
  known_from: Date
  known_until: Date
}

/** Values that were revised, the newest revision first. */
export async function readRevisions(db: Queryable, range: Range): Promise<RevisionRow[]> {
  const { rows } = await db.query(
    `SELECT s.time AS at, s.value, s.flag, s.entry, s.superseded_by, a.at AS known_from, b.at AS known_until
     FROM (SELECT * FROM observation_superseded WHERE series = $1 AND time >= $2 AND time < $3
           ORDER BY superseded_by DESC, time DESC LIMIT $4) s
     JOIN journal_entry a ON a.seq = s.entry JOIN journal_entry b ON b.seq = s.superseded_by
     ORDER BY s.superseded_by DESC, s.time DESC`,
    bounds(range),
  )
  return rows
}

export type JudgementRow = {
  time: Date
  value: number | null
  flag: number
  rule: string
  entry: number
  at: Date
  current: boolean
}

/** Judgements, the newest first, with the value that was judged. */
export async function readJudgements(db: Queryable, range: Range): Promise<JudgementRow[]> {
  const { rows } = await db.query(
    `SELECT f.time, f.flag, f.rule, f.entry, e.at,
       CASE WHEN o.entry <= f.entry THEN o.value ELSE
         (SELECT s.value FROM observation_superseded s WHERE s.series = $1 AND s.time = f.time AND s.entry <= f.entry ORDER BY s.entry DESC LIMIT 1) END AS value,
       o.entry <= f.entry AND NOT EXISTS (SELECT 1 FROM observation_flag l WHERE l.series = $1 AND l.time = f.time AND l.entry > f.entry) AS current
     FROM (SELECT * FROM observation_flag WHERE series = $1 AND time >= $2 AND time < $3
           ORDER BY entry DESC, time DESC LIMIT $4) f
     JOIN observation o ON o.series = $1 AND o.time = f.time JOIN journal_entry e ON e.seq = f.entry
     ORDER BY f.entry DESC, f.time DESC`,
    bounds(range),
  )
  return rows
}

/** Times of the values in a range, both ends included, at most `limit`. */
export async function readTimes(
  db: Queryable,
  key: number,
  fromMs: number,
  toMs: number,
  limit: number,
): Promise<Float64Array> {
  const { rows } = await db.query({
    text: 'SELECT extract(epoch FROM time)::float8 * 1000 FROM observation WHERE series = $1 AND time BETWEEN $2 AND $3 ORDER BY time LIMIT $4',
    values: [key, new Date(fromMs).toISOString(), new Date(toMs).toISOString(), limit],
    rowMode: 'array',
  })
  return Float64Array.from(rows, (row) => Math.round(row[0]))
}
