/** What was judged in a series so far, as far as a new run of the rules has to know it. */
import type { Queryable } from './connect.ts'

export type JudgedValue = {
  ms: number
  /** Rule of the newest judgement. */
  newest: string
  /** Flag at taking in, where it was kept. */
  intake: number | null
  /** Newest flag a source gave afterwards. */
  source: number | null
}

/** The judged values of a series, by time. Judgements on values that were revised since are left out. */
export async function readJudgedValues(db: Queryable, key: number): Promise<JudgedValue[]> {
  const { rows } = await db.query(
    `SELECT round(extract(epoch FROM f.time) * 1000)::float8 AS ms,
       (array_agg(f.rule ORDER BY f.entry DESC))[1] AS newest,
       (array_agg(f.flag ORDER BY f.entry DESC) FILTER (WHERE f.rule = 'intake'))[1] AS intake,
       (array_agg(f.flag ORDER BY f.entry DESC) FILTER (WHERE f.rule = 'source'))[1] AS source
     FROM observation_flag f JOIN observation o ON o.series = f.series AND o.time = f.time AND f.entry >= o.entry
     WHERE f.series = $1 GROUP BY f.time ORDER BY f.time`,
    [key],
  )
  return rows
}

/** Times at which an officer has the last word in a series, ms. */
export async function readOfficersWords(db: Queryable, key: number): Promise<Set<number>> {
  const { rows } = await db.query(
    `SELECT round(extract(epoch FROM f.time) * 1000)::float8 AS ms
     FROM observation_flag f JOIN observation o ON o.series = f.series AND o.time = f.time AND f.entry >= o.entry
     WHERE f.series = $1 AND f.rule = 'officer'
       AND NOT EXISTS (SELECT FROM observation_flag l WHERE l.series = f.series AND l.time = f.time AND l.entry > f.entry)`,
    [key],
  )
  return new Set(rows.map((row) => row.ms))
}
