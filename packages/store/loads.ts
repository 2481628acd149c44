/** Loads and their notices: what was asked for, how far it is, what came of it. */
import type { Queryable } from './connect.ts'

export type LoadState = 'waiting' | 'running' | 'done' | 'failed' | 'interrupted'
export type LoadCounts = {
  read: number
  stored: number
  unchanged: number
  revised: number
  refused: number
  notices: Record<string, number>
}
export type LoadRow = {
  id: number
  name: string
  door: string
  author: string
  state: LoadState
  startedAt: Date | null
  endedAt: Date | null
  bytes: number
  bytesRead: number
  counts: LoadCounts
  request: Record<string, unknown>
  problem: string | null
}
export type NewLoad = {
  name: string
  door: 'command' | 'upload' | 'inbox' | 'api'
  author: string
  bytes: number
  /** What is needed to run it, and to run it again. */
  request?: Record<string, unknown>
}

const columns = `id, name, door, author, state, started_at AS "startedAt", ended_at AS "endedAt", bytes,
  bytes_read AS "bytesRead", counts, request, problem`
/** Key space of the advisory locks that running loads hold. */
const lockSpace = 7104922

/** Notes a load that waits to be run. Gives its number. */
export async function addLoad(db: Queryable, load: NewLoad): Promise<number> {
  const { rows } = await db.query(
    `INSERT INTO load (name, door, author, state, bytes, request) VALUES ($1, $2, $3, 'waiting', $4, $5) RETURNING id`,
    [load.name, load.door, load.author, load.bytes, JSON.stringify(load.request ?? {})],
  )
  return rows[0].id
}

/**
 * Marks a load as running by this connection, which keeps it until it ends; a second runner is turned away (false).
 * Notices of an earlier, interrupted run are forgotten: it begins anew.
 */
export async function holdLoad(connection: Queryable, id: number): Promise<boolean> {
  const { rows } = await connection.query('SELECT pg_try_advisory_lock($1, $2) AS held', [lockSpace, id])
  if (!rows[0].held) return false
  await connection.query('DELETE FROM load_notice WHERE load = $1', [id])
  await connection.query(
    `UPDATE load SET state = 'running', started_at = now(), ended_at = NULL, bytes_read = 0, problem = NULL WHERE id = $1`,
    [id],
  )
  return true
}

/** Lets go of a load. */
export async function releaseLoad(connection: Queryable, id: number): Promise<void> {
  await connection.query('SELECT pg_advisory_unlock($1, $2)', [lockSpace, id])
}

export async function noteProgress(
  db: Queryable,
  id: number,
  bytesRead: number,
  counts: LoadCounts,
): Promise<void> {
  await db.query('UPDATE load SET bytes_read = $2, counts = $3 WHERE id = $1', [
    id,
    bytesRead,
    JSON.stringify(counts),
  ])
}

export async function endLoad(
  db: Queryable,
  id: number,
  state: LoadState,
  counts: LoadCounts | undefined,
  problem?: string,
): Promise<void> {
  await db.query(
    `UPDATE load SET state = $2, counts = coalesce($3, counts), problem = $4, ended_at = now(),
       bytes_read = CASE WHEN $2 = 'done' THEN bytes ELSE bytes_read END WHERE id = $1`,
    [id, state, counts ? JSON.stringify(counts) : null, problem ?? null],
  )
}

/** Loads that say they run though nobody holds them (their process died) become interrupted. Gives their numbers. */
export async function findInterrupted(db: Queryable): Promise<number[]> {
  const { rows } = await db.query(
    `UPDATE load SET state = 'interrupted', ended_at = now() WHERE state = 'running' AND NOT EXISTS (
       SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = $1 AND objid = load.id AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) RETURNING id`,
    [lockSpace],
  )
  return rows.map((row) => row.id)
}

/** Loads of a door that were asked for and have not come to an end. */
export async function unfinishedLoads(db: Queryable, door: NewLoad['door']): Promise<number[]> {
  const { rows } = await db.query(
    `SELECT id FROM load WHERE door = $1 AND state IN ('waiting', 'interrupted') ORDER BY id`,
    [door],
  )
  return rows.map((row) => row.id)
}

export async function readLoad(db: Queryable, id: number): Promise<LoadRow | undefined> {
  const { rows } = await db.query(`SELECT ${columns} FROM load WHERE id = $1`, [id])
  return rows[0]
}

/** Newest first; `before` is the number where the last page ended. */
export async function listLoads(
  db: Queryable,
  before: number | undefined,
  limit: number,
): Promise<LoadRow[]> {
  const { rows } = await db.query(
    `SELECT ${columns} FROM load WHERE $1::bigint IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
    [before ?? null, limit],
  )
  return rows
}

export type NoticeIn = {
  code: string
  file?: string
  line?: number
  column?: string | number
  series?: string
  read?: string
  expected?: string
  refused: number
}
export type NoticeRow = NoticeIn & { load: number; number: number; at: Date }

/** Adds notices, numbered from `first`. */
export async function addNotices(
  db: Queryable,
  load: number,
  first: number,
  notices: readonly NoticeIn[],
): Promise<void> {
  if (!notices.length) return
  const clean = (text: string | number | undefined) =>
    text === undefined ? null : String(text).replaceAll('\u0000', '\ufffd').toWellFormed()
  await db.query(
    `INSERT INTO load_notice (load, number, code, file, line, place, series, read, expected, refused)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::int[])`,
    [
      load,
      notices.map((_, i) => first + i),
      notices.map((n) => n.code),
      notices.map((n) => clean(n.file)),
      notices.map((n) => n.line ?? null),
      notices.map((n) => clean(n.column)),
      notices.map((n) => clean(n.series)),
      notices.map((n) => clean(n.read)),
      notices.map((n) => clean(n.expected)),
      notices.map((n) => n.refused),
    ],
  )
}

/** Notices of one load in the order of the file, or of all, newest load first. `after` is [load, number] of the last one seen. */
export async function listNotices(
  db: Queryable,
  filter: { load?: number; code?: string },
  after: readonly [number, number] | undefined,
  limit: number,
): Promise<NoticeRow[]> {
  const { rows } = await db.query(
    `SELECT load, number, code, file, line, place AS column, series, read, expected, refused, at FROM load_notice
     WHERE ($1::bigint IS NULL OR load = $1) AND ($2::text IS NULL OR code = $2)
       AND ($3::bigint IS NULL OR load < $3 OR (load = $3 AND number > $4))
     ORDER BY load DESC, number LIMIT $5`,
    [filter.load ?? null, filter.code ?? null, after?.[0] ?? null, after?.[1] ?? null, limit],
  )
  return rows
}
