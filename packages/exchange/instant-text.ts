/** Times in entries, checkpoints and key histories: RFC 3339 in UTC with exactly three decimals, so that they sort as text. */

/** 2026-01-31T23:00:00.000Z from milliseconds since 1970-01-01T00:00:00Z. Throws a RangeError outside the years 0001 to 9999. */
export function instantText(ms: number): string {
  const text = Number.isInteger(ms) ? new Date(ms).toISOString() : ''
  if (!isInstantText(text)) throw new RangeError(`not an instant of the years 0001 to 9999: ${ms}`)
  return text
}

/** True for text that `instantText` could have written. */
export function isInstantText(value: unknown): value is string {
  if (typeof value !== 'string' || !/^(?!0000)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value))
    return false
  const ms = Date.parse(value)
  return !Number.isNaN(ms) && new Date(ms).toISOString() === value
}
