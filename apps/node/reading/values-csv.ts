/** Aggregates as CSV. Single values are written by the CSV standard; aggregates have columns of their own. */
import { ByteOut } from '@lanmei/standards/text/byte-out'
import type { ValuePart } from './value-part.ts'

const pieceBytes = 1 << 16

/** `time,value,minimum,maximum,count,flag`; the time is the start of the period. */
export async function* aggregatesCsv(
  parts: AsyncIterable<ValuePart>,
  simulated: boolean,
): AsyncGenerator<Uint8Array> {
  const out = new ByteOut(pieceBytes + 1024)
  if (simulated) out.text('# simulated, not observed\r\n')
  out.text('time,value,minimum,maximum,count,flag\r\n')
  for await (const { count, times, values, minimum, maximum, counts, flags } of parts)
    for (let i = 0; i < count; i++) {
      out.instant(times[i])
      for (const column of [values, minimum, maximum, counts, flags]) {
        out.byte(44)
        if (column && !Number.isNaN(column[i])) out.number(column[i])
      }
      out.text('\r\n')
      if (out.length >= pieceBytes) yield out.take()
    }
  yield out.take()
}
