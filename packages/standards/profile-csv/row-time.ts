/** The instant of a row from its time columns, in the zone the profile says. */
import { earliestMs, latestMs } from '@lanmei/model/instant'
import type { NoticeCode } from '@lanmei/model/notice'
import type { Cells } from '../text/cells.ts'
import { type ParsedTime, parseClock } from '../text/clock.ts'
import { parseNumber } from '../text/number.ts'
import { timeParser } from '../text/time.ts'
import { type CsvProfile, clockMs, zoneMinutes } from './profile.ts'

/** Cell numbers of the time columns; -1: there is none. */
export type TimeCells = { column: number; clock: number; hour: number; last: number }

export type RowTime = {
  /** Milliseconds since 1970, NaN when the row has no time that can be used; then `fault` and `cell` say why. */
  read(cells: Cells, column?: number): number
  fault: NoticeCode
  cell: number
}

/** Makes the reader of row times for a profile. */
export function rowTime(time: NonNullable<CsvProfile['time']>, at: TimeCells): RowTime {
  const buddhist = time.calendar === 'buddhist' ? 543 : 0
  const parse = timeParser(time.format ?? 'iso', buddhist)
  const zoneMs = zoneMinutes(time.zone) * 60_000
  const dayMs = clockMs(time.dayReadAt) - zoneMinutes(time.dayZone ?? time.zone) * 60_000
  const clock: ParsedTime = { ms: 0, hasClock: true, hasZone: false, fault: undefined }

  const fail = (fault: NoticeCode, cell: number): number => {
    result.fault = fault
    result.cell = cell
    return Number.NaN
  }

  const result: RowTime = {
    fault: 'malformed-time',
    cell: at.column,
    read(cells, column = at.column) {
      if (column >= cells.count) return fail('malformed-time', column)
      const parsed = parse(cells.bytes, cells.starts[column], cells.ends[column])
      let ms = parsed.ms
      if (Number.isNaN(ms)) return fail(parsed.fault ?? 'malformed-time', column)
      if (parsed.hasZone) return inRange(ms) ? ms : fail('time-out-of-range', column)
      if (at.hour >= 0) {
        const hour =
          at.hour < cells.count ? parseNumber(cells.bytes, cells.starts[at.hour], cells.ends[at.hour]) : -1
        if (!Number.isInteger(hour) || hour < 0 || hour > 24) return fail('malformed-time', at.hour)
        ms += hour * 3_600_000 - zoneMs
      } else if (at.clock >= 0 && !cells.isEmpty(at.clock)) {
        clock.hasZone = false
        const ofDay = parseClock(cells.bytes, cells.starts[at.clock], cells.ends[at.clock], clock)
        if (Number.isNaN(ofDay)) return fail(clock.fault ?? 'malformed-time', at.clock)
        ms += ofDay - (clock.hasZone ? 0 : zoneMs)
      } else ms += parsed.hasClock ? -zoneMs : dayMs
      return inRange(ms) ? ms : fail('time-out-of-range', column)
    },
  }
  return result
}

function inRange(ms: number): boolean {
  return ms >= earliestMs && ms < latestMs
}
