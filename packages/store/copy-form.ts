/** Rows in PostgreSQL's binary COPY form: encoded from columns, decoded back, byte for byte what the server itself sends. */

export type FieldType = 'int2' | 'int4' | 'int8' | 'float8' | 'time' | 'text'
/** A column of rows to encode: NaN of a float8 is null; a time is in ms since 1970. */
export type CopyColumn =
  | { type: Exclude<FieldType, 'text'>; at(row: number): number }
  | { type: 'text'; at(row: number): string }

// "PGCOPY\n\377\r\n\0", no flags, no extension; the trailer is -1.
export const copyHead = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
export const copyTail = Buffer.from('ffff', 'hex')

const microsecondsFrom1970To2000 = 946_684_800_000_000
const high = 2 ** 32
const chunkBytes = 1 << 19
const sizes: Record<Exclude<FieldType, 'text'>, number> = { int2: 2, int4: 4, int8: 8, float8: 8, time: 8 }

/**
 * Encodes `count` rows, in chunks of about half a megabyte, without head and tail.
 * @param room where the caller is through with a chunk before it asks for the next: every chunk is then written there
 */
export function* encodeRows(columns: CopyColumn[], count: number, room?: Buffer): Generator<Buffer> {
  const texts = new Map<string, Buffer>()
  const fixed = columns.reduce(
    (sum, column) => sum + 4 + (column.type === 'text' ? 0 : sizes[column.type]),
    2,
  )
  const newBuffer = (size: number) =>
    room && size <= room.length ? room : Buffer.allocUnsafe(Math.max(chunkBytes, size))
  let buffer = newBuffer(1)
  let at = 0
  for (let row = 0; row < count; row++) {
    let size = fixed
    for (const column of columns) if (column.type === 'text') size += textOf(column.at(row), texts).length
    if (at + size > buffer.length) {
      if (at > 0) yield buffer.subarray(0, at)
      buffer = newBuffer(size)
      at = 0
    }
    at = buffer.writeInt16BE(columns.length, at)
    for (const column of columns)
      at =
        column.type === 'text'
          ? writeText(buffer, at, textOf(column.at(row), texts))
          : writeNumber(buffer, at, column.type, column.at(row))
  }
  if (at > 0) yield buffer.subarray(0, at)
}

function textOf(text: string, known: Map<string, Buffer>): Buffer {
  let bytes = known.get(text)
  if (!bytes) {
    bytes = Buffer.from(text)
    known.set(text, bytes)
  }
  return bytes
}

function writeText(buffer: Buffer, start: number, text: Buffer): number {
  const at = buffer.writeInt32BE(text.length, start)
  return at + text.copy(buffer, at)
}

function writeNumber(buffer: Buffer, start: number, type: Exclude<FieldType, 'text'>, value: number): number {
  if (type === 'float8' && Number.isNaN(value)) return buffer.writeInt32BE(-1, start)
  const at = buffer.writeInt32BE(sizes[type], start)
  if (type === 'int2') return buffer.writeInt16BE(value, at)
  if (type === 'int4') return buffer.writeInt32BE(value, at)
  if (type === 'float8') return buffer.writeDoubleBE(value, at)
  // Split by hand: whole numbers below 2^53 need no BigInt, which is slow.
  const whole = type === 'time' ? value * 1000 - microsecondsFrom1970To2000 : value
  const upper = Math.floor(whole / high)
  buffer.writeInt32BE(upper, at)
  return buffer.writeUInt32BE(whole - upper * high, at + 4)
}

/** A decoded field: a number or text, null, or for a time the text of its exact microsecond. */
export type Field = number | string | null

/** Rows out of chunks that begin and end anywhere; head and tail are passed over. */
export async function* decodeRows(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  types: FieldType[],
): AsyncGenerator<Field[]> {
  let rest: Buffer = Buffer.alloc(0)
  let first = true
  for await (const chunk of chunks) {
    rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
    let at = 0
    if (first) {
      if (rest.length < copyHead.length) continue
      at = copyHead.length
      first = false
    }
    for (;;) {
      const row = decodeRow(rest, at, types)
      if (!row) break
      at = row.end
      if (row.fields) yield row.fields
      else return
    }
    rest = rest.subarray(at)
  }
}

function decodeRow(
  bytes: Buffer,
  start: number,
  types: FieldType[],
): { fields?: Field[]; end: number } | undefined {
  let at = start + 2
  if (bytes.length < at) return undefined
  if (bytes.readInt16BE(start) === -1) return { end: at }
  const fields: Field[] = []
  for (const type of types) {
    if (bytes.length < at + 4) return undefined
    const size = bytes.readInt32BE(at)
    at += 4
    if (bytes.length < at + Math.max(size, 0)) return undefined
    fields.push(size < 0 ? null : decodeField(bytes, at, size, type))
    at += Math.max(size, 0)
  }
  return { fields, end: at }
}

function decodeField(bytes: Buffer, at: number, size: number, type: FieldType): Field {
  if (type === 'text') return bytes.toString('utf8', at, at + size)
  if (type === 'int2') return bytes.readInt16BE(at)
  if (type === 'int4') return bytes.readInt32BE(at)
  if (type === 'float8') return bytes.readDoubleBE(at)
  const whole = bytes.readBigInt64BE(at)
  if (type === 'int8') return Number(whole)
  const since1970 = whole + BigInt(microsecondsFrom1970To2000)
  const micros = ((since1970 % 1000n) + 1000n) % 1000n
  const ms = Number((since1970 - micros) / 1000n)
  // Beyond what a date can say only a damaged table goes.
  if (Math.abs(ms) > 8.64e15) return String(since1970)
  const text = new Date(ms).toISOString()
  return micros === 0n ? text : `${text.slice(0, -1)}${String(micros).padStart(3, '0')}Z`
}
