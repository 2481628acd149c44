/** Figures about the store for the status page and the metrics. */
import type { Queryable } from './connect.ts'

export type Figures = {
  observations: number
  revisions: number
  series: number
  stations: number
  databaseBytes: number
  journalSize: number
  /** Time of the last entry; null in an empty journal. */
  journalAt: Date | null
  journalRoot: Buffer | null
}

/** Read from what is kept at write; nothing is counted over the observations. */
export async function readFigures(db: Queryable): Promise<Figures> {
  const { rows } = await db.query(
    `SELECT (SELECT coalesce(sum(rows), 0)::bigint FROM series_state) AS observations,
       (SELECT coalesce(sum(revisions), 0)::bigint FROM series_state) AS revisions,
       (SELECT count(*) FROM series_key) AS series,
       (SELECT count(DISTINCT id) FROM record_version WHERE kind = 'station') AS stations,
       pg_database_size(current_database()) AS "databaseBytes",
       h.size AS "journalSize", CASE WHEN isfinite(h.at) THEN h.at END AS "journalAt",
       (SELECT root FROM journal_checkpoint ORDER BY size DESC LIMIT 1) AS "journalRoot"
     FROM journal_head h`,
  )
  return rows[0]
}

export type SilentRow = { series: string; station: string; last: Date; cadenceSeconds: number }

/**
 * Series with a known cadence for which nothing came for three of its intervals, newest silence first. One that has been
 * silent for longer than `endedAfterDays` is held to have ended.
 */
export async function readSilent(db: Queryable, endedAfterDays: number, limit: number): Promise<SilentRow[]> {
  const { rows } = await db.query(
    `SELECT k.id AS series, r.fields->>'station' AS station, s.last_time AS last,
       (r.fields->>'cadenceSeconds')::int AS "cadenceSeconds"
     FROM series_state s JOIN series_key k ON k.key = s.series CROSS JOIN LATERAL (
       SELECT fields, ended, audience FROM record_version WHERE kind = 'series' AND id = k.id ORDER BY version DESC LIMIT 1) r
     WHERE NOT r.ended AND r.audience = 'public' AND r.fields ? 'cadenceSeconds' AND r.fields->>'origin' <> 'simulated'
       AND s.last_time < now() - 3 * (r.fields->>'cadenceSeconds')::int * interval '1 second'
       AND s.last_time > now() - $1 * interval '1 day'
     ORDER BY s.last_time DESC LIMIT $2`,
    [endedAfterDays, limit],
  )
  return rows
}

/** Counts of loads that ended in the last 24 hours. */
export async function readIntake(db: Queryable): Promise<{ taken: number; refused: number }> {
  const { rows } = await db.query(
    `SELECT coalesce(sum((counts->>'stored')::bigint + (counts->>'revised')::bigint), 0)::bigint AS taken,
       coalesce(sum((counts->>'refused')::bigint), 0)::bigint AS refused
     FROM load WHERE coalesce(ended_at, started_at) > now() - interval '24 hours'`,
  )
  return rows[0]
}

/** Refused values of all loads, by the code of their notice. */
export async function readRefusals(db: Queryable): Promise<{ code: string; refused: number }[]> {
  const { rows } = await db.query(
    'SELECT code, sum(refused)::bigint AS refused FROM load_notice WHERE refused > 0 GROUP BY code ORDER BY code',
  )
  return rows
}

/** True when a series that is not simulated has values. */
export async function hasObserved(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(
    `SELECT EXISTS (SELECT FROM series_state s JOIN series_key k ON k.key = s.series
       JOIN record_version r ON r.kind = 'series' AND r.id = k.id
     WHERE s.rows > 0 AND r.fields->>'origin' <> 'simulated') AS found`,
  )
  return rows[0].found
}
