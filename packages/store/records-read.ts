/** Reading records: pages of a kind, one, its history. */
import type { Queryable } from './connect.ts'

export type RecordRow = {
  kind: string
  id: string
  version: number
  schema: number
  owner: string
  author: string
  ended: boolean
  fields: Record<string, unknown>
  entry: number
  at: Date
  audience: string
}

const columns = 'kind, id, version, schema, owner, author, ended, fields, entry, at, audience'

/** Present versions of a kind by id, after the id where the last page ended; only those of the audiences. */
export async function listRecords(
  db: Queryable,
  kind: string,
  audiences: readonly string[],
  after: string | undefined,
  limit: number,
): Promise<RecordRow[]> {
  const { rows } = await db.query(
    `SELECT ${columns} FROM (
       SELECT DISTINCT ON (id) ${columns} FROM record_version WHERE kind = $1 AND ($3::text IS NULL OR id > $3)
       ORDER BY id, version DESC) r
     WHERE audience = ANY ($2) ORDER BY id LIMIT $4`,
    [kind, audiences, after ?? null, limit],
  )
  return rows
}

/** All versions of a record, newest first. */
export async function recordHistory(
  db: Queryable,
  kind: string,
  id: string,
  limit = 1000,
): Promise<RecordRow[]> {
  const { rows } = await db.query(
    `SELECT ${columns} FROM record_version WHERE kind = $1 AND id = $2 ORDER BY version DESC LIMIT $3`,
    [kind, id, limit],
  )
  return rows
}
