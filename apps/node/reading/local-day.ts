/** The local day of a series: the standard offset of its station's zone, and the hour at which its day begins. */
import type { DayBoundary } from '@lanmei/kernels/statistics/calendar'
import type { Catalogue, KeptSeries } from './catalogue.ts'

const offsets = new Map<string, number>()

/**
 * Hours from UTC in the zone's present standard time. One offset holds for all years, so that days have 24 hours and a mean
 * of 1960 is that of the same hours as one of today.
 */
export function zoneHours(zone: string): number {
  let hours = offsets.get(zone)
  if (hours === undefined) {
    hours = offsetAt(zone, Date.UTC(2020, 0, 1))
    offsets.set(zone, hours)
  }
  return hours
}

function offsetAt(zone: string, ms: number): number {
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  } catch {
    // A record may name a zone this machine does not know; UTC is then as good as any.
    return 0
  }
  const text = format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? ''
  const match = /([+-])(\d{2}):?(\d{2})?/.exec(text)
  if (!match) return 0
  const size = Number(match[2]) + Number(match[3] ?? 0) / 60
  return match[1] === '-' ? -size : size
}

export function dayBoundaryOf(catalogue: Catalogue, series: KeptSeries): DayBoundary {
  const zone = catalogue.stations.get(series.fields.station)?.fields.timeZone ?? 'UTC'
  const [hour, minute] = (series.fields.dayBoundary ?? '00:00').split(':').map(Number)
  return { zoneHours: zoneHours(zone), dayStartHour: (hour + minute / 60) % 24 }
}
