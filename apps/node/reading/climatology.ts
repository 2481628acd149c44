/** The job that keeps the climatology of all series: which values are usual on each day of the year. */
import { calendarColumns, type DayBoundary } from '@lanmei/kernels/statistics/calendar'
import { type Climatology, climatology } from '@lanmei/kernels/statistics/climatology'
import { staleClimatologies, writeClimatology } from '@lanmei/store/climatology'
import { openSnapshot } from '@lanmei/store/observations-read'
import type { Context } from '../context.ts'
import { type Daily, readDaily } from './daily.ts'
import { dayBoundaryOf } from './local-day.ts'
import { readingOf } from './reading.ts'

export const percentiles = [0, 5, 10, 25, 50, 75, 90, 95, 100] as const
/** Days on each side of a date whose values count for it. */
export const halfWindowDays = 7
/** With fewer years nothing is called usual. */
export const leastYears = 5

/** Climatology of daily values. A day without values of at least five years has none. */
export function climatologyOf(
  daily: Pick<Daily, 'times' | 'values'>,
  boundary: DayBoundary,
): Climatology & { span: number } {
  const { years, slots } = calendarColumns(middleOf(daily.times), boundary)
  const made = climatology(daily.values, years, slots, { halfWindow: halfWindowDays, percentiles })
  for (let slot = 0; slot < made.years.length; slot++)
    if (made.years[slot] < leastYears)
      made.table.fill(Number.NaN, slot * percentiles.length, (slot + 1) * percentiles.length)
  return { ...made, span: new Set(years).size }
}

/** Starts of days as moments inside them: a start stands on the border, where rounding could put it into the day before. */
function middleOf(times: Float64Array): Float64Array {
  return times.map((time) => time + 1)
}

/** Makes the climatology of the series whose rows have changed; only of the named ones when ids are given. Gives how many. */
export async function refreshClimatology(
  context: Pick<Context, 'store'>,
  seriesIds?: readonly string[],
): Promise<number> {
  const { store } = context
  const catalogue = await readingOf(context).catalogue()
  let made = 0
  for (const { id, key, rows } of await staleClimatologies(store.pool, seriesIds)) {
    const series = catalogue.series.get(id)
    // What is usual in the demonstration comes from its own long simulation: what is stored of it is too short.
    if (!series || series.fields.origin === 'simulated') continue
    const boundary = dayBoundaryOf(catalogue, series)
    const snapshot = await openSnapshot(store)
    try {
      const daily = await readDaily(snapshot, { key }, boundary, series.fields.aggregation === 'sum')
      const { table, span } = climatologyOf(daily, boundary)
      await writeClimatology(store.pool, {
        series: key,
        rows,
        years: span,
        percentiles: [...percentiles],
        days: table,
      })
      made++
    } finally {
      await snapshot.close()
    }
  }
  return made
}
