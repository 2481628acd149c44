/** Decimal numbers from bytes, equal to Number(text) bit for bit, without making a string where that is possible. */

/** 10^0 ... 10^22: the powers of ten that a double holds exactly. */
const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`))
const maximumExactDigits = 15

/**
 * Reads `[+-]digits[.digits][e[+-]digits]` (also `.5` and `5.`) from `bytes[start, end)`, blanks around it allowed.
 * Returns NaN for anything else, also for a number too large for a double. `decimal` is the byte of the decimal mark.
 *
 * A mantissa of at most 15 digits and a power of ten of at most 22 are both exact doubles, so one multiplication or
 * division rounds correctly (Clinger 1990, "How to read floating point numbers accurately", fast path). All else goes
 * through Number(text).
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimal = 46): number {
  let at = start
  let stop = end
  while (at < stop && isBlank(bytes[at])) at++
  while (stop > at && isBlank(bytes[stop - 1])) stop--
  const first = at
  let negative = false
  const sign = bytes[at]
  if (at < stop && (sign === 45 || sign === 43)) {
    negative = sign === 45
    at++
  }
  let mantissa = 0
  let significant = 0
  let digits = 0
  let exponent = 0
  let afterMark = false
  for (; at < stop; at++) {
    const byte = bytes[at]
    const digit = byte - 48
    if (digit >= 0 && digit <= 9) {
      digits++
      if (significant > 0 || digit > 0) significant++
      if (significant <= maximumExactDigits) mantissa = mantissa * 10 + digit
      if (afterMark) exponent--
    } else if (byte === decimal && !afterMark) afterMark = true
    else break
  }
  if (digits === 0) return Number.NaN
  if (at < stop) {
    const power = parseExponent(bytes, at, stop)
    if (Number.isNaN(power)) return Number.NaN
    exponent += power
  }
  if (significant > maximumExactDigits || exponent > 22 || exponent < -22)
    return slowly(bytes, first, stop, decimal)
  const size = exponent < 0 ? mantissa / powers[-exponent] : mantissa * powers[exponent]
  return negative ? -size : size
}

/** The value of `e-12`, NaN when it is no exponent. Long exponents stop growing: they are far out of range anyway. */
function parseExponent(bytes: Uint8Array, start: number, stop: number): number {
  let at = start
  if (bytes[at] !== 101 && bytes[at] !== 69) return Number.NaN
  at++
  let negative = false
  if (at < stop && (bytes[at] === 45 || bytes[at] === 43)) negative = bytes[at++] === 45
  if (at >= stop) return Number.NaN
  let power = 0
  for (; at < stop; at++) {
    const digit = bytes[at] - 48
    if (digit < 0 || digit > 9) return Number.NaN
    if (power < 100_000) power = power * 10 + digit
  }
  return negative ? -power : power
}

function slowly(bytes: Uint8Array, start: number, stop: number, decimal: number): number {
  let text = ''
  for (let at = start; at < stop; at++) text += bytes[at] === decimal ? '.' : String.fromCharCode(bytes[at])
  const value = Number(text)
  return Number.isFinite(value) ? value : Number.NaN
}

function isBlank(byte: number): boolean {
  return byte === 32 || byte === 9
}
