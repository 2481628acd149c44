/** Present records with what the journal says of them: stations, series, thresholds and whatever else a page shows. */
import type { Queryable } from './connect.ts'

export type RecordRow = {
  kind: string
  id: string
  version: number
  schema: number
  owner: string
  ended: boolean
  fields: Record<string, unknown>
  entry: number
  audience: string
}

/** The newest version of every record of these kinds, ended ones too, as far as it was written by entry `sinceEntry` or later. */
export async function readRecordsSince(
  db: Queryable,
  kinds: readonly string[],
  sinceEntry: number,
): Promise<RecordRow[]> {
  const { rows } = await db.query(
    `SELECT DISTINCT ON (kind, id) kind, id, version, schema, owner, ended, fields, entry, audience
     FROM record_version WHERE kind = ANY($1) AND entry >= $2 ORDER BY kind, id, version DESC`,
    [kinds, sinceEntry],
  )
  return rows
}
