/** Proves the table of records: each version equals the body of its entry, and there are no others. */
import { canonicalText } from '@lanmei/exchange/canonical'
import type { Queryable } from '@lanmei/store/connect'
import type { EntryRow } from '@lanmei/store/journal'
import type { VersionRow } from '@lanmei/store/records'
import { recordVersions, rowsOf } from '@lanmei/store/verify-read'
import { versionRow } from '../records/write.ts'
import { named, openRecord } from './body.ts'
import { Difference } from './difference.ts'

type Row = Omit<VersionRow, 'at'> & { at: Date }

/** Takes entries of records in order; `end` finds rows that no entry gives. */
export function recordProof(db: Queryable): { entry(row: EntryRow): Promise<void>; end(): Promise<number> } {
  const rows = rowsOf<Row>(db, 'proof_records', recordVersions)
  let count = 0
  return {
    async entry(row) {
      const expected = versionRow(openRecord(row), row.seq, row.at, row.audience)
      const { value } = await rows.next()
      compare(row, expected, value ? { ...value, at: value.at.toISOString() } : undefined)
      count++
    },
    async end() {
      const { value } = await rows.next()
      if (value)
        throw new Difference(
          'table',
          'record_version',
          `The table has ${value.kind} ${value.id}, version ${value.version}, from entry ${value.entry}, which is no such record.`,
        )
      return count
    },
  }
}

function compare(row: EntryRow, expected: VersionRow, there: VersionRow | undefined): void {
  if (!there || there.entry !== row.seq)
    throw new Difference('table', 'record_version', `The table has no row for ${named(row)}.`)
  for (const name of Object.keys(expected) as (keyof VersionRow)[])
    if (canonicalText(there[name]) !== canonicalText(expected[name]))
      throw new Difference(
        'table',
        'record_version',
        `The table differs from ${named(row)} in ${name}: it has ${short(there[name])}, the journal says ${short(expected[name])}.`,
      )
}

function short(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > 120 ? `${text.slice(0, 119)}…` : text
}
