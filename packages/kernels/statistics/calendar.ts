/**
 * Calendar of local days, without Date objects, for runs over many values.
 *
 * Method: proleptic Gregorian calendar counted from 1 March of year 0 (E. G. Richards, Mapping Time, 1998, chapter 25;
 * P. Baum, Date Algorithms, 2017): the day is a whole number since 1970-01-01, the year begins in March inside.
 */

export const DAY_MILLISECONDS = 86_400_000
export const HOUR_MILLISECONDS = 3_600_000

/** Which local day a moment belongs to: hours from UTC (7 in most of the basin, 8 in China, 6.5 in Myanmar), hour at which a day begins. */
export type DayBoundary = { zoneHours: number; dayStartHour: number }

/** Local day number (days since 1970-01-01) of a moment in ms. */
export function localDay(time: number, { zoneHours, dayStartHour }: DayBoundary): number {
  return Math.floor((time + (zoneHours - dayStartHour) * HOUR_MILLISECONDS) / DAY_MILLISECONDS)
}

/** The moment (ms) at which a local day begins. */
export function startOfLocalDay(day: number, { zoneHours, dayStartHour }: DayBoundary): number {
  return day * DAY_MILLISECONDS - (zoneHours - dayStartHour) * HOUR_MILLISECONDS
}

/** Year, month (1-12) and day of the month of a day number. */
export function civilDate(dayNumber: number): { year: number; month: number; day: number } {
  const days = dayNumber + 719_468
  const era = Math.floor(days / 146_097)
  const dayOfEra = days - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shifted = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1
  const month = shifted < 10 ? shifted + 3 : shifted - 9
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day }
}

/** Day number of a date. */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** Days before each month in a year of 366 days. */
const BEFORE_MONTH = [0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335]

/**
 * Day of the year in a calendar of 366 days, 1 to 366: 29 February is always 60 and 1 March always 61, so the same slot
 * means the same date in every year; ordinary years have no slot 60.
 */
export function dayOfLeapYear(month: number, day: number): number {
  return BEFORE_MONTH[month - 1] + day
}

/** Year and day-of-year slot of each moment, as the climatology wants them. */
export function calendarColumns(
  times: Float64Array,
  boundary: DayBoundary,
): { years: Int32Array; slots: Uint16Array } {
  const years = new Int32Array(times.length)
  const slots = new Uint16Array(times.length)
  let known = NaN
  for (let i = 0; i < times.length; i++) {
    const day = localDay(times[i], boundary)
    if (day === known) {
      years[i] = years[i - 1]
      slots[i] = slots[i - 1]
      continue
    }
    const date = civilDate(day)
    years[i] = date.year
    slots[i] = dayOfLeapYear(date.month, date.day)
    known = day
  }
  return { years, slots }
}
