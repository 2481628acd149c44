/** Writes records: checks the schema, signs the new version into the journal and shows it in the tables. */
import { canonicalBytes } from '@lanmei/exchange/canonical'
import { kinds } from '@lanmei/model/kinds'
import { problem } from '@lanmei/model/problem'
import { type Audience, isId, type RecordBody } from '@lanmei/model/record'
import { type Store, transaction } from '@lanmei/store/connect'
import { insertVersions, presentVersions, type VersionRow } from '@lanmei/store/records'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import type { Journal, JournalItem } from '../journal/journal.ts'

export type RecordWrite = {
  kind: string
  id: string
  owner: string
  fields: Record<string, unknown>
  /** Version this one follows (0: a new record); absent: whatever is there. */
  after?: number
  ended?: boolean
  audience?: Audience
}
export type Written = { kind: string; id: string; version: number; entry: number; changed: boolean }

const checks = new Map<
  string,
  { Check(value: unknown): boolean; Errors(value: unknown): { instancePath: string; message: string }[] }
>()
function checkOf(kind: string) {
  const known = kinds[kind]
  if (!known) throw problem('record-kind-unknown', { kind })
  let check = checks.get(kind)
  if (!check) {
    check = Compile(known.schema as TSchema) as unknown as NonNullable<typeof check>
    checks.set(kind, check)
  }
  return check
}

/** Throws record-invalid, naming the first faulty field, when a record does not fit its kind. */
export function checkRecord(item: RecordWrite): void {
  const check = checkOf(item.kind)
  if (!isId(item.id))
    throw problem('record-invalid', {
      kind: item.kind,
      id: item.id,
      field: 'id',
      expected: 'letters, digits, . _ : -',
    })
  if (check.Check(item.fields)) return
  const first = check.Errors(item.fields)[0]
  throw problem('record-invalid', {
    kind: item.kind,
    id: item.id,
    field: first?.instancePath || '/',
    reason: first?.message,
  })
}

/**
 * Writes new versions of records in one transaction: all or none. A record equal to the one that is there is left alone.
 * @throws record-invalid, record-kind-unknown, conflict
 */
export async function writeRecords(
  { store, journal }: { store: Store; journal: Journal },
  author: string,
  items: RecordWrite[],
): Promise<Written[]> {
  for (const item of items) checkRecord(item)
  if (!items.length) return []
  return transaction(store, async (client) => {
    await journal.lock(client)
    const present = await presentVersions(client, items)
    const written: Written[] = []
    const entries: { item: JournalItem; body: RecordBody; place: number }[] = []
    for (const item of items) {
      const key = `${item.kind}/${item.id}`
      const before = present.get(key)
      if (item.after !== undefined && item.after !== (before?.version ?? 0))
        throw problem('conflict', {
          kind: item.kind,
          id: item.id,
          version: before?.version ?? 0,
          expected: item.after,
        })
      const ended = item.ended ?? false
      if (before && before.owner !== item.owner)
        throw problem('conflict', {
          kind: item.kind,
          id: item.id,
          reason: 'it belongs to another owner',
          owner: before.owner,
        })
      if (before && before.ended === ended && sameFields(before.fields, item.fields)) {
        written.push({
          kind: item.kind,
          id: item.id,
          version: before.version,
          entry: before.entry,
          changed: false,
        })
        continue
      }
      const version = (before?.version ?? 0) + 1
      const body: RecordBody = {
        kind: item.kind,
        schema: kinds[item.kind].version,
        id: item.id,
        version,
        owner: item.owner,
        author,
        ...(ended ? { ended } : {}),
        fields: item.fields,
      }
      present.set(key, { version, owner: item.owner, ended, fields: item.fields, entry: -1 })
      entries.push({
        item: {
          kind: item.kind,
          id: item.id,
          version,
          audience: item.audience ?? 'public',
          body: canonicalBytes(body),
        },
        body,
        place: written.push({ kind: item.kind, id: item.id, version, entry: -1, changed: true }) - 1,
      })
    }
    const { first, at } = await journal.append(
      client,
      entries.map((entry) => entry.item),
    )
    entries.forEach((entry, n) => {
      written[entry.place].entry = first + n
    })
    await insertVersions(
      client,
      entries.map((entry, n) => versionRow(entry.body, first + n, at, entry.item.audience)),
    )
    return written
  })
}

/** A row of `record_version` out of a body: what the table says of an entry. */
export function versionRow(body: RecordBody, entry: number, at: string, audience: string): VersionRow {
  const { kind, id, version, schema, owner, author, fields } = body
  return { kind, id, version, schema, owner, author, ended: body.ended ?? false, fields, entry, at, audience }
}

function sameFields(a: unknown, b: unknown): boolean {
  return Buffer.compare(canonicalBytes(a), canonicalBytes(b)) === 0
}
