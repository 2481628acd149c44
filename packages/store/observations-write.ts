/** What taking in needs of the observation tables: rows already there, rows before a block, revisions and flags. */
import type { Queryable } from './connect.ts'

/** Present rows of one series, by time; NaN for missing values. */
export type PresentRows = {
  times: Float64Array
  values: Float64Array
  flags: Uint8Array
  entries: Float64Array
}
export type Range = { key: number; fromMs: number; toMs: number }

const select = `SELECT r.key, extract(epoch FROM o.time)::float8 * 1000 AS ms, coalesce(o.value, 'NaN'::float8) AS value, o.flag, o.entry`

/** Rows of each range (both ends included), by key. */
export async function readPresent(db: Queryable, ranges: Range[]): Promise<Map<number, PresentRows>> {
  if (!ranges.length) return new Map()
  const { rows } = await db.query({
    text: `${select} FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[]) AS r(key, first, last)
      CROSS JOIN LATERAL (SELECT time, value, flag, entry FROM observation WHERE series = r.key AND time BETWEEN r.first AND r.last ORDER BY time) o`,
    values: rangeParameters(ranges),
    rowMode: 'array',
  })
  return byKey(rows)
}

/** Up to `count` rows before the start of each range, oldest first. */
export async function readBefore(
  db: Queryable,
  ranges: Range[],
  count: number,
): Promise<Map<number, PresentRows>> {
  if (!ranges.length) return new Map()
  const { rows } = await db.query({
    text: `${select} FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[]) AS r(key, first, last)
      CROSS JOIN LATERAL (SELECT * FROM (SELECT time, value, flag, entry FROM observation WHERE series = r.key AND time < r.first ORDER BY time DESC LIMIT ${Math.trunc(count)}) b ORDER BY time) o`,
    values: rangeParameters(ranges),
    rowMode: 'array',
  })
  return byKey(rows)
}

function rangeParameters(ranges: Range[]): unknown[] {
  const instant = (ms: number) => new Date(ms).toISOString()
  return [ranges.map((r) => r.key), ranges.map((r) => instant(r.fromMs)), ranges.map((r) => instant(r.toMs))]
}

function byKey(rows: unknown[][]): Map<number, PresentRows> {
  const groups = new Map<number, number[][]>()
  for (const row of rows as number[][]) {
    const group = groups.get(row[0])
    if (group) group.push(row)
    else groups.set(row[0], [row])
  }
  const result = new Map<number, PresentRows>()
  for (const [key, group] of groups)
    result.set(key, {
      times: Float64Array.from(group, (row) => Math.round(row[1])),
      values: Float64Array.from(group, (row) => row[2]),
      flags: Uint8Array.from(group, (row) => row[3]),
      entries: Float64Array.from(group, (row) => row[4]),
    })
  return result
}

export type Change = { key: number; ms: number; value: number; flag: number; entry: number }

/** Puts new values in the place of old ones, which move to `observation_superseded`. */
export async function reviseRows(db: Queryable, changes: Change[]): Promise<void> {
  if (!changes.length) return
  const parameters = [
    changes.map((c) => c.key),
    changes.map((c) => new Date(c.ms).toISOString()),
    changes.map((c) => (Number.isNaN(c.value) ? null : c.value)),
    changes.map((c) => c.flag),
    changes.map((c) => c.entry),
  ]
  const given =
    'unnest($1::int[], $2::timestamptz[], $3::float8[], $4::smallint[], $5::bigint[]) AS c(series, time, value, flag, entry)'
  await db.query(
    `INSERT INTO observation_superseded (series, time, entry, superseded_by, value, flag)
     SELECT o.series, o.time, o.entry, c.entry, o.value, o.flag FROM ${given} JOIN observation o ON o.series = c.series AND o.time = c.time`,
    parameters,
  )
  await db.query(
    `UPDATE observation o SET value = c.value, flag = c.flag, entry = c.entry FROM ${given} WHERE o.series = c.series AND o.time = c.time`,
    parameters,
  )
}

