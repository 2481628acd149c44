/** Reads many rows: `COPY (SELECT ...) TO STDOUT` in PostgreSQL's binary form, decoded from the socket's chunks into columns. */
import type { Connection, PoolClient } from 'pg'

/** Columns of one length. Times in ms since 1970, NaN for a null value; `flags` and `entries` are empty when not selected. */
export type RowBatch = {
  count: number
  times: Float64Array
  values: Float64Array
  flags: Uint8Array
  entries: Float64Array
}

const rowsPerBatch = 4096
// Batches that may wait for the reader before the socket is paused.
const waitingBatches = 4
// "PGCOPY\n\377\r\n\0", flags, length of the extension.
const headBytes = 19
const ms1970To2000 = 946_684_800_000
const high = 2 ** 32

/**
 * Rows of a SELECT with the columns time, value and, optionally, flag and entry (timestamptz, float8, int2, int8), in batches.
 * Memory is bounded: a slow reader stops the server. When the reader stops early or `signal` aborts, the connection is spoilt
 * (rows are still under way on it): release it with an error, so that the pool closes it.
 */
export async function* readRows(
  client: PoolClient,
  select: string,
  signal?: AbortSignal,
): AsyncGenerator<RowBatch, void, undefined> {
  signal?.throwIfAborted()
  const copy = copyOut(`COPY (${select}) TO STDOUT (FORMAT binary)`)
  const abort = () => copy.fail(signal?.reason)
  signal?.addEventListener('abort', abort, { once: true })
  client.query(copy.query)
  try {
    for (let batch = await copy.next(); batch; batch = await copy.next()) yield batch
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

/** One COPY as pg runs it (its dispatch calls the handle... functions), and the waiting batches. */
function copyOut(text: string) {
  const ready: RowBatch[] = []
  let rows = newRows()
  let socket: { pause(): void; resume(): void } | undefined
  let ended = false
  let failure: unknown
  let wake = () => {}

  const giveOut = () => {
    if (rows.count) ready.push(trimmed(rows))
    rows = newRows()
    if (ready.length >= waitingBatches && !ended) socket?.pause()
    wake()
  }
  const end = (error?: unknown) => {
    if (ended) return
    ended = true
    failure = error
    giveOut()
  }
  const query = {
    submit(connection: Connection & { query(text: string): void; stream: typeof socket }) {
      socket = connection.stream
      connection.query(text)
    },
    handleCopyData({ chunk }: { chunk: Buffer }) {
      if (ended) return
      decodeRow(chunk, chunk[0] === 0x50 ? headBytes : 0, rows)
      if (rows.count === rowsPerBatch) giveOut()
    },
    handleError: (error: Error) => end(error),
    handleReadyForQuery: () => end(),
    handleCommandComplete() {},
    handleRowDescription() {},
    handleDataRow() {},
    handleEmptyQuery() {},
    handlePortalSuspended() {},
  }
  return {
    query,
    fail: (error: unknown) => end(error ?? new Error('aborted')),
    async next(): Promise<RowBatch | undefined> {
      while (!ready.length && !ended)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      if (failure) throw failure
      const batch = ready.shift()
      if (ready.length < waitingBatches / 2) socket?.resume()
      return batch
    },
  }
}

function newRows(): RowBatch {
  return {
    count: 0,
    times: new Float64Array(rowsPerBatch),
    values: new Float64Array(rowsPerBatch),
    flags: new Uint8Array(rowsPerBatch),
    entries: new Float64Array(rowsPerBatch),
  }
}

function trimmed(rows: RowBatch): RowBatch {
  const { count, times, values, flags, entries } = rows
  if (count === rowsPerBatch) return rows
  return {
    count,
    times: times.subarray(0, count),
    values: values.subarray(0, count),
    flags: flags.subarray(0, count),
    entries: entries.subarray(0, count),
  }
}

/** Row: number of columns, then for each its length (-1: null) and bytes, all big-endian. The trailer has -1 columns. */
function decodeRow(bytes: Buffer, start: number, rows: RowBatch): void {
  const columns = bytes.readInt16BE(start)
  if (columns < 2) return
  const n = rows.count++
  let at = start + 6
  // Microseconds since 2000; exact up to the year 2255.
  const micros = bytes.readInt32BE(at) * high + bytes.readUInt32BE(at + 4)
  rows.times[n] = Math.floor(micros / 1000) + ms1970To2000
  at += 8
  if (bytes.readInt32BE(at) === -1) {
    rows.values[n] = Number.NaN
    at += 4
  } else {
    rows.values[n] = bytes.readDoubleBE(at + 4)
    at += 12
  }
  if (columns < 3) return
  rows.flags[n] = bytes[at + 5]
  if (columns > 3) rows.entries[n] = bytes.readInt32BE(at + 10) * high + bytes.readUInt32BE(at + 14)
}
