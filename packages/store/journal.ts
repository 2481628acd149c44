/** The journal's tables: lock the head, append, and read back in order. What an entry or a tree is, others know. */
import type { Queryable } from './connect.ts'

export type EntryRow = {
  seq: number
  /** RFC 3339 UTC with milliseconds, exactly as hashed. */
  at: string
  kind: string
  id: string
  version: number
  audience: string
  commitment: Buffer
  leaf: Buffer
  salt: Buffer
  /** Canonical body as stored: see the journal. */
  body: Buffer
}
export type NodeRow = { level: number; index: number; hash: Uint8Array }
export type CheckpointRow = { size: number; at: string; root: Buffer; note: string }
export type Head = { node: string; size: number; atMs: number }

/** Makes the head row of a new store, or gives the one that is there. */
export async function readHead(db: Queryable, node: string): Promise<Head> {
  await db.query('INSERT INTO journal_head (node) VALUES ($1) ON CONFLICT DO NOTHING', [node])
  return headFrom((await db.query(`SELECT ${headColumns} FROM journal_head`)).rows[0])
}

/** Locks the head until the transaction ends: appenders stand in line, so entries become visible in order. */
export async function lockHead(db: Queryable): Promise<Head> {
  return headFrom((await db.query(`SELECT ${headColumns} FROM journal_head FOR UPDATE`)).rows[0])
}

const headColumns =
  'node, size, CASE WHEN isfinite(at) THEN extract(epoch FROM at) * 1000 ELSE 0 END::float8 AS at_ms'
function headFrom(row: { node: string; size: number; at_ms: number }): Head {
  return { node: row.node, size: row.size, atMs: row.at_ms }
}

/** Hashes at these places of the tree, in the order asked; a missing one is undefined. */
export async function readNodes(
  db: Queryable,
  places: { level: number; index: number }[],
): Promise<(Uint8Array | undefined)[]> {
  if (!places.length) return []
  const { rows } = await db.query(
    `SELECT p.n, j.hash FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS p(level, index, n)
     LEFT JOIN journal_node j ON j.level = p.level AND j.index = p.index ORDER BY p.n`,
    [places.map((p) => p.level), places.map((p) => p.index)],
  )
  return rows.map((row) => row.hash ?? undefined)
}

const columnsPerEntry = 10
const entriesPerStatement = 400

/** Writes entries, tree nodes, the checkpoint and the new head. Only while the head is locked. */
export async function appendRows(
  db: Queryable,
  entries: EntryRow[],
  nodes: NodeRow[],
  checkpoint: CheckpointRow,
): Promise<void> {
  for (let i = 0; i < entries.length; i += entriesPerStatement) {
    const part = entries.slice(i, i + entriesPerStatement)
    const places = part.map(
      (_, n) =>
        `(${Array.from({ length: columnsPerEntry }, (_, c) => `$${n * columnsPerEntry + c + 1}`).join(',')})`,
    )
    await db.query(
      `INSERT INTO journal_entry (seq, at, kind, id, version, audience, commitment, leaf, salt, body) VALUES ${places.join(',')}`,
      part.flatMap((e) => [
        e.seq,
        e.at,
        e.kind,
        e.id,
        e.version,
        e.audience,
        e.commitment,
        e.leaf,
        e.salt,
        e.body,
      ]),
    )
  }
  await db.query(
    `INSERT INTO journal_node (level, index, hash) SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bytea[])`,
    [nodes.map((n) => n.level), nodes.map((n) => n.index), nodes.map((n) => Buffer.from(n.hash))],
  )
  await db.query('INSERT INTO journal_checkpoint (size, at, root, note) VALUES ($1, $2, $3, $4)', [
    checkpoint.size,
    checkpoint.at,
    checkpoint.root,
    checkpoint.note,
  ])
  await db.query('UPDATE journal_head SET size = $1, at = $2', [checkpoint.size, checkpoint.at])
  await db.query("SELECT pg_notify('lanmei_journal', $1)", [JSON.stringify({ size: checkpoint.size })])
}

/** Entries from `from` on, in order, at most `limit`. */
export async function readEntries(
  db: Queryable,
  from: number,
  limit: number,
  withBodies: boolean,
): Promise<EntryRow[]> {
  const { rows } = await db.query(
    `SELECT seq, at, kind, id, version, audience, commitment, leaf, salt, ${withBodies ? 'body' : "''::bytea AS body"}
     FROM journal_entry WHERE seq >= $1 ORDER BY seq LIMIT $2`,
    [from, limit],
  )
  return rows.map(entryFrom)
}

/** Entries of one subject (a series' blocks and flaggings, a record's versions) after `after`, in order. */
export async function readSubject(
  db: Queryable,
  kinds: string[],
  id: string,
  after: number,
  limit: number,
): Promise<EntryRow[]> {
  const { rows } = await db.query(
    `SELECT seq, at, kind, id, version, audience, commitment, leaf, salt, body
     FROM journal_entry WHERE kind = ANY($1) AND id = $2 AND seq > $3 ORDER BY seq LIMIT $4`,
    [kinds, id, after, limit],
  )
  return rows.map(entryFrom)
}

/** Checkpoints with a size above `after`, in order. */
export async function readCheckpoints(db: Queryable, after: number, limit: number): Promise<CheckpointRow[]> {
  const { rows } = await db.query(
    'SELECT size, at, root, note FROM journal_checkpoint WHERE size > $1 ORDER BY size LIMIT $2',
    [after, limit],
  )
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }))
}

function entryFrom(row: Omit<EntryRow, 'at'> & { at: Date }): EntryRow {
  return { ...row, at: row.at.toISOString() }
}
