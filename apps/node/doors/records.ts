/** Records of every kind over HTTP. */
import { recordsGet, recordsHistory, recordsList, recordsWrite } from '@lanmei/api/contract/records'
import type { AnswerOf } from '@lanmei/api/route'
import { kinds } from '@lanmei/model/kinds'
import { problem } from '@lanmei/model/problem'
import { isId, migrate } from '@lanmei/model/record'
import { listRecords, type RecordRow, recordHistory } from '@lanmei/store/records-read'
import type { Context } from '../context.ts'
import { type Asker, type Binding, bind } from '../http/bind.ts'
import { checkRight, everyArea } from '../http/rights.ts'
import { writeRecords } from '../records/write.ts'

export function recordDoors(context: Context): Binding[] {
  const { pool } = context.store
  const versionsOf = async (kind: string, id: string, asker: Asker, limit?: number) => {
    checkKind(kind)
    const rows = await recordHistory(pool, kind, id, limit)
    // A record somebody may not read is not there for him.
    if (!rows.length || !audiencesOf(asker).includes(rows[0].audience))
      throw problem('not-found', { kind, id })
    return rows
  }
  return [
    bind(recordsList, async ({ parameters: { kind }, query: { cursor, limit = 100 }, asker }) => {
      checkKind(kind)
      if (cursor !== undefined && !isId(cursor))
        throw problem('invalid-parameter', { field: 'cursor', expected: 'the `next` of an answer' })
      const rows = await listRecords(pool, kind, audiencesOf(asker), cursor, limit)
      const last = rows.at(-1)
      return { records: rows.map(shown), ...(last && rows.length === limit ? { next: last.id } : {}) }
    }),
    bind(recordsGet, async ({ parameters: { kind, id }, asker }) =>
      shown((await versionsOf(kind, id, asker, 1))[0]),
    ),
    bind(recordsHistory, async ({ parameters: { kind, id }, asker }) => ({
      records: (await versionsOf(kind, id, asker))
        .filter((row) => audiencesOf(asker).includes(row.audience))
        .map(shown),
    })),
    bind(recordsWrite, async ({ parameters: { kind, id }, body, asker }) => {
      checkKind(kind)
      // Roles decide about rights, so they are an administrator's.
      checkRight(kind === 'role' ? 'administrator' : 'officer', asker, areaOf(kind))
      await writeRecords(context, asker.author, [{ kind, id, owner: context.journal.node, ...body }])
      return shown((await versionsOf(kind, id, asker, 1))[0])
    }),
  ]
}

/** Kinds that belong to the area of the observations; the others concern all areas. */
const waterKinds = new Set([
  'station',
  'series',
  'observed-property',
  'sensor',
  'rating-curve',
  'thresholds',
  'reservoir',
])
function areaOf(kind: string): string {
  return waterKinds.has(kind) ? 'water' : everyArea
}

function checkKind(kind: string): void {
  if (!Object.hasOwn(kinds, kind)) throw problem('record-kind-unknown', { kind })
}

/** What an asker may read: everybody what is public, the node's own people everything. */
function audiencesOf(asker: Asker): string[] {
  return asker.duty === 'none' ? ['public'] : ['public', 'agreed', 'own']
}

/** As shown: fields under the present version of the schema, whichever they were written under. */
function shown({ schema, audience: _, at, ...row }: RecordRow): AnswerOf<typeof recordsGet> {
  return { ...row, fields: migrate(kinds[row.kind], schema, row.fields), at: at.toISOString() }
}
