/** Bodies of entries as a proof opens them: unpacked, committed to, canonical, and fitting their schema. */
import { canonicalBytes } from '@lanmei/exchange/canonical'
import { canonicalBlock } from '@lanmei/exchange/canonical-block'
import { commitmentOf } from '@lanmei/exchange/commitment'
import { BlockBody, FlaggingBody } from '@lanmei/model/block'
import { kinds } from '@lanmei/model/kinds'
import { migrate, RecordBody } from '@lanmei/model/record'
import type { EntryRow } from '@lanmei/store/journal'
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { openBody } from '../journal/journal.ts'
import { type BodyColumns, readBodyColumns } from './body-columns.ts'
import { Difference } from './difference.ts'

/** How a sentence names an entry. */
export function named({ seq, kind, id, version }: EntryRow): string {
  return `entry ${seq} (${kind} ${id}, version ${version})`
}

/** The canonical bytes of a body; checked against the commitment of its entry. */
export function unpackBody(row: EntryRow): Buffer {
  let body: Buffer
  try {
    body = openBody(row.body)
  } catch {
    throw new Difference('body', 'journal_entry', `The body of ${named(row)} cannot be unpacked.`)
  }
  if (row.salt.length !== 32 || commitmentOf(row.salt, body) !== row.commitment.toString('hex'))
    throw new Difference(
      'body',
      'journal_entry',
      `Salt and body of ${named(row)} do not give the commitment that stands in the entry.`,
    )
  return body
}

type Check = { Check(value: unknown): boolean; Errors(value: unknown): { instancePath: string }[] }
const compiled = new Map<string, Check>()
function checkOf(name: string, schema: TSchema): Check {
  let check = compiled.get(name)
  if (!check) {
    check = Compile(schema) as unknown as Check
    compiled.set(name, check)
  }
  return check
}

function parse(row: EntryRow, body: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    throw new Difference('body', 'journal_entry', `The body of ${named(row)} is no JSON.`)
  }
}

function fit(row: EntryRow, name: string, schema: TSchema, value: unknown): void {
  const check = checkOf(name, schema)
  if (check.Check(value)) return
  const where = check.Errors(value)[0]?.instancePath || '/'
  throw new Difference(
    'body',
    'journal_entry',
    `The body of ${named(row)} does not fit its schema at ${where}.`,
  )
}

function sameForm(row: EntryRow, body: Buffer, form: Uint8Array): void {
  if (!body.equals(form))
    throw new Difference('body', 'journal_entry', `The body of ${named(row)} is not in canonical form.`)
}

/** A block's or flagging's body with its columns as typed arrays; NaN is a missing value. */
export type ColumnBody = {
  checked?: string[]
  rules?: string[]
  times: Float64Array
  values?: Float64Array
  flags?: Float64Array
  rule?: Float64Array
}

/** The body of a block or a flagging. */
export function openColumns(row: EntryRow): ColumnBody {
  const bytes = unpackBody(row)
  let read: BodyColumns
  try {
    read = readBodyColumns(bytes)
  } catch {
    throw new Difference('body', 'journal_entry', `The body of ${named(row)} is no JSON.`)
  }
  const { header, columns } = read
  fit(row, row.kind, row.kind === 'block' ? BlockBody : FlaggingBody, header)
  const others = Object.fromEntries(Object.entries(header).filter(([name]) => !(name in columns)))
  sameForm(row, bytes, canonicalBlock(others, columns))
  for (const [name, column] of Object.entries(columns))
    if (name !== 'values' && !column.every(Number.isInteger))
      throw new Difference(
        'body',
        'journal_entry',
        `The body of ${named(row)} does not fit its schema at /${name}.`,
      )
  if (header.series !== row.id)
    throw new Difference(
      'body',
      'journal_entry',
      `The body of ${named(row)} is of the series ${header.series}.`,
    )
  return { ...others, ...columns } as unknown as ColumnBody
}

/** The body of a record. */
export function openRecord(row: EntryRow): RecordBody {
  const bytes = unpackBody(row)
  const body = parse(row, bytes)
  fit(row, 'record', RecordBody, body)
  sameForm(row, bytes, canonicalBytes(body))
  const record = body as RecordBody
  const kind = kinds[row.kind]
  if (!kind) throw new Difference('body', 'journal_entry', `There is no kind of record as in ${named(row)}.`)
  if (record.kind !== row.kind || record.id !== row.id || record.version !== row.version)
    throw new Difference(
      'body',
      'journal_entry',
      `The body of ${named(row)} says it is ${record.kind} ${record.id}, version ${record.version}.`,
    )
  if (record.schema > kind.version)
    throw new Difference(
      'body',
      'journal_entry',
      `${named(row)} was written under schema ${record.schema}, which this program does not know.`,
    )
  fit(row, row.kind, kind.schema, migrate(kind, record.schema, record.fields))
  return record
}
