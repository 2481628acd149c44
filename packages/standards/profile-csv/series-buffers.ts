/** Rows of several series gathered into columns and handed on as events; memory stays bounded however many series there are. */
import type { ReadEvent, SeriesHint } from '@lanmei/model/reading'

const rowsAtMost = 16_384
const heldAtMost = 1 << 18
export const mostSeries = 20_000

export type SeriesBuffer = {
  hint: SeriesHint
  announced: boolean
  count: number
  times: Float64Array
  values: Float64Array
  lines: Uint32Array
  flags: Uint8Array | undefined
}

/** Key of a series inside a source. */
export function keyOf(hint: Omit<SeriesHint, 'key'>): string {
  return hint.series ?? [hint.station, hint.property ?? '', hint.procedure ?? ''].join('|')
}

export class SeriesBuffers {
  private readonly byKey = new Map<string, SeriesBuffer>()
  private readonly type: 'values' | 'flags'
  private readonly full: SeriesBuffer[] = []
  private held = 0
  /** Values taken so far. */
  total = 0

  constructor(type: 'values' | 'flags' = 'values') {
    this.type = type
  }

  /** The buffer of a series; undefined when there would be too many of them. */
  series(fields: Omit<SeriesHint, 'key'>): SeriesBuffer | undefined {
    let key = keyOf(fields)
    let buffer = this.byKey.get(key)
    // A file may change its unit from row to row: values in one unit must not pass for values in another.
    if (buffer !== undefined && buffer.hint.unit !== fields.unit) {
      key = `${key}|${fields.unit ?? ''}`
      buffer = this.byKey.get(key)
    }
    if (buffer === undefined) {
      if (this.byKey.size >= mostSeries) return undefined
      buffer = { hint: { key, ...fields }, announced: false, ...columns(64) }
      this.byKey.set(key, buffer)
    }
    return buffer
  }

  push(to: SeriesBuffer, ms: number, value: number, line: number, flag = 0): void {
    if (to.count === to.times.length) grow(to)
    const row = to.count++
    to.times[row] = ms
    to.values[row] = value
    to.lines[row] = line
    if (flag !== 0) {
      to.flags ??= new Uint8Array(to.times.length)
      to.flags[row] = flag
    }
    this.held++
    this.total++
    if (to.count === rowsAtMost) this.full.push(to)
  }

  /** True when there is something that should go out before more is read. */
  get due(): boolean {
    return this.full.length > 0 || this.held >= heldAtMost
  }

  /** The events of what is full, or of everything. Buffers are never used again. */
  *drain(everything = false): Generator<ReadEvent> {
    const all = everything || this.held >= heldAtMost
    for (const buffer of all ? this.byKey.values() : this.full) {
      if (buffer.count === 0) continue
      if (!buffer.announced) {
        buffer.announced = true
        yield { type: 'series', hint: buffer.hint }
      }
      const { count } = buffer
      this.held -= count
      const times = buffer.times.subarray(0, count)
      const lines = buffer.lines.subarray(0, count)
      const flags = buffer.flags?.subarray(0, count)
      const { key } = buffer.hint
      if (this.type === 'flags')
        yield { type: 'flags', key, times, lines, flags: flags ?? new Uint8Array(count) }
      else {
        const values = buffer.values.subarray(0, count)
        yield flags
          ? { type: 'values', key, times, values, lines, flags }
          : { type: 'values', key, times, values, lines }
      }
      Object.assign(buffer, columns(Math.min(rowsAtMost, Math.max(64, count))))
    }
    this.full.length = 0
  }
}

function columns(size: number) {
  return {
    count: 0,
    times: new Float64Array(size),
    values: new Float64Array(size),
    lines: new Uint32Array(size),
    flags: undefined,
  }
}

function grow(buffer: SeriesBuffer): void {
  const size = Math.min(buffer.times.length * 4, Math.max(rowsAtMost, buffer.times.length * 2))
  const { times, values, lines, flags } = buffer
  buffer.times = new Float64Array(size)
  buffer.times.set(times)
  buffer.values = new Float64Array(size)
  buffer.values.set(values)
  buffer.lines = new Uint32Array(size)
  buffer.lines.set(lines)
  if (flags) {
    buffer.flags = new Uint8Array(size)
    buffer.flags.set(flags)
  }
}
