/** Finds when a value stood: the times of daily extremes. */
import type { Queryable } from './connect.ts'

/** For each wanted value the first time (ms) it stands within a day from `fromMs`; undefined where it does not. */
export async function readTimesOf(
  db: Queryable,
  key: number,
  wanted: { fromMs: number; value: number }[],
): Promise<(number | undefined)[]> {
  if (!wanted.length) return []
  const { rows } = await db.query({
    text: `SELECT (SELECT extract(epoch FROM min(o.time))::float8 * 1000 FROM observation o
             WHERE o.series = $1 AND o.time >= w.day AND o.time < w.day + interval '1 day' AND o.value = w.value)
           FROM unnest($2::timestamptz[], $3::float8[]) WITH ORDINALITY AS w(day, value, n) ORDER BY w.n`,
    values: [key, wanted.map((w) => new Date(w.fromMs).toISOString()), wanted.map((w) => w.value)],
    rowMode: 'array',
  })
  return rows.map(([ms]) => (ms === null ? undefined : Math.round(ms)))
}
