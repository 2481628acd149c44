/** What the bodies of journal entries say besides their columns: author, reason, comment. Entries never change, so it is kept. */
import type { Queryable } from '@lanmei/store/connect'
import { readEntry } from '@lanmei/store/journal-read'
import { openBody } from '../journal/journal.ts'
import { knownAnswers } from './known-answers.ts'

export type BodyHead = { author: string; reason?: string; comment?: string; source?: string }

export type BodyHeads = (db: Queryable, seq: number) => Promise<BodyHead>

export function openBodyHeads(): BodyHeads {
  const known = knownAnswers<BodyHead>(5000)
  return (db, seq) =>
    known(String(seq), async () => {
      const row = await readEntry(db, seq)
      if (!row) return { author: '' }
      const { author, reason, comment, source } = JSON.parse(openBody(row.body).toString()) as BodyHead
      return { author, reason, comment, source }
    })
}
