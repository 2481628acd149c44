/** Writes rows into `observation` through COPY in PostgreSQL's binary form: the fastest door there is. */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import { startCopyIn } from './copy-start.ts'

/** Rows of one series for the table. NaN in `values` becomes null; `flags` and `times` have its length. */
export type ObservationRows = {
  series: number
  entry: number
  times: Float64Array
  values: Float64Array
  flags: Uint8Array
}

// "PGCOPY\n\377\r\n\0", no flags, no extension; the trailer is -1.
const head = Buffer.from('5047434f50590aff0d0a000000000000000000', 'hex')
const tail = Buffer.from('ffff', 'hex')
const microsecondsFrom1970To2000 = 946_684_800_000_000
const bytesPerRow = 2 + 8 + 12 + 12 + 6 + 12
const rowsPerChunk = 8192
// More than this on its way when PostgreSQL refuses (a full disk) was seen to leave the connection waiting for ever.
const mostWaitingBytes = 2 << 20

/**
 * Copies rows into `observation`. Throws what PostgreSQL says, e.g. when a (series, time) is already there.
 * @param onSent called when everything is on its way: from then on PostgreSQL works and the caller need not
 */
export async function copyObservations(
  client: PoolClient,
  parts: ObservationRows[],
  onSent?: () => void,
): Promise<void> {
  const copy = 'COPY observation (series, time, value, flag, entry) FROM STDIN (FORMAT binary)'
  const stream = startCopyIn(client, copy, { highWaterMark: 1 << 20 })
  const done = finished(stream)
  // The rejection is awaited below; without this a failure while we wait for room would count as unhandled.
  done.catch(() => {})
  stream.write(head)
  let waiting = 0
  for (const part of parts) {
    for (let start = 0; start < part.times.length; start += rowsPerChunk) {
      const chunk = encodeRows(part, start, Math.min(start + rowsPerChunk, part.times.length))
      waiting += chunk.length
      if (!stream.write(chunk) && waiting > mostWaitingBytes) {
        await Promise.race([once(stream, 'drain'), done])
        waiting = 0
      }
    }
  }
  stream.end(tail)
  onSent?.()
  await done
}

/** Rows [start, end) in the binary form. */
export function encodeRows(part: ObservationRows, start: number, end: number): Buffer {
  const buffer = Buffer.allocUnsafe((end - start) * bytesPerRow)
  const view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length)
  const entryHigh = Math.floor(part.entry / 4294967296)
  const entryLow = part.entry % 4294967296
  let at = 0
  for (let i = start; i < end; i++) {
    view.setInt16(at, 5)
    view.setInt32(at + 2, 4)
    view.setInt32(at + 6, part.series)
    // A time in microseconds fits 2^53 for the years stored; split by hand because BigInt is slow.
    const microseconds = part.times[i] * 1000 - microsecondsFrom1970To2000
    const high = Math.floor(microseconds / 4294967296)
    view.setInt32(at + 10, 8)
    view.setInt32(at + 14, high)
    view.setUint32(at + 18, microseconds - high * 4294967296)
    at += 22
    const value = part.values[i]
    if (Number.isNaN(value)) {
      view.setInt32(at, -1)
      at += 4
    } else {
      view.setInt32(at, 8)
      view.setFloat64(at + 4, value)
      at += 12
    }
    view.setInt32(at, 2)
    view.setInt16(at + 4, part.flags[i])
    view.setInt32(at + 6, 8)
    view.setInt32(at + 10, entryHigh)
    view.setUint32(at + 14, entryLow)
    at += 18
  }
  return buffer.subarray(0, at)
}
