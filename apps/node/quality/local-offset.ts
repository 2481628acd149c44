/** How far the local time of a place is from UTC: local days begin there. */

const known = new Map<string, number>()
// The states of the basin keep one offset all year; an instant in the middle of the records stands for all.
const sampleMs = Date.UTC(2000, 0, 1)

/** Offset in ms of an IANA time zone; UTC+7 for one that is not known. */
export function localOffsetMs(timeZone: string | undefined): number {
  if (!timeZone) return 7 * 3_600_000
  let offset = known.get(timeZone)
  if (offset === undefined) {
    offset = offsetOf(timeZone)
    known.set(timeZone, offset)
  }
  return offset
}

function offsetOf(timeZone: string): number {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
      sampleMs,
    )
    const text = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const [, sign, hours, minutes] = /^GMT(?:([+-])(\d\d):(\d\d))?$/.exec(text) ?? []
    if (!sign) return 0
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  } catch {
    return 7 * 3_600_000
  }
}
