/** Day-of-year climatology as kept: percentiles for each of 366 days, and of how many years. */
import type { Queryable } from './connect.ts'

export type ClimatologyRow = {
  series: number
  /** Rows of the series when it was made. */
  rows: number
  years: number
  percentiles: number[]
  /** 366 rows of percentiles, one after another; NaN where too few values. */
  days: Float64Array
}

export async function writeClimatology(db: Queryable, row: ClimatologyRow): Promise<void> {
  await db.query(
    `INSERT INTO climatology (series, made_at, rows, years, percentiles, days) VALUES ($1, now(), $2, $3, $4, $5)
     ON CONFLICT (series) DO UPDATE SET made_at = now(), rows = $2, years = $3, percentiles = $4, days = $5`,
    [row.series, row.rows, row.years, row.percentiles, Array.from(row.days)],
  )
}

export type ClimatologyDay = { years: number; percentiles: number[]; row: number[] }

/** The row of one day (1 to 366) of each series that has a climatology, by key. */
export async function readClimatologyDays(
  db: Queryable,
  wanted: { key: number; day: number }[],
): Promise<Map<number, ClimatologyDay>> {
  if (!wanted.length) return new Map()
  const { rows } = await db.query({
    text: `SELECT c.series, c.years, c.percentiles,
             c.days[(w.day - 1) * cardinality(c.percentiles) + 1 : w.day * cardinality(c.percentiles)]
           FROM unnest($1::int[], $2::int[]) AS w(key, day) JOIN climatology c ON c.series = w.key`,
    values: [wanted.map((w) => w.key), wanted.map((w) => w.day)],
    rowMode: 'array',
  })
  return new Map(rows.map((row) => [row[0], { years: row[1], percentiles: row[2], row: row[3] }]))
}

export type StaleClimatology = { id: string; key: number; rows: number }

/**
 * Series whose climatology is missing or rests on another number of rows. One that grew by less than a fiftieth waits a day,
 * or every reading of a gauge would cost the reading of its whole past.
 */
export async function staleClimatologies(
  db: Queryable,
  ids?: readonly string[],
): Promise<StaleClimatology[]> {
  const { rows } = await db.query(
    `SELECT k.id, k.key, s.rows FROM series_state s JOIN series_key k ON k.key = s.series LEFT JOIN climatology c USING (series)
     WHERE ($1::text[] IS NULL OR k.id = ANY($1)) AND s.rows > 0 AND (c.series IS NULL OR
       (c.rows <> s.rows AND (abs(s.rows - c.rows) > c.rows / 50 OR c.made_at < now() - interval '1 day'))) ORDER BY k.key`,
    [ids ?? null],
  )
  return rows
}

/** The whole kept climatology of a series. */
export async function readClimatology(
  db: Queryable,
  key: number,
): Promise<Omit<ClimatologyRow, 'series' | 'rows'> | undefined> {
  const { rows } = await db.query('SELECT years, percentiles, days FROM climatology WHERE series = $1', [key])
  return rows[0] && { ...rows[0], days: Float64Array.from(rows[0].days) }
}
