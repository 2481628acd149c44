/** Times: instants are milliseconds since 1970-01-01T00:00:00Z (numbers, in Float64Array columns); outside they are RFC 3339. */

/** Earliest and latest instant that can be stored: 1800 to 2199. */
export const earliestMs = Date.UTC(1800, 0, 1)
export const latestMs = Date.UTC(2200, 0, 1)

/** RFC 3339 in UTC, without fraction when it is zero: 2024-04-06T21:30:00Z. */
export function formatInstant(ms: number): string {
  const text = new Date(ms).toISOString()
  return text.endsWith('.000Z') ? `${text.slice(0, 19)}Z` : text
}

/** RFC 3339 in a fixed offset, as a local reader writes it: 2024-04-07T04:30:00+07:00. */
export function formatLocal(ms: number, offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? '-' : '+'
  const size = Math.abs(offsetMinutes)
  const zone = `${sign}${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`
  return new Date(ms + offsetMinutes * 60_000).toISOString().slice(0, 19) + zone
}

const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/

/**
 * Reads an RFC 3339 date or date-time. Without a zone it is taken in `offsetMinutes`; a bare date is its 00:00 there.
 * Returns ms, or NaN for text that is no such time, or for a date that does not exist (31 April, hour 25).
 */
export function parseInstant(text: string, offsetMinutes = 0): number {
  const m = pattern.exec(text)
  if (!m) return Number.NaN
  const [year, month, day, hour, minute, second] = [1, 2, 3, 4, 5, 6].map((i) => Number(m[i] ?? 0))
  if (month < 1 || month > 12 || day < 1 || hour > 24 || minute > 59 || second > 60) return Number.NaN
  if (hour === 24 && (minute || second)) return Number.NaN
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  const midnight = new Date(0).setUTCFullYear(year, month - 1, day)
  if (new Date(midnight).getUTCDate() !== day) return Number.NaN
  const zone = m[8]
  let offset = offsetMinutes
  if (zone) offset = zone === 'Z' || zone === 'z' ? 0 : parseOffset(zone)
  if (Number.isNaN(offset)) return Number.NaN
  const fraction = Number(`${m[7] ?? ''}000`.slice(0, 3))
  return midnight + ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction
}

/** "+07:00", "-0330", "Z" to minutes; NaN when it is none. */
export function parseOffset(text: string): number {
  if (text === 'Z' || text === 'z') return 0
  const m = /^([+-])(\d{2}):?(\d{2})$/.exec(text)
  if (!m) return Number.NaN
  const size = Number(m[2]) * 60 + Number(m[3])
  if (Number(m[2]) > 18 || Number(m[3]) > 59) return Number.NaN
  return m[1] === '-' ? -size : size
}
