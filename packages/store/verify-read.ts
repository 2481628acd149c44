/** Reads for the proof of the store: whole tables in a fixed order, exactly as they stand. */
import type { PoolClient } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Queryable } from './connect.ts'
import type { FieldType } from './copy-form.ts'

/** Bytes of `COPY (select) TO STDOUT (FORMAT binary)`; read them to the end. */
export function copyOut(client: PoolClient, select: string): AsyncIterable<Buffer> {
  return client.query(copyTo(`COPY (${select}) TO STDOUT (FORMAT binary)`)) as AsyncIterable<Buffer>
}

/** The tables of a series that follow from its journal entries: their columns in order, and the order of their rows. */
export const seriesTables = {
  observation: {
    columns: ['series', 'time', 'value', 'flag', 'entry'],
    types: ['int4', 'time', 'float8', 'int2', 'int8'] as FieldType[],
    order: 'time',
  },
  observation_superseded: {
    columns: ['series', 'time', 'entry', 'superseded_by', 'value', 'flag'],
    types: ['int4', 'time', 'int8', 'int8', 'float8', 'int2'] as FieldType[],
    order: 'superseded_by, time',
  },
  observation_flag: {
    columns: ['series', 'time', 'entry', 'flag', 'rule'],
    types: ['int4', 'time', 'int8', 'int2', 'text'] as FieldType[],
    order: 'entry, time',
  },
} as const
export type SeriesTable = keyof typeof seriesTables

/** Rows of one series in one of these tables. */
export function copySeries(client: PoolClient, table: SeriesTable, key: number): AsyncIterable<Buffer> {
  const { columns, order } = seriesTables[table]
  return copyOut(
    client,
    `SELECT ${columns.join(', ')} FROM ${table} WHERE series = ${Math.trunc(key)} ORDER BY ${order}`,
  )
}

/** Opens the one snapshot that a whole proof reads: nothing that is written meanwhile disturbs it. */
export async function beginSnapshot(client: PoolClient): Promise<void> {
  await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY')
}

/** Rows of a query in portions, inside a transaction; several may be open at once on one connection. */
export async function* rowsOf<Row>(db: Queryable, name: string, select: string): AsyncGenerator<Row> {
  await db.query(`DECLARE ${name} NO SCROLL CURSOR FOR ${select}`)
  for (;;) {
    const { rows } = await db.query(`FETCH 500 FROM ${name}`)
    if (!rows.length) break
    yield* rows as Row[]
  }
  await db.query(`CLOSE ${name}`)
}

/** Records as they stand, in the order of the journal. */
export const recordVersions =
  'SELECT kind, id, version, schema, owner, author, ended, fields, entry, at, audience FROM record_version ORDER BY entry, kind, id'
/** Numbers of series, in their order. */
export const seriesKeysInOrder = 'SELECT key, id FROM series_key ORDER BY key, id'

/** State of a series as it stands, times as text of their exact microsecond; undefined when there is none. */
export async function readStateRow(
  db: Queryable,
  key: number,
): Promise<Record<string, number | string | null> | undefined> {
  const instant = (column: string) =>
    `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS ${column}`
  const { rows } = await db.query(
    `SELECT blocks, flaggings, rows, count, revisions, suspect, ${instant('first_time')}, ${instant('last_time')},
       last_value, last_flag, minimum, maximum, last_entry, ${instant('received_at')} FROM series_state WHERE series = $1`,
    [key],
  )
  return rows[0]
}

/** A row that belongs to no series, in the first table where there is one. */
export async function findOrphan(db: Queryable): Promise<{ table: string; series: number } | undefined> {
  for (const table of [...Object.keys(seriesTables), 'series_state']) {
    const { rows } = await db.query(
      `SELECT o.series FROM ${table} o WHERE NOT EXISTS (SELECT 1 FROM series_key k WHERE k.key = o.series) LIMIT 1`,
    )
    if (rows.length) return { table, series: rows[0].series }
  }
  return undefined
}

/** Tables whose times have more than the milliseconds that are hashed; a time read into the program would lose them. */
export async function findSplitMillisecond(db: Queryable): Promise<string | undefined> {
  for (const table of ['journal_entry', 'journal_checkpoint', 'journal_head', 'record_version']) {
    const { rows } = await db.query(
      `SELECT 1 FROM ${table} WHERE isfinite(at) AND at <> date_trunc('milliseconds', at) LIMIT 1`,
    )
    if (rows.length) return table
  }
  return undefined
}

/** The head as it stands, and how many hashes of the tree are kept; neither made nor locked here. */
export async function readHeadAndNodes(
  db: Queryable,
): Promise<{ node: string; size: number; at: Date | null; nodes: number } | undefined> {
  const { rows } = await db.query(
    `SELECT node, size, CASE WHEN isfinite(at) THEN at END AS at, (SELECT count(*) FROM journal_node) AS nodes FROM journal_head`,
  )
  return rows[0]
}
