/**
 * Highest or lowest value of each year, with the completeness of the year.
 *
 * Source: WMO-No. 168, Guide to Hydrological Practices (2009), volume II, section 5.2 (annual series of extremes; a year with
 * gaps may have missed its flood).
 */
import { civilDate, type DayBoundary, dayNumber, localDay } from './calendar.ts'

export type AnnualExtremesParameters = {
  extreme: 'highest' | 'lowest'
  /**
   * First month of the year: 1 for calendar years. For floods of the basin a year that begins in the dry season keeps each
   * flood season whole (4, April); for low flows one that begins in the wet season does (8, August).
   */
  firstMonth: number
  boundary: DayBoundary
  /** Share of the days of a year that must have a value for the year to count as complete; recommended 0.9. */
  completeness: number
}

export type AnnualExtreme = {
  /** The calendar year in which the year begins. */
  year: number
  value: number
  time: number
  /** Days with at least one value, and their share of the year. */
  days: number
  share: number
  complete: boolean
}

/** Extremes of all years that have a value, in order. Times must ascend. */
export function annualExtremes(
  times: Float64Array,
  values: Float64Array,
  { extreme, firstMonth, boundary, completeness }: AnnualExtremesParameters,
): AnnualExtreme[] {
  const years: AnnualExtreme[] = []
  let yearEnd = -Infinity
  let lastDay = NaN
  let current: AnnualExtreme | undefined
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (Number.isNaN(value)) continue
    const day = localDay(times[i], boundary)
    if (!current || day >= yearEnd) {
      const date = civilDate(day)
      const year = date.month >= firstMonth ? date.year : date.year - 1
      yearEnd = dayNumber(year + 1, firstMonth, 1)
      current = { year, value, time: times[i], days: 0, share: 0, complete: false }
      years.push(current)
    }
    if (day !== lastDay) current.days++
    lastDay = day
    if (extreme === 'highest' ? value > current.value : value < current.value) {
      current.value = value
      current.time = times[i]
    }
  }
  for (const year of years) {
    year.share = year.days / (dayNumber(year.year + 1, firstMonth, 1) - dayNumber(year.year, firstMonth, 1))
    year.complete = year.share >= completeness
  }
  return years
}
