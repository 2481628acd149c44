/** Writes a series as CSV: `time,value,flag,rule`; times RFC 3339 in UTC, missing values as empty cells, CR LF as RFC 4180 asks. */
import type { Served } from '../served.ts'
import { ByteOut } from '../text/byte-out.ts'

export const csvMediaType = 'text/csv; charset=utf-8; header=present'
const pieceBytes = 1 << 16

/** Bytes of the file, piece by piece. `comment` lines stand first with `# ` before them. */
export async function* writeCsv(
  columns: Served,
  comment: readonly string[] = [],
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const out = new ByteOut(pieceBytes + 1024)
  for (const line of comment) out.text(`# ${line.replaceAll(/[\r\n]+/g, ' ')}\r\n`)
  out.text('time,value,flag,rule\r\n')
  for await (const { times, values, flags, rules } of columns) {
    for (let i = 0; i < times.length; i++) {
      out.instant(times[i])
      out.byte(44)
      if (!Number.isNaN(values[i])) out.number(values[i])
      out.byte(44)
      const flag = flags?.[i] ?? 0
      if (flag !== 0) out.number(flag)
      out.byte(44)
      const rule = rules?.[i]
      if (rule) out.text(quoted(rule))
      out.byte(13)
      out.byte(10)
      if (out.length >= pieceBytes) yield out.take()
    }
  }
  if (out.length > 0) yield out.take()
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
