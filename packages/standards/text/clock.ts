/** Clocks from bytes: the time of day after a date, with AM or PM and a zone where they stand. */

/** What a parsed time lacks: nothing, a time of day, or both; decides which default applies. */
export type ParsedTime = {
  /** Milliseconds since 1970 as if the text were UTC; NaN: malformed. */
  ms: number
  /** False for a bare date. */
  hasClock: boolean
  /** True where the text itself names its zone; then `ms` is already UTC. */
  hasZone: boolean
  /** Why `ms` is NaN: no such form, or a form without such a day. */
  fault: 'malformed-time' | 'impossible-date' | undefined
}

/**
 * Milliseconds of `hh:mm[:ss[.fff]][ AM|PM][zone]`; the zone, when there, is taken off so that the sum is UTC.
 * NaN with `fault` set in the result when it is none. 24:00 is the end of the day.
 */
export function parseClock(b: Uint8Array, start: number, end: number, result: ParsedTime): number {
  result.hasClock = true
  result.fault = undefined
  let at = start
  const bad = (fault: 'malformed-time' | 'impossible-date') => {
    result.fault = fault
    return Number.NaN
  }
  let hour = two(b, at, end)
  if (hour >= 0) at += 2
  else {
    hour = at < end ? b[at] - 48 : -1
    if (hour < 0 || hour > 9) return bad('malformed-time')
    at++
  }
  if (b[at] !== 58 || at >= end) return bad('malformed-time')
  const minute = two(b, at + 1, end)
  if (minute < 0) return bad('malformed-time')
  at += 3
  let second = 0
  let fraction = 0
  if (at < end && b[at] === 58) {
    second = two(b, at + 1, end)
    if (second < 0) return bad('malformed-time')
    at += 3
    if (at < end && (b[at] === 46 || b[at] === 44)) {
      let scale = 100
      const first = ++at
      for (; at < end && b[at] >= 48 && b[at] <= 57; at++) {
        fraction += (b[at] - 48) * scale
        scale = Math.floor(scale / 10)
      }
      if (at === first || at - first > 9) return bad('malformed-time')
    }
  }
  if (at < end && (b[at] | 32) !== 122 && b[at] !== 43 && b[at] !== 45) {
    if (b[at] === 32) at++
    const half = at < end ? b[at] | 32 : 0
    if (at + 2 === end && (half === 97 || half === 112) && (b[at + 1] | 32) === 109) {
      if (hour < 1 || hour > 12) return bad('impossible-date')
      hour = (hour % 12) + (half === 112 ? 12 : 0)
      at = end
    }
  }
  let offset = 0
  if (at < end) {
    offset = parseZone(b, at, end)
    if (Number.isNaN(offset)) return bad('malformed-time')
    result.hasZone = true
  }
  if (hour > 24 || minute > 59 || second > 60) return bad('impossible-date')
  if (hour === 24 && (minute > 0 || second > 0)) return bad('impossible-date')
  return ((hour * 60 + minute - offset) * 60 + second) * 1000 + fraction
}

/** Minutes of `Z`, `+07:00` or `+0700`; NaN when it is none. */
function parseZone(b: Uint8Array, at: number, end: number): number {
  const width = end - at
  if (width === 1 && (b[at] | 32) === 122) return 0
  if ((b[at] !== 43 && b[at] !== 45) || (width !== 5 && width !== 6)) return Number.NaN
  if (width === 6 && b[at + 3] !== 58) return Number.NaN
  const hours = two(b, at + 1, end)
  const minutes = two(b, end - 2, end)
  if (hours < 0 || hours > 18 || minutes < 0 || minutes > 59) return Number.NaN
  return (b[at] === 45 ? -1 : 1) * (hours * 60 + minutes)
}

/** The value of `count` digits, or -1. */
export function digits(b: Uint8Array, at: number, count: number): number {
  let value = 0
  for (let i = 0; i < count; i++) {
    const digit = b[at + i] - 48
    if (digit < 0 || digit > 9) return -1
    value = value * 10 + digit
  }
  return value
}

function two(b: Uint8Array, at: number, end: number): number {
  return at + 2 <= end ? digits(b, at, 2) : -1
}
