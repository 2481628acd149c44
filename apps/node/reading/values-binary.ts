/** Values in the form the portal reads without parsing: little-endian columns, part by part, as the contract says. */
import { endianness } from 'node:os'
import type { ValuePart } from './value-part.ts'

const rowBytes = 8 + 8 + 1
const end = new Uint8Array(8)

/** Per part: uint32 n, n float64 times, n float64 values, n uint8 flags, zeros up to a multiple of 8 bytes; n = 0 ends. */
export async function* valuesBinary(parts: AsyncIterable<ValuePart>): AsyncGenerator<Uint8Array> {
  for await (const { count, times, values, flags } of parts) {
    if (count === 0) continue
    const bytes = new Uint8Array(Math.ceil((4 + count * rowBytes) / 8) * 8)
    new DataView(bytes.buffer).setUint32(0, count, true)
    bytes.set(littleEndian(times), 4)
    bytes.set(littleEndian(values), 4 + count * 8)
    bytes.set(flags, 4 + count * 16)
    yield bytes
  }
  yield end
}

function littleEndian(column: Float64Array): Uint8Array {
  if (endianness() === 'LE') return new Uint8Array(column.buffer, column.byteOffset, column.byteLength)
  const bytes = new Uint8Array(column.byteLength)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < column.length; i++) view.setFloat64(i * 8, column[i], true)
  return bytes
}
