/** Outlines of long series: of each span of time the first, lowest, highest and last value, so that a zoom reads little. */
import { downsampling } from '@lanmei/kernels/statistics/downsampling'
import type { RowBatch } from '@lanmei/store/copy-reader'

/**
 * The kernel of downsampling keeps times and values. A flag travels in the lowest bits of its time, which keeps the order
 * of times and stays exact: times of our range have 43 bits, doubles hold 53.
 */
const flagRoom = 16
const pack = (ms: number, flag: number) => ms * flagRoom + flag

export type Points = { count: number; times: Float64Array; values: Float64Array; flags: Uint8Array }

/** Takes rows and gives at most four points for each of the equal parts of the span from `fromMs` to `toMs` (not included). */
export function flaggedDownsampling(fromMs: number, toMs: number, parts: number) {
  const kept = downsampling(pack(fromMs, 0), pack(toMs, 0), parts)
  return {
    add({ count, times, values, flags }: Pick<RowBatch, 'count' | 'times' | 'values' | 'flags'>) {
      const packed = new Float64Array(count)
      for (let i = 0; i < count; i++) packed[i] = pack(times[i], flags[i])
      kept.add(packed, values)
    },
    finish(): Points {
      const { times: packed, values } = kept.finish()
      const times = new Float64Array(packed.length)
      const flags = new Uint8Array(packed.length)
      for (let i = 0; i < packed.length; i++) {
        times[i] = Math.floor(packed[i] / flagRoom)
        flags[i] = packed[i] - times[i] * flagRoom
      }
      return { count: times.length, times, values, flags }
    },
  }
}

/** An outline: points in order of time, spans aligned to multiples of `spanMs` since 1970. */
export type Outline = { spanMs: number; points: Points }

/** Series with fewer rows are read whole at every zoom. */
export const rowsWithoutOutline = 100_000
const rowsPerSpan = 32
const spansPerRun = 20_000

/** Span for a series: about 32 of its rows, at least a minute, whole seconds. */
export function spanOf(rows: number, firstMs: number, lastMs: number): number {
  const seconds = ((lastMs - firstMs) / 1000 / rows) * rowsPerSpan
  return Math.max(60, Math.ceil(seconds)) * 1000
}

/** Makes an outline of rows in order of time. */
export async function makeOutline(rows: AsyncIterable<RowBatch>, spanMs: number): Promise<Outline> {
  const runs: Points[] = []
  const runMs = spanMs * spansPerRun
  let end = -Infinity
  let run: ReturnType<typeof flaggedDownsampling> | undefined
  for await (const batch of rows) {
    for (let i = 0; i < batch.count; ) {
      if (!(batch.times[i] < end)) {
        if (run) runs.push(run.finish())
        const start = Math.floor(batch.times[i] / spanMs) * spanMs
        end = start + runMs
        run = flaggedDownsampling(start, end, spansPerRun)
      }
      let to = i
      while (to < batch.count && batch.times[to] < end) to++
      run?.add(part(batch, i, to))
      i = to
    }
  }
  if (run) runs.push(run.finish())
  return { spanMs, points: join(runs) }
}

function part(batch: Points, from: number, to: number): Points {
  return {
    count: to - from,
    times: batch.times.subarray(from, to),
    values: batch.values.subarray(from, to),
    flags: batch.flags.subarray(from, to),
  }
}

/** The points from `fromMs` up to, but without, `toMs`. */
export function cutPoints(points: Points, fromMs: number, toMs: number): Points {
  return part(points, lowerBound(points.times, fromMs), lowerBound(points.times, toMs))
}

function lowerBound(times: Float64Array, ms: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (times[middle] < ms) low = middle + 1
    else high = middle
  }
  return low
}

export function join(parts: Points[]): Points {
  const count = parts.reduce((sum, { count }) => sum + count, 0)
  const times = new Float64Array(count)
  const values = new Float64Array(count)
  const flags = new Uint8Array(count)
  let at = 0
  for (const piece of parts) {
    times.set(piece.times, at)
    values.set(piece.values, at)
    flags.set(piece.flags, at)
    at += piece.count
  }
  return { count, times, values, flags }
}

/** Outline to and from the bytes kept in the table: packed times, then values, float64 little-endian. */
export function outlineBytes({ points: { count, times, values, flags } }: Outline): Buffer {
  const columns = new Float64Array(count * 2)
  for (let i = 0; i < count; i++) columns[i] = pack(times[i], flags[i])
  columns.set(values, count)
  return Buffer.from(columns.buffer)
}

export function outlineFrom(bytes: Buffer, spanMs: number): Outline {
  // The bytes of a query's answer need not lie where doubles may.
  const columns = new Float64Array(new Uint8Array(bytes).buffer)
  const count = columns.length / 2
  const times = new Float64Array(count)
  const flags = new Uint8Array(count)
  for (let i = 0; i < count; i++) {
    times[i] = Math.floor(columns[i] / flagRoom)
    flags[i] = columns[i] - times[i] * flagRoom
  }
  return { spanMs, points: { count, times, values: columns.slice(count), flags } }
}
