/** Times from bytes: ISO dates and date-times, dates written day or month first, compact ones, and clocks; with day caching. */
import { parseInstant } from '@lanmei/model/instant'
import { digits, type ParsedTime, parseClock } from './clock.ts'

/** How dates are written. `month` is year and month; `compact` is yyyymmdd with hhmm or hhmmss after it. */
export const timeFormats = [
  'iso',
  'dmy',
  'mdy',
  'ymd',
  'month',
  'compact',
  'excel-serial',
  'unix-seconds',
  'unix-milliseconds',
] as const
export type TimeFormat = (typeof timeFormats)[number]

export const dayMs = 86_400_000

/**
 * Makes a parser of one format. The result object is used again at every call: read it before the next one.
 * The last day is remembered, since neighbouring lines mostly share it.
 */
export function timeParser(
  format: TimeFormat,
  yearsAhead = 0,
): (b: Uint8Array, s: number, e: number) => ParsedTime {
  const result: ParsedTime = { ms: Number.NaN, hasClock: false, hasZone: false, fault: undefined }
  let cachedKey = -1
  let cachedMidnight = 0

  const midnight = (year: number, month: number, day: number): number => {
    const key = (year * 16 + month) * 32 + day
    if (key === cachedKey) return cachedMidnight
    const ms = dayStart(year - yearsAhead, month, day)
    if (!Number.isNaN(ms)) {
      cachedKey = key
      cachedMidnight = ms
    }
    return ms
  }

  const fail = (fault: 'malformed-time' | 'impossible-date'): ParsedTime => {
    result.ms = Number.NaN
    result.fault = fault
    return result
  }

  const finish = (b: Uint8Array, at: number, end: number, y: number, m: number, d: number): ParsedTime => {
    result.hasClock = false
    result.hasZone = false
    result.fault = undefined
    let rest = 0
    if (at < end) {
      if (b[at] !== 84 && b[at] !== 116 && b[at] !== 32) return fail('malformed-time')
      rest = parseClock(b, at + 1, end, result)
      if (Number.isNaN(rest)) return fail(result.fault ?? 'malformed-time')
    }
    const start = midnight(y, m, d)
    if (Number.isNaN(start)) return fail('impossible-date')
    result.ms = start + rest
    return result
  }

  return (b, s, e) => {
    let at = s
    let end = e
    while (at < end && (b[at] === 32 || b[at] === 9)) at++
    while (end > at && (b[end - 1] === 32 || b[end - 1] === 9)) end--
    switch (format) {
      case 'iso': {
        if (end - at < 10 || b[at + 4] !== 45 || b[at + 7] !== 45) return fail('malformed-time')
        const y = digits(b, at, 4)
        const m = digits(b, at + 5, 2)
        const d = digits(b, at + 8, 2)
        if (y < 0 || m < 0 || d < 0) return fail('malformed-time')
        return finish(b, at + 10, end, y, m, d)
      }
      case 'compact': {
        const width = end - at
        if (width !== 8 && width !== 12 && width !== 14) return fail('malformed-time')
        for (let i = at; i < end; i++) if (b[i] < 48 || b[i] > 57) return fail('malformed-time')
        result.hasClock = width > 8
        result.hasZone = false
        result.fault = undefined
        const hour = width > 8 ? digits(b, at + 8, 2) : 0
        const minute = width > 8 ? digits(b, at + 10, 2) : 0
        const second = width > 12 ? digits(b, at + 12, 2) : 0
        const start = midnight(digits(b, at, 4), digits(b, at + 4, 2), digits(b, at + 6, 2))
        if (Number.isNaN(start) || hour > 23 || minute > 59 || second > 59) return fail('impossible-date')
        result.ms = start + ((hour * 60 + minute) * 60 + second) * 1000
        return result
      }
      case 'month': {
        if (end - at !== 7 || (b[at + 4] !== 45 && b[at + 4] !== 47)) return fail('malformed-time')
        const y = digits(b, at, 4)
        const m = digits(b, at + 5, 2)
        if (y < 0 || m < 0) return fail('malformed-time')
        return finish(b, end, end, y, m, 1)
      }
      case 'excel-serial':
      case 'unix-seconds':
      case 'unix-milliseconds': {
        const value = plainNumber(b, at, end)
        if (Number.isNaN(value)) return fail('malformed-time')
        result.fault = undefined
        if (format === 'excel-serial') {
          // Day 60 is 29 February 1900, which never was; days before it are not read.
          if (value < 61) return fail('impossible-date')
          result.ms = Math.round((value - 25_569) * 86_400) * 1000
          result.hasClock = value !== Math.floor(value)
          result.hasZone = false
        } else {
          result.ms = format === 'unix-seconds' ? Math.round(value * 1000) : Math.round(value)
          result.hasClock = true
          result.hasZone = true
        }
        return result
      }
      default: {
        const group = [0, 0, 0]
        const width = [0, 0, 0]
        let mark = 0
        for (let part = 0; part < 3; part++) {
          for (; at < end && b[at] >= 48 && b[at] <= 57 && width[part] < 5; at++) {
            group[part] = group[part] * 10 + b[at] - 48
            width[part]++
          }
          if (width[part] === 0) return fail('malformed-time')
          if (part === 2) break
          if (b[at] !== 47 && b[at] !== 45 && b[at] !== 46) return fail('malformed-time')
          if (mark !== 0 && b[at] !== mark) return fail('malformed-time')
          mark = b[at++]
        }
        const [y, m, d] = format === 'dmy' ? [2, 1, 0] : format === 'mdy' ? [2, 0, 1] : [0, 1, 2]
        // A year of two digits says nothing about its century.
        if (width[y] !== 4 || width[m] > 2 || width[d] > 2) return fail('malformed-time')
        return finish(b, at, end, group[y], group[m], group[d])
      }
    }
  }
}

/** Midnight UTC of a day, NaN when there is no such day. */
function dayStart(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > 31 || year < 100) return Number.NaN
  const ms = Date.UTC(year, month - 1, day)
  return new Date(ms).getUTCDate() === day ? ms : Number.NaN
}

/** A non-negative number with at most one point and 17 characters, as times counted in days or seconds are written. */
function plainNumber(b: Uint8Array, start: number, end: number): number {
  if (end <= start || end - start > 24) return Number.NaN
  const text = String.fromCharCode(...b.subarray(start, end))
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
}

/** Reads an RFC 3339 date-time that names its zone, NaN otherwise: what an interface for machines asks for. */
export function parseZoned(text: string): number {
  return /(?:[zZ]|[+-]\d{2}:?\d{2})$/.test(text) && text.length > 10 ? parseInstant(text) : Number.NaN
}
