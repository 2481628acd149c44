/** Reads of the journal for those who check it: one entry, a checkpoint, the newest size. */
import type { Queryable } from './connect.ts'
import { type CheckpointRow, type EntryRow, readEntries } from './journal.ts'

export async function readEntry(db: Queryable, seq: number): Promise<EntryRow | undefined> {
  const [row] = await readEntries(db, seq, 1, true)
  return row?.seq === seq ? row : undefined
}

/** The newest checkpoint, or the one of exactly this size. */
export async function readCheckpoint(db: Queryable, size?: number): Promise<CheckpointRow | undefined> {
  const { rows } = await db.query(
    `SELECT size, at, root, note FROM journal_checkpoint WHERE $1::bigint IS NULL OR size = $1 ORDER BY size DESC LIMIT 1`,
    [size ?? null],
  )
  return rows[0] && { ...rows[0], at: rows[0].at.toISOString() }
}
