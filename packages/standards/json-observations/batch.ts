/** Our own JSON of observations: blocks and single observations, as the interface takes them and files hold them. */
import { earliestMs, latestMs } from '@lanmei/model/instant'
import type { NoticeCode } from '@lanmei/model/notice'
import type { ReadEvent, SeriesHint } from '@lanmei/model/reading'
import type { NoticeBook } from '../notice-book.ts'
import type { SeriesBuffer, SeriesBuffers } from '../profile-csv/series-buffers.ts'
import { valueReader } from '../profile-csv/value.ts'
import { parseZoned } from '../text/time.ts'

const reader = valueReader({})

/** Fields of a series from its id, `[party/]station.property.procedure`. The id itself is what counts. */
export function fieldsOfSeries(id: string): Omit<SeriesHint, 'key'> {
  const parts = id.slice(id.indexOf('/') + 1).split('.')
  const procedure = parts.length > 2 ? parts.pop() : undefined
  const property = parts.length > 1 ? parts.pop() : undefined
  return {
    series: id,
    station: parts.join('.'),
    ...(property ? { property } : {}),
    ...(procedure ? { procedure } : {}),
  }
}

/** Milliseconds of an RFC 3339 text with a zone, or of a whole number of milliseconds; NaN with the fault otherwise. */
export function instantOf(given: unknown): { ms: number; fault?: NoticeCode } {
  const ms =
    typeof given === 'string' ? parseZoned(given) : Number.isInteger(given) ? (given as number) : Number.NaN
  if (Number.isNaN(ms)) return { ms, fault: 'malformed-time' }
  return ms >= earliestMs && ms < latestMs ? { ms } : { ms: Number.NaN, fault: 'time-out-of-range' }
}

/** Takes values into buffers; what cannot be taken becomes a notice whose `line` is the number of the item or line. */
export class BatchTaker {
  private readonly buffers: SeriesBuffers
  private readonly book: NoticeBook

  constructor(buffers: SeriesBuffers, book: NoticeBook) {
    this.buffers = buffers
    this.book = book
  }

  /** One `{ series, time, value, flag? }`. */
  observation(item: unknown, line: number, path: string): void {
    const { series, time, value, flag } = isObject(item) ? item : {}
    const to = this.series(series, line, path, 1)
    if (to) this.value(to, time, value, flag, line, path)
  }

  /** One `{ series, times, values, flags? }`; columns of different lengths refuse the block as a whole. */
  *block(item: unknown, line: number, path: string): Generator<ReadEvent> {
    const { series, times, values, flags } = isObject(item) ? item : {}
    const sizes = [times, values].map((column) => (Array.isArray(column) ? column.length : 0))
    const size = Math.max(...sizes)
    if (!Array.isArray(times) || !Array.isArray(values) || sizes[0] !== sizes[1] || !flagsFit(flags, size)) {
      this.book.add('malformed-record', {
        line,
        column: path,
        expected: 'times, values and flags as lists of one length',
        read: `times ${sizes[0]}, values ${sizes[1]}`,
        refused: size,
      })
      return
    }
    const to = this.series(series, line, path, size)
    if (!to) return
    for (let i = 0; i < size; i++) {
      this.value(to, times[i], values[i], Array.isArray(flags) ? flags[i] : undefined, line, `${path}[${i}]`)
      if (this.buffers.due) {
        yield* this.buffers.drain()
        yield* this.book.take()
      }
    }
  }

  private series(id: unknown, line: number, path: string, refused: number): SeriesBuffer | undefined {
    if (typeof id !== 'string' || id === '' || id.length > 300) {
      this.book.add('malformed-record', {
        line,
        column: `${path}.series`,
        expected: 'id of a series',
        read: show(id),
        refused,
      })
      return undefined
    }
    const to = this.buffers.series(fieldsOfSeries(id))
    if (to === undefined) this.book.add('too-many-series', { line, column: path, refused })
    return to
  }

  private value(
    to: SeriesBuffer,
    time: unknown,
    given: unknown,
    flag: unknown,
    line: number,
    path: string,
  ): void {
    const { ms, fault } = instantOf(time)
    const place = { line, column: path, series: to.hint.key, refused: 1 }
    if (fault !== undefined) {
      this.book.add(fault, {
        ...place,
        read: show(time),
        expected: 'RFC 3339 with a zone, or milliseconds since 1970',
      })
      return
    }
    if (given !== null && (typeof given !== 'number' || !Number.isFinite(given))) {
      this.book.add('malformed-number', {
        ...place,
        read: show(given),
        expected: 'a number, or null for missing',
      })
      return
    }
    let code = 0
    if (flag !== undefined && flag !== null) {
      const known =
        typeof flag === 'string' || typeof flag === 'number' ? reader.flag(String(flag)) : undefined
      if (known === undefined)
        this.book.addOnce('unknown-flag', { line, column: path, read: show(flag) }, show(flag))
      code = known ?? 0
    }
    this.buffers.push(to, ms, given ?? Number.NaN, line, code)
  }
}

function flagsFit(flags: unknown, size: number): boolean {
  return flags === undefined || flags === null || (Array.isArray(flags) && flags.length === size)
}

export function isObject(given: unknown): given is Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given)
}

/** What was read, short; never throws. */
export function show(given: unknown): string {
  if (given === undefined) return 'nothing'
  if (typeof given === 'string') return given.slice(0, 100)
  return isObject(given) ? 'an object' : Array.isArray(given) ? 'a list' : String(given).slice(0, 100)
}
