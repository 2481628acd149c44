/** Which series got values since an entry of the journal. */
import type { Queryable } from './connect.ts'

/** Ids of series with a block in entries `from` and later, and the size of the journal they were looked up in. */
export async function seriesSince(db: Queryable, from: number): Promise<{ series: string[]; size: number }> {
  const head = await db.query('SELECT coalesce(max(size), 0) AS size FROM journal_head')
  const size: number = head.rows[0].size
  const { rows } = await db.query(
    "SELECT DISTINCT id FROM journal_entry WHERE seq >= $1 AND seq < $2 AND kind = 'block' ORDER BY id",
    [from, size],
  )
  return { series: rows.map((row) => row.id), size }
}
