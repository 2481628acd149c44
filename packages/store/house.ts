/** What a node remembers about itself: party, languages, set-up, last backup. Names and JSON values. */
import type { Queryable } from './connect.ts'

/** A remembered value; undefined when there is none. */
export async function readHouse(client: Queryable, name: string): Promise<unknown> {
  const { rows } = await client.query('SELECT value FROM house WHERE name = $1', [name])
  return rows[0]?.value
}

export async function writeHouse(client: Queryable, name: string, value: unknown): Promise<void> {
  await client.query(
    'INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    [name, JSON.stringify(value)],
  )
}

/** Writes a value only when there is none; true when it was written. Waits for another transaction that is about to write it. */
export async function claimHouse(client: Queryable, name: string, value: unknown): Promise<boolean> {
  const { rowCount } = await client.query(
    'INSERT INTO house (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING',
    [name, JSON.stringify(value)],
  )
  return rowCount === 1
}
