/** Brings the tables forward on every start: numbered SQL files, each run once, in one transaction each. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from '@lanmei/model/problem'
import { type Store, transaction } from './connect.ts'

const folder = join(import.meta.dirname, 'migrations')

export type Migration = { number: number; name: string; sql: string; sha256: string }

/** The migrations that this program brings, in order. */
export function ownMigrations(): Migration[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.sql$/.test(file))
    .sort()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return {
        number: Number(name.slice(0, 4)),
        name,
        sql,
        sha256: createHash('sha256').update(sql).digest('hex'),
      }
    })
}

/**
 * Runs what is missing. Safe when several processes start at once.
 * @returns names of the migrations run
 * @throws store-newer when the store has migrations this program does not know, or one of them was changed
 */
export async function migrateStore(store: Store): Promise<string[]> {
  const own = ownMigrations()
  return transaction(store, async (client) => {
    await client.query('SELECT pg_advisory_xact_lock(7104921)')
    await client.query(
      'CREATE TABLE IF NOT EXISTS migration (number integer PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, at timestamptz NOT NULL DEFAULT now())',
    )
    const { rows } = await client.query('SELECT number, name, sha256 FROM migration ORDER BY number')
    for (const row of rows) {
      const known = own.find((migration) => migration.number === row.number)
      if (!known) throw problem('store-newer', { migration: row.name })
      if (known.sha256 !== row.sha256)
        throw problem('store-newer', {
          migration: row.name,
          reason: 'its text differs from the one that was run',
        })
    }
    const done = new Set(rows.map((row) => row.number))
    const run: string[] = []
    for (const migration of own) {
      if (done.has(migration.number)) continue
      await client.query(migration.sql)
      await client.query('INSERT INTO migration (number, name, sha256) VALUES ($1, $2, $3)', [
        migration.number,
        migration.name,
        migration.sha256,
      ])
      run.push(migration.name)
    }
    return run
  })
}
