/** Whole tables out and in again, for backups: which there are, in an order that references allow, with their own columns. */
import type { PoolClient } from 'pg'
import type { Queryable } from './connect.ts'
import { ownMigrations } from './migrate.ts'
import { copyOut } from './verify-read.ts'

export type TableShape = { name: string; columns: string[] }

const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`

/** All tables of the node with the columns that can be written, those that others refer to first. */
export async function listTables(db: Queryable): Promise<TableShape[]> {
  const { rows } = await db.query(
    `SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns,
       ARRAY(SELECT DISTINCT r.relname::text FROM pg_constraint k JOIN pg_class r ON r.oid = k.confrelid
             WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confrelid <> c.oid) AS needs
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     GROUP BY c.oid, c.relname ORDER BY c.relname`,
  )
  const waiting: (TableShape & { needs: string[] })[] = rows
  const ordered: TableShape[] = []
  while (waiting.length) {
    const next = waiting.findIndex(({ needs }) =>
      needs.every((need) => ordered.some(({ name }) => name === need)),
    )
    const [{ name, columns }] = waiting.splice(Math.max(next, 0), 1)
    ordered.push({ name, columns })
  }
  return ordered
}

/** Bytes of all rows of a table. */
export function copyTableOut(client: PoolClient, { name, columns }: TableShape): AsyncIterable<Buffer> {
  return copyOut(client, `SELECT ${columns.map(quoted).join(', ')} FROM ONLY ${quoted(name)}`)
}

/** The statement that takes such bytes in. */
export function copyTableIn({ name, columns }: TableShape): string {
  return `COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) FROM STDIN (FORMAT binary)`
}

export async function countRows(db: Queryable, { name }: TableShape): Promise<number> {
  const { rows } = await db.query(`SELECT count(*) AS rows FROM ONLY ${quoted(name)}`)
  return rows[0].rows
}

/** Numbers of the migrations that were run. */
export async function readMigrations(db: Queryable): Promise<number[]> {
  const { rows } = await db.query('SELECT number FROM migration ORDER BY number')
  return rows.map((row) => row.number)
}

/** Whether this program knows all these migrations. */
export function knowsMigrations(numbers: number[]): boolean {
  const own = new Set(ownMigrations().map(({ number }) => number))
  return numbers.every((number) => own.has(number))
}

/** Removes all tables, and makes them anew empty as they were after these migrations; the queue of work is forgotten. */
export async function makeTablesAnew(db: Queryable, migrations: number[]): Promise<void> {
  await db.query('DROP SCHEMA IF EXISTS pgboss CASCADE')
  for (const { name } of await listTables(db)) await db.query(`DROP TABLE IF EXISTS ${quoted(name)} CASCADE`)
  await db.query(
    'CREATE TABLE migration (number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
  )
  const wanted = new Set(migrations)
  for (const migration of ownMigrations()) if (wanted.has(migration.number)) await db.query(migration.sql)
}

/** Lets numbers that count by themselves go on behind the highest that is there. */
export async function continueSequences(db: Queryable): Promise<void> {
  const { rows } = await db.query(
    `SELECT table_name::text AS name, column_name::text AS column FROM information_schema.columns
     WHERE table_schema = 'public' AND is_identity = 'YES'`,
  )
  for (const { name, column } of rows)
    await db.query(
      `SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoted(column)}), 0) + 1, false) FROM ${quoted(name)}`,
      [quoted(name), column],
    )
}

/** Whether somebody would lose something: entries in the journal, or people. */
export async function isEmptyNode(db: Queryable): Promise<boolean> {
  const { rows } = await db.query(
    'SELECT NOT EXISTS (SELECT 1 FROM journal_entry) AND NOT EXISTS (SELECT 1 FROM person) AS empty',
  )
  return rows[0].empty
}
