/** Proves the tables of one series: their bytes, as the server sends them, are the bytes the fold gives. */
import {
  copyHead,
  copyTail,
  decodeRows,
  encodeRows,
  type Field,
  type FieldType,
} from '@lanmei/store/copy-form'
import { copySeries, readStateRow, type SeriesTable, seriesTables } from '@lanmei/store/verify-read'
import type { PoolClient } from 'pg'
import { Difference } from './difference.ts'
import type { SeriesFold } from './fold.ts'
import {
  flagRows,
  observationRows,
  stateOf,
  stateRow,
  supersededRows,
  type TableRows,
} from './series-tables.ts'

/** Throws the first difference between the tables and the fold. */
export async function proveSeries(
  client: PoolClient,
  series: string,
  key: number,
  fold: SeriesFold,
): Promise<void> {
  await proveTable(client, 'observation', series, key, () => observationRows(fold, key))
  await proveTable(client, 'observation_superseded', series, key, () => [supersededRows(fold, key)])
  await proveTable(client, 'observation_flag', series, key, () => [flagRows(fold, key)])
  const there = await readStateRow(client, key)
  if (!there) throw new Difference('table', 'series_state', `The table has no row for the series ${series}.`)
  for (const [name, expected] of Object.entries(stateRow(stateOf(fold, key))))
    if (there[name] !== expected)
      throw new Difference(
        'table',
        'series_state',
        `The table has ${name} ${there[name]} for the series ${series}, the journal says ${expected}.`,
      )
}

type Rows = () => Iterable<TableRows>

async function proveTable(
  client: PoolClient,
  table: SeriesTable,
  series: string,
  key: number,
  rows: Rows,
): Promise<void> {
  if (await sameBytes(framed(rows), copySeries(client, table, key))) return
  const { types, columns } = seriesTables[table]
  const sentence = await firstDifference(
    framed(rows),
    copySeries(client, table, key),
    [...types],
    [...columns],
  )
  throw new Difference('table', table, `Series ${series}: ${sentence}`)
}

function* framed(rows: Rows): Generator<Buffer> {
  const room = Buffer.allocUnsafe(1 << 18)
  yield copyHead
  for (const { columns, count } of rows()) yield* encodeRows(columns, count, room)
  yield copyTail
}

/** Compares two streams of bytes cut anywhere; reads the second to its end in any case. */
async function sameBytes(expected: Iterable<Buffer>, there: AsyncIterable<Buffer>): Promise<boolean> {
  const ours = expected[Symbol.iterator]()
  let rest: Buffer = Buffer.alloc(0)
  let same = true
  for await (let chunk of there) {
    while (same && chunk.length) {
      while (!rest.length) {
        const next = ours.next()
        if (next.done) break
        rest = next.value
      }
      const size = Math.min(rest.length, chunk.length)
      same = size > 0 && chunk.compare(rest, 0, size, 0, size) === 0
      rest = rest.subarray(size)
      chunk = chunk.subarray(size)
    }
  }
  return same && !rest.length && ours.next().done === true
}

/** Walks both row by row and says what the first unequal row is. */
async function firstDifference(
  expected: Iterable<Buffer>,
  there: AsyncIterable<Buffer>,
  types: FieldType[],
  names: string[],
): Promise<string> {
  const ours = decodeRows(expected, types)
  let found: string | undefined
  for await (const row of decodeToEnd(there, types)) {
    if (found) continue
    const { value: should } = (await ours.next()) as { value: Field[] | undefined }
    if (should && row.every((field, n) => Object.is(field, should[n]))) continue
    found = should
      ? `the table has ${words(row, names)}; the journal says ${words(should, names)}.`
      : `the table has ${words(row, names)}, which the journal does not know.`
  }
  if (found) return found
  const { value: missing } = (await ours.next()) as { value: Field[] | undefined }
  return missing ? `the table lacks ${words(missing, names)}.` : 'the bytes differ, the rows do not.'
}

/** All rows, reading on behind the tail: the connection is free only then. */
async function* decodeToEnd(chunks: AsyncIterable<Buffer>, types: FieldType[]): AsyncGenerator<Field[]> {
  const iterator = chunks[Symbol.asyncIterator]()
  const open = { [Symbol.asyncIterator]: () => ({ next: () => iterator.next() }) }
  yield* decodeRows(open, types)
  while (!(await iterator.next()).done);
}

function words(row: Field[], names: string[]): string {
  return names.flatMap((name, n) => (name === 'series' ? [] : [`${name} ${row[n] ?? 'nothing'}`])).join(', ')
}
