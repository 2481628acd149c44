/** Canonical form (RFC 8785) of a body whose columns are typed arrays, without boxing a single value: the bodies of blocks. */
import { canonicalText } from './canonical.ts'

export type NumberColumn =
  | Float64Array
  | Float32Array
  | Int32Array
  | Uint32Array
  | Int16Array
  | Uint16Array
  | Int8Array
  | Uint8Array

/** ES number text has at most 25 characters (-0.0000012345678901234567); with the comma 26. */
const longestNumber = 26
const utf8 = new TextEncoder()

/**
 * The same bytes as `canonicalBytes({ ...header, ...columns })` with every column as a JSON array, NaN as null and -0 as 0.
 * Throws a TypeError for an infinity, for a name that stands in both, and as `canonicalText` does for the header.
 */
export function canonicalBlock(
  header: Record<string, unknown>,
  columns: Record<string, NumberColumn>,
): Uint8Array {
  const names = [...Object.keys(header), ...Object.keys(columns)].sort()
  const out = { bytes: new Uint8Array(1024), length: 0 }
  names.forEach((name, i) => {
    if (name === names[i - 1]) throw new TypeError(`no canonical form: ${name} is in the header and a column`)
    writeText(out, `${i ? ',' : '{'}${canonicalText(name)}:`)
    if (Object.hasOwn(columns, name)) writeColumn(out, name, columns[name])
    else writeText(out, memberText(name, header[name]))
  })
  writeText(out, names.length ? '}' : '{}')
  return out.bytes.slice(0, out.length)
}

type Out = { bytes: Uint8Array; length: number }

/** The member's value alone, through an object of one member so that a fault names its place. */
function memberText(name: string, value: unknown): string {
  return canonicalText({ [name]: value }).slice(canonicalText(name).length + 2, -1)
}

function makeRoom(out: Out, size: number) {
  if (out.length + size <= out.bytes.length) return
  const larger = new Uint8Array(Math.max(2 * out.bytes.length, out.length + size))
  larger.set(out.bytes.subarray(0, out.length))
  out.bytes = larger
}

function writeText(out: Out, text: string) {
  const encoded = utf8.encode(text)
  makeRoom(out, encoded.length)
  out.bytes.set(encoded, out.length)
  out.length += encoded.length
}

function writeColumn(out: Out, name: string, column: NumberColumn) {
  writeText(out, '[')
  for (let i = 0; i < column.length; i++) {
    makeRoom(out, longestNumber)
    if (i) out.bytes[out.length++] = 0x2c
    const value = column[i]
    if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY)
      throw new TypeError(`no canonical form: ${value} at /${name}/${i}`)
    out.length = writeNumber(out.bytes, out.length, value)
  }
  writeText(out, ']')
}

/** Writes one number and returns the position after it. */
function writeNumber(bytes: Uint8Array, start: number, value: number): number {
  let at = start
  if (Number.isNaN(value)) return writeAscii(bytes, at, 'null')
  const size = Math.abs(value)
  // Nearly all readings are whole or have up to three decimals. A decimal of at most 15 digits is the only one of its length
  // or shorter that reads back as its double, so it is also what ES writes; everything else goes the long way.
  if (Number.isSafeInteger(size)) {
    if (value < 0) bytes[at++] = 0x2d
    return writeWhole(bytes, at, size)
  }
  const thousandths = Math.round(size * 1000)
  if (size >= 1e12 || thousandths / 1000 !== size) return writeAscii(bytes, at, String(value))
  if (value < 0) bytes[at++] = 0x2d
  const whole = Math.floor(thousandths / 1000)
  const fraction = thousandths - whole * 1000
  at = writeWhole(bytes, at, whole)
  bytes[at++] = 0x2e
  bytes[at++] = 0x30 + Math.floor(fraction / 100)
  if (fraction % 100) bytes[at++] = 0x30 + (Math.floor(fraction / 10) % 10)
  if (fraction % 10) bytes[at++] = 0x30 + (fraction % 10)
  return at
}

function writeAscii(bytes: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i)
  return at + text.length
}

/** Digits of a whole number below 2^53, in two halves so that the loops divide small integers. */
function writeWhole(bytes: Uint8Array, at: number, value: number): number {
  if (value < 1e9) return writeSmall(bytes, at, value, 1)
  const upper = Math.floor(value / 1e9)
  return writeSmall(bytes, writeSmall(bytes, at, upper, 1), value - upper * 1e9, 9)
}

/** Digits of a whole number below 1e9, with zeros before it up to `width`. */
function writeSmall(bytes: Uint8Array, at: number, value: number, width: number): number {
  let digits = 1
  for (let power = 10; digits < 9 && value >= power; power *= 10) digits++
  if (digits < width) digits = width
  let rest = value | 0
  for (let i = digits - 1; i >= 0; i--) {
    const next = (rest / 10) | 0
    bytes[at + i] = 0x30 + rest - next * 10
    rest = next
  }
  return at + digits
}
