/** Values as JSON in columns, streamed: all times, then all values, then all flags. */
import { ByteOut } from '@lanmei/standards/text/byte-out'
import type { ValuePart } from './value-part.ts'

type Head = { series: string; unit: string; origin: string; resolution: string }
type Parts = AsyncIterable<ValuePart>

const pieceBytes = 1 << 16
/** Rows held in memory for the columns after the first; with more, the rows are read again for each column. */
export const rowsHeld = 500_000
const comma = 44

/**
 * @param read gives the parts from the start, the same ones each time it is called
 */
export async function* valuesJson(head: Head, read: () => Parts): AsyncGenerator<Uint8Array> {
  const out = new ByteOut(pieceBytes + 4096)
  out.text(`${JSON.stringify(head).slice(0, -1)},"times":[`)
  let held: ValuePart[] | undefined = []
  let rows = 0
  let aggregated = false
  for await (const part of read()) {
    if (part.count === 0) continue
    aggregated ||= part.counts !== undefined
    if (rows > 0) out.byte(comma)
    rows += part.count
    if (rows > rowsHeld) held = undefined
    held?.push(part)
    if (out.length) yield out.take()
    yield wholeNumbers(part.times)
  }
  const again = () => held ?? read()
  yield* column(out, '],"values":[', again(), (part, i) => numberOrNull(out, part.values[i]))
  yield* column(out, '],"flags":[', again(), (part, i) => out.byte(48 + part.flags[i]))
  if (aggregated) {
    yield* column(out, '],"minimum":[', again(), (part, i) => numberOrNull(out, part.minimum?.[i]))
    yield* column(out, '],"maximum":[', again(), (part, i) => numberOrNull(out, part.maximum?.[i]))
    yield* column(out, '],"count":[', again(), (part, i) => out.number(part.counts?.[i] ?? 0))
  }
  out.text(']}')
  yield out.take()
}

async function* column(
  out: ByteOut,
  title: string,
  parts: Parts | Iterable<ValuePart>,
  write: (part: ValuePart, i: number) => void,
): AsyncGenerator<Uint8Array> {
  out.text(title)
  let first = true
  for await (const part of parts)
    for (let i = 0; i < part.count; i++) {
      if (first) first = false
      else out.byte(comma)
      write(part, i)
      if (out.length >= pieceBytes) yield out.take()
    }
}

function numberOrNull(out: ByteOut, value: number | undefined): void {
  if (value === undefined || Number.isNaN(value)) out.text('null')
  else out.number(value)
}

const half = 1e7

/** Whole numbers with commas between them. Times have 13 digits, too many for the quick ways of numbers with decimals. */
function wholeNumbers(times: Float64Array): Uint8Array {
  const bytes = new Uint8Array(times.length * 17)
  let at = 0
  for (let i = 0; i < times.length; i++) {
    if (i > 0) bytes[at++] = comma
    let value = times[i]
    if (value < 0) {
      bytes[at++] = 45
      value = -value
    }
    const upper = Math.floor(value / half)
    if (upper > 0) {
      at = digits(bytes, at, upper, 1)
      at = digits(bytes, at, value - upper * half, 7)
    } else at = digits(bytes, at, value, 1)
  }
  return bytes.subarray(0, at)
}

function digits(bytes: Uint8Array, at: number, value: number, least: number): number {
  let rest = value | 0
  let width = least
  for (let size = 10 ** least; rest >= size; size *= 10) width++
  const end = at + width
  for (let place = end - 1; place >= at; place--) {
    const next = (rest / 10) | 0
    bytes[place] = 48 + rest - next * 10
    rest = next
  }
  return end
}
