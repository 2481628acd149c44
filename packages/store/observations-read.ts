/** SELECTs of a series' values, to be pasted into psql or read with `readRows`: as they are now, and as known at an entry. */
import type { PoolClient } from 'pg'
import type { Queryable, Store } from './connect.ts'
import { type RowBatch, readRows } from './copy-reader.ts'

/** Which values. `fromMs` is included, `toMs` is not; `flags`: only rows with one of them. */
export type Selection = {
  key: number
  fromMs?: number
  toMs?: number
  flags?: readonly number[]
  /** Only what stood in the journal up to and with this entry. */
  knownEntry?: number
}

/** A time as SQL. COPY takes no parameters, so everything here is made of numbers. */
export function instantLiteral(ms: number): string {
  return `'${new Date(ms).toISOString()}'::timestamptz`
}

/** Rows (time, value, flag, entry) in order of time. */
export function selectRows(selection: Selection): string {
  const where = conditions(selection)
  if (selection.knownEntry === undefined)
    return `SELECT time, value, flag, entry FROM observation WHERE ${where} ${flagCondition(selection.flags)} ORDER BY time`
  return `SELECT time, value, flag, entry FROM (${selectKnown(selection, where)}) known WHERE true ${flagCondition(selection.flags)} ORDER BY time`
}

/**
 * A value was known at entry s when its own entry came by then and the one that replaced it had not. Its flag was that of the
 * newest judgement by then; a value that was ever judged later keeps its first flag as a judgement with its own entry.
 */
function selectKnown({ key, knownEntry }: Selection, where: string): string {
  const s = whole(knownEntry as number)
  return `SELECT v.time, v.value, coalesce(j.flag, v.flag) AS flag, v.entry
    FROM (SELECT time, value, flag, entry FROM observation WHERE ${where} AND entry <= ${s}
          UNION ALL SELECT time, value, flag, entry FROM observation_superseded WHERE ${where} AND entry <= ${s} AND superseded_by > ${s}) v
    LEFT JOIN LATERAL (SELECT f.flag FROM observation_flag f WHERE f.series = ${whole(key)} AND f.time = v.time
      AND f.entry BETWEEN v.entry AND ${s} ORDER BY f.entry DESC LIMIT 1) j ON true`
}

function conditions({ key, fromMs, toMs }: Selection): string {
  const parts = [`series = ${whole(key)}`]
  if (fromMs !== undefined) parts.push(`time >= ${instantLiteral(fromMs)}`)
  if (toMs !== undefined) parts.push(`time < ${instantLiteral(toMs)}`)
  return parts.join(' AND ')
}

function flagCondition(flags: readonly number[] | undefined): string {
  return flags ? `AND flag IN (${flags.map(whole).join(',') || 'NULL'})` : ''
}

function whole(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number: ${value}`)
  return String(value)
}

/** Reads of one moment: all see the same rows, whatever is written meanwhile. */
export type Snapshot = {
  readonly client: PoolClient
  rows(selection: Selection): AsyncGenerator<RowBatch, void, undefined>
  /** Gives the connection back; after a read that was not finished it is closed instead. */
  close(): Promise<void>
}

/** Opens a read-only transaction on a connection of its own. Always close it. */
export async function openSnapshot(store: Store, signal?: AbortSignal): Promise<Snapshot> {
  signal?.throwIfAborted()
  const client = await store.pool.connect()
  let broken: Error | undefined
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  let open = 0
  let closed = false
  const close = async () => {
    if (closed) return
    closed = true
    if (open > 0) broken ??= new Error('a read was left before its end')
    try {
      if (!broken) await client.query('COMMIT')
    } catch (error) {
      broken = error as Error
    }
    client.removeListener('error', onError)
    // The pool's own listener is back by now; a closed connection may still report its end.
    client.release(broken)
  }
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  } catch (error) {
    broken = error as Error
    await close()
    throw error
  }
  return {
    client,
    close,
    async *rows(selection) {
      open++
      try {
        yield* readRows(client, selectRows(selection), signal)
        open--
      } catch (error) {
        broken ??= error as Error
        throw error
      }
    },
  }
}

/** Number of the last entry that was in the journal at a time; -1 when there was none. */
export async function entryKnownAt(db: Queryable, atMs: number): Promise<number> {
  const { rows } = await db.query(
    'SELECT seq FROM journal_entry WHERE at <= $1 ORDER BY at DESC, seq DESC LIMIT 1',
    [new Date(atMs).toISOString()],
  )
  return rows[0]?.seq ?? -1
}

/** One value at exactly this time. */
export async function readOne(
  db: Queryable,
  key: number,
  ms: number,
): Promise<{ value: number | null; flag: number; entry: number } | undefined> {
  const { rows } = await db.query(
    'SELECT value, flag, entry FROM observation WHERE series = $1 AND time = $2',
    [key, new Date(ms).toISOString()],
  )
  return rows[0]
}

export type Newest = { key: number; ms: number; value: number | null; flag: number }

/** Newest row of each series in a window (both ends included) that ends at its own time; series without one are left out. */
export async function readNewestWithin(
  db: Queryable,
  wanted: { key: number; fromMs: number; toMs: number }[],
): Promise<Map<number, Newest>> {
  if (!wanted.length) return new Map()
  const { rows } = await db.query(
    `SELECT w.key, extract(epoch FROM o.time)::float8 * 1000 AS ms, o.value, o.flag
     FROM unnest($1::int[], $2::timestamptz[], $3::timestamptz[]) AS w(key, first, last)
     CROSS JOIN LATERAL (SELECT time, value, flag FROM observation WHERE series = w.key AND time BETWEEN w.first AND w.last
       ORDER BY time DESC LIMIT 1) o`,
    [
      wanted.map((w) => w.key),
      wanted.map((w) => new Date(w.fromMs).toISOString()),
      wanted.map((w) => new Date(w.toMs).toISOString()),
    ],
  )
  return new Map(rows.map((row) => [row.key, { ...row, ms: Math.round(row.ms) }]))
}
