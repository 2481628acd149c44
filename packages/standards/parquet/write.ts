/** Writes a series as Parquet: time (timestamp ms UTC), value (double, null: missing), flag, rule; row group by row group. */
import { ByteWriter, ParquetWriter } from 'hyparquet-writer'
import type { SeriesDescription, Served, ServedColumns } from '../served.ts'
import { toInt64 } from '../text/int64.ts'

export const parquetMediaType = 'application/vnd.apache.parquet'
const groupRows = 100_000

/** Bytes of the file, a row group at a time. The series stands as JSON in the key-value metadata. */
export async function* writeParquet(
  columns: Served,
  series: SeriesDescription,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({
    writer,
    createdBy: 'lanmei',
    kvMetadata: [{ key: 'series', value: JSON.stringify(series) }],
    schema: [
      { name: 'root', num_children: 4 },
      {
        name: 'time',
        type: 'INT64',
        repetition_type: 'REQUIRED',
        logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
        converted_type: 'TIMESTAMP_MILLIS',
      },
      { name: 'value', type: 'DOUBLE', repetition_type: 'OPTIONAL' },
      { name: 'flag', type: 'INT32', repetition_type: 'REQUIRED' },
      { name: 'rule', type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type: 'OPTIONAL' },
    ],
  })
  let held: ServedColumns[] = []
  let rows = 0
  for await (const piece of columns) {
    held.push(piece)
    rows += piece.times.length
    if (rows < groupRows) continue
    await parquet.write({ columnData: columnData(held, rows), rowGroupSize: groupRows })
    held = []
    rows = 0
    yield take(writer)
  }
  if (rows > 0) await parquet.write({ columnData: columnData(held, rows), rowGroupSize: groupRows })
  await parquet.finish()
  yield take(writer)
}

/** The bytes so far; the writer keeps its count of them, which the offsets in the footer need. */
function take(writer: ByteWriter): Uint8Array<ArrayBuffer> {
  const taken = new Uint8Array(writer.getBytes())
  writer.index = 0
  return taken
}

function columnData(held: ServedColumns[], rows: number) {
  const times = new Float64Array(rows)
  const values = new Array<number | null>(rows)
  const flags = new Int32Array(rows)
  const rules = new Array<string | null>(rows).fill(null)
  let at = 0
  for (const piece of held) {
    times.set(piece.times, at)
    if (piece.flags) flags.set(piece.flags, at)
    for (let i = 0; i < piece.values.length; i++) {
      const value = piece.values[i]
      values[at + i] = Number.isNaN(value) ? null : value
      if (piece.rules) rules[at + i] = piece.rules[i]
    }
    at += piece.times.length
  }
  return [
    { name: 'time', data: toInt64(times) },
    { name: 'value', data: values },
    { name: 'flag', data: flags },
    { name: 'rule', data: rules },
  ]
}
