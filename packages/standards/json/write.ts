/** Writes a series as JSON: columns in one object, or one observation a line. */
import type { SeriesDescription, Served } from '../served.ts'
import { ByteOut } from '../text/byte-out.ts'

export const jsonMediaType = 'application/json'
export const jsonLinesMediaType = 'application/x-ndjson'
const pieceBytes = 1 << 16

/**
 * `{"series":{...},"times":["..."],"values":[...],"flags":[...]}`, missing values as null. Times go out as they come;
 * values and flags are held until the last time is out (9 bytes a value), since the columns stand one after the other.
 */
export async function* writeJson(
  columns: Served,
  series: SeriesDescription,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const out = new ByteOut(pieceBytes + 1024)
  const held: { values: Float64Array; flags: Uint8Array | undefined }[] = []
  let flagged = false
  out.text(`{"series":${JSON.stringify(series)},"times":[`)
  let first = true
  for await (const { times, values, flags } of columns) {
    held.push({ values, flags })
    flagged ||= flags !== undefined
    for (let i = 0; i < times.length; i++) {
      if (first) first = false
      else out.byte(44)
      out.byte(34)
      out.instant(times[i])
      out.byte(34)
      if (out.length >= pieceBytes) yield out.take()
    }
  }
  out.text('],"values":[')
  first = true
  for (const { values } of held) {
    for (let i = 0; i < values.length; i++) {
      if (first) first = false
      else out.byte(44)
      if (Number.isNaN(values[i])) out.text('null')
      else out.number(values[i])
      if (out.length >= pieceBytes) yield out.take()
    }
  }
  if (flagged) {
    out.text('],"flags":[')
    first = true
    for (const { values, flags } of held) {
      for (let i = 0; i < values.length; i++) {
        if (first) first = false
        else out.byte(44)
        out.byte(48 + (flags?.[i] ?? 0))
        if (out.length >= pieceBytes) yield out.take()
      }
    }
  }
  out.text(']}')
  yield out.take()
}

/** One `{"series":"...","time":"...","value":...,"flag":...}` a line, as our own reader takes it. */
export async function* writeJsonLines(
  columns: Served,
  series: SeriesDescription,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const out = new ByteOut(pieceBytes + 4096)
  const start = `{"series":${JSON.stringify(series.id)},"time":"`
  for await (const { times, values, flags } of columns) {
    for (let i = 0; i < times.length; i++) {
      out.text(start)
      out.instant(times[i])
      out.text('","value":')
      if (Number.isNaN(values[i])) out.text('null')
      else out.number(values[i])
      const flag = flags?.[i] ?? 0
      if (flag !== 0) {
        out.text(',"flag":')
        out.number(flag)
      }
      out.text('}\n')
      if (out.length >= pieceBytes) yield out.take()
    }
  }
  if (out.length > 0) yield out.take()
}
