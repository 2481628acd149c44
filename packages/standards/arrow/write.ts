/** Writes a series as an Arrow IPC stream: time (timestamp ms UTC), value (float64, NaN: missing), flag (uint8), rule (utf8). */
import {
  batchType,
  Column,
  columnFromArray,
  type DataType,
  float64,
  Table,
  TimeUnit,
  tableFromColumns,
  tableToIPC,
  timestamp,
  uint8,
  utf8,
} from '@uwdata/flechette'
import type { SeriesDescription, Served, ServedColumns } from '../served.ts'
import { toInt64 } from '../text/int64.ts'

export const arrowMediaType = 'application/vnd.apache.arrow.stream'
/** An end-of-stream message: continuation mark and length zero. */
const endBytes = 8

/** Bytes of the stream; each piece of columns becomes a record batch. The series stands as JSON in the schema's metadata. */
export async function* writeArrow(
  columns: Served,
  series: SeriesDescription,
  withRules = false,
): AsyncGenerator<Uint8Array> {
  let schemaBytes = 0
  let last: Uint8Array | undefined
  for await (const piece of columns) {
    if (piece.times.length === 0) continue
    const bytes = batchBytes(piece, series, withRules)
    // Every piece is encoded as a whole stream; of the second and later ones the schema message is left out.
    const from = schemaBytes
    if (schemaBytes === 0) schemaBytes = messageBytes(bytes)
    last = bytes.subarray(bytes.length - endBytes)
    yield bytes.subarray(from, bytes.length - endBytes)
  }
  yield last ?? batchBytes({ times: new Float64Array(0), values: new Float64Array(0) }, series, withRules)
}

function batchBytes(piece: ServedColumns, series: SeriesDescription, withRules: boolean): Uint8Array {
  const size = piece.times.length
  const children: [string, Column<unknown>][] = [
    ['time', plainColumn(timestamp(TimeUnit.MILLISECOND, 'UTC'), toInt64(piece.times))],
    ['value', plainColumn(float64(), piece.values)],
    ['flag', plainColumn(uint8(), piece.flags ?? new Uint8Array(size))],
  ]
  if (withRules) {
    const rules = piece.rules ?? new Array<null>(size).fill(null)
    children.push(['rule', size === 0 ? noText() : columnFromArray([...rules], utf8())])
  }
  const table = tableFromColumns(children)
  const described = new Table(
    { ...table.schema, metadata: new Map([['series', JSON.stringify(series)]]) },
    table.children,
  )
  const bytes = tableToIPC(described, { format: 'stream' })
  if (bytes === null) throw new Error('the Arrow encoder gave no bytes')
  return bytes
}

/** A column without nulls over an array as it is. */
function plainColumn(type: DataType, values: BigInt64Array | Float64Array | Uint8Array): Column<unknown> {
  const Batch = batchType(type)
  return new Column([
    new Batch({ length: values.length, nullCount: 0, type, validity: new Uint8Array(0), values } as never),
  ])
}

/** A text column of one batch without rows. */
function noText(): Column<unknown> {
  const type = utf8()
  const Batch = batchType(type)
  const empty = new Uint8Array(0)
  const offsets = new Int32Array(1)
  return new Column([
    new Batch({ length: 0, nullCount: 0, type, validity: empty, offsets, values: empty } as never),
  ])
}

/** Length of the first message of a stream: continuation mark, length, metadata. A schema has no body. */
function messageBytes(stream: Uint8Array): number {
  return 8 + new DataView(stream.buffer, stream.byteOffset, stream.byteLength).getInt32(4, true)
}
