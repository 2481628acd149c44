/** Outlines of long series as they are kept: packed points, with what the series had come to when they were made. */
import type { Queryable } from './connect.ts'

export type OutlineRow = {
  series: number
  blocks: number
  flaggings: number
  last_entry: number
  span_seconds: number
  points: Buffer
}

export async function readOutline(db: Queryable, key: number): Promise<OutlineRow | undefined> {
  const { rows } = await db.query(
    'SELECT series, blocks, flaggings, last_entry, span_seconds, points FROM series_outline WHERE series = $1',
    [key],
  )
  return rows[0]
}

/** Keeps an outline; one that tells of more entries stays. */
export async function writeOutline(db: Queryable, row: OutlineRow): Promise<void> {
  await db.query(
    `INSERT INTO series_outline AS kept (series, blocks, flaggings, last_entry, span_seconds, points) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (series) DO UPDATE SET blocks = $2, flaggings = $3, last_entry = $4, span_seconds = $5, points = $6
     WHERE kept.last_entry <= $4`,
    [row.series, row.blocks, row.flaggings, row.last_entry, row.span_seconds, row.points],
  )
}

/** Keys of the series with at least so many rows whose outline is missing or out of date. */
export async function staleOutlines(db: Queryable, leastRows: number): Promise<number[]> {
  const { rows } = await db.query(
    `SELECT s.series FROM series_state s LEFT JOIN series_outline o USING (series)
     WHERE s.rows >= $1 AND (o.series IS NULL OR o.blocks <> s.blocks OR o.flaggings <> s.flaggings) ORDER BY s.series`,
    [leastRows],
  )
  return rows.map((row) => row.series)
}