export type Judgement = { key: number; ms: number; flag: number; rule: string; entry: number }

/** Writes judgements to the history of flags. */
export async function insertJudgements(db: Queryable, judgements: Judgement[]): Promise<void> {
  if (!judgements.length) return
  await db.query(
    `INSERT INTO observation_flag (series, time, entry, flag, rule) SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::bigint[], $4::smallint[], $5::text[])`,
    [
      judgements.map((j) => j.key),
      judgements.map((j) => new Date(j.ms).toISOString()),
      judgements.map((j) => j.entry),
      judgements.map((j) => j.flag),
      judgements.map((j) => j.rule),
    ],
  )
}

/** Makes the newest judgement the flag that holds, for rows already there; gives how many rows changed to and from suspect or bad. */
export async function applyJudgements(db: Queryable, judgements: Judgement[]): Promise<number> {
  if (!judgements.length) return 0
  const { rows } = await db.query(
    `WITH given AS (SELECT * FROM unnest($1::int[], $2::timestamptz[], $3::smallint[]) AS j(series, time, flag)),
     before AS (SELECT o.series, o.time, o.flag FROM observation o JOIN given USING (series, time)),
     changed AS (UPDATE observation o SET flag = given.flag FROM given WHERE o.series = given.series AND o.time = given.time RETURNING o.series, o.time, o.flag)
     SELECT coalesce(sum((changed.flag IN (3, 4))::int - (before.flag IN (3, 4))::int), 0)::int AS more FROM changed JOIN before USING (series, time)`,
    [
      judgements.map((j) => j.key),
      judgements.map((j) => new Date(j.ms).toISOString()),
      judgements.map((j) => j.flag),
    ],
  )
  return rows[0].more
}

/** Keeps the flag that held before the first later judgement of a value, under the rule `intake` and the value's own entry. */
export async function insertBaselines(db: Queryable, judgements: Judgement[]): Promise<void> {
  if (!judgements.length) return
  await db.query(
    `INSERT INTO observation_flag (series, time, entry, flag, rule)
     SELECT o.series, o.time, o.entry, o.flag, 'intake' FROM unnest($1::int[], $2::timestamptz[]) AS j(series, time) JOIN observation o USING (series, time)
     ON CONFLICT DO NOTHING`,
    [judgements.map((j) => j.key), judgements.map((j) => new Date(j.ms).toISOString())],
  )
}

/** Rows at exactly these times, by key. */
export async function readAt(
  db: Queryable,
  wanted: { key: number; times: Float64Array }[],
): Promise<Map<number, PresentRows>> {
  if (!wanted.length) return new Map()
  const keys: number[] = []
  const times: string[] = []
  for (const { key, times: column } of wanted)
    for (const ms of column) {
      keys.push(key)
      times.push(new Date(ms).toISOString())
    }
  // OFFSET 0 keeps the planner from turning the look-ups into one scan of the whole table.
  const { rows } = await db.query({
    text: `${select} FROM unnest($1::int[], $2::timestamptz[]) AS r(key, at)
      CROSS JOIN LATERAL (SELECT time, value, flag, entry FROM observation WHERE series = r.key AND time = r.at OFFSET 0) o ORDER BY r.key, o.time`,
    values: [keys, times],
    rowMode: 'array',
  })
  return byKey(rows)
}

/** Smallest and largest present value of a series, the rows at some times left out. */
export async function readExtremes(
  db: Queryable,
  key: number,
  without: Float64Array,
): Promise<{ minimum: number | null; maximum: number | null }> {
  const { rows } = await db.query(
    'SELECT min(value) AS minimum, max(value) AS maximum FROM observation WHERE series = $1 AND time <> ALL($2::timestamptz[])',
    [key, Array.from(without, (ms) => new Date(ms).toISOString())],
  )
  return rows[0]
}
