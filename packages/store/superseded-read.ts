/** Values that once stood at a time and were revised since. */
import type { Queryable } from './connect.ts'

/** The former values at these times, by key and time; NaN for a missing one. */
export async function readSuperseded(
  db: Queryable,
  wanted: { key: number; times: Float64Array }[],
): Promise<Map<number, Map<number, number[]>>> {
  const keys: number[] = []
  const times: string[] = []
  for (const { key, times: column } of wanted)
    for (const ms of column) {
      keys.push(key)
      times.push(new Date(ms).toISOString())
    }
  const found = new Map<number, Map<number, number[]>>()
  if (!keys.length) return found
  const { rows } = await db.query({
    text: `SELECT r.key, extract(epoch FROM r.at)::float8 * 1000 AS ms, coalesce(s.value, 'NaN'::float8) AS value
      FROM unnest($1::int[], $2::timestamptz[]) AS r(key, at)
      CROSS JOIN LATERAL (SELECT value FROM observation_superseded WHERE series = r.key AND time = r.at OFFSET 0) s`,
    values: [keys, times],
    rowMode: 'array',
  })
  for (const [key, ms, value] of rows as unknown as [number, number, number][]) {
    const ofKey = found.get(key) ?? new Map<number, number[]>()
    const time = Math.round(ms)
    ofKey.set(time, [...(ofKey.get(time) ?? []), value])
    found.set(key, ofKey)
  }
  return found
}
