/** The tables of records: every version, and the present one. */
import type { Queryable } from './connect.ts'

export type VersionRow = {
  kind: string
  id: string
  version: number
  schema: number
  owner: string
  author: string
  ended: boolean
  fields: Record<string, unknown>
  entry: number
  at: string
  audience: string
}
export type Present = {
  version: number
  owner: string
  ended: boolean
  fields: Record<string, unknown>
  entry: number
}

/** Present versions of the named records, by `kind/id`. */
export async function presentVersions(
  db: Queryable,
  names: { kind: string; id: string }[],
): Promise<Map<string, Present>> {
  const { rows } = await db.query(
    `SELECT DISTINCT ON (r.kind, r.id) r.kind, r.id, r.version, r.owner, r.ended, r.fields, r.entry
     FROM unnest($1::text[], $2::text[]) AS n(kind, id) JOIN record_version r USING (kind, id) ORDER BY r.kind, r.id, r.version DESC`,
    [names.map((n) => n.kind), names.map((n) => n.id)],
  )
  return new Map(rows.map((row) => [`${row.kind}/${row.id}`, row]))
}

/** Writes versions as the journal says them. */
export async function insertVersions(db: Queryable, versions: VersionRow[]): Promise<void> {
  if (!versions.length) return
  await db.query(
    `INSERT INTO record_version (kind, id, version, schema, owner, author, ended, fields, entry, at, audience)
     SELECT * FROM unnest($1::text[], $2::text[], $3::int[], $4::int[], $5::text[], $6::text[], $7::boolean[], $8::jsonb[], $9::bigint[], $10::timestamptz[], $11::text[])`,
    [
      versions.map((v) => v.kind),
      versions.map((v) => v.id),
      versions.map((v) => v.version),
      versions.map((v) => v.schema),
      versions.map((v) => v.owner),
      versions.map((v) => v.author),
      versions.map((v) => v.ended),
      versions.map((v) => JSON.stringify(v.fields)),
      versions.map((v) => v.entry),
      versions.map((v) => v.at),
      versions.map((v) => v.audience),
    ],
  )
}

/** Present records of a kind that are not ended, by id. */
export async function recordsOfKind(db: Queryable, kind: string): Promise<(Present & { id: string })[]> {
  const { rows } = await db.query(
    `SELECT id, version, owner, ended, fields, entry FROM (SELECT DISTINCT ON (id) * FROM record_version WHERE kind = $1 ORDER BY id, version DESC) r
     WHERE NOT ended ORDER BY id`,
    [kind],
  )
  return rows
}

/** Authors of the present versions of the named records, by `kind/id`. */
export async function presentAuthors(
  db: Queryable,
  names: { kind: string; id: string }[],
): Promise<Map<string, string>> {
  const { rows } = await db.query(
    `SELECT DISTINCT ON (r.kind, r.id) r.kind, r.id, r.author
     FROM unnest($1::text[], $2::text[]) AS n(kind, id) JOIN record_version r USING (kind, id) ORDER BY r.kind, r.id, r.version DESC`,
    [names.map((n) => n.kind), names.map((n) => n.id)],
  )
  return new Map(rows.map((row) => [`${row.kind}/${row.id}`, row.author]))
}
