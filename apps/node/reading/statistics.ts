/** Statistics of a series: climatology, duration curve, annual extremes, months, return periods. Suspect and bad values left out. */
import type { statistics } from '@lanmei/api/contract/observations'
import type { AnswerOf } from '@lanmei/api/route'
import { civilDate, type DayBoundary, dayNumber, localDay } from '@lanmei/kernels/statistics/calendar'
import { SLOTS } from '@lanmei/kernels/statistics/climatology'
import { flowDurationCurve } from '@lanmei/kernels/statistics/flow-duration'
import { formatInstant } from '@lanmei/model/instant'
import { readClimatology } from '@lanmei/store/climatology'
import { readTimesOf } from '@lanmei/store/extremes-read'
import type { Snapshot } from '@lanmei/store/observations-read'
import type { KeptSeries } from './catalogue.ts'
import { climatologyOf, percentiles } from './climatology.ts'
import { type Daily, readDaily } from './daily.ts'
import { type DistributionName, frequencies } from './frequency.ts'

export type Statistics = AnswerOf<typeof statistics>
export type StatisticsQuery = {
  fromMs?: number
  toMs?: number
  year: 'calendar' | 'water'
  distribution?: DistributionName
}

/** The water year of the contract begins in March. */
const firstMonths = { calendar: 1, water: 3 } as const
const exceedance = [0, 1, 2, 5, ...Array.from({ length: 18 }, (_, i) => 10 + i * 5), 98, 99, 100]

export async function seriesStatistics(
  snapshot: Snapshot,
  { id, fields, state }: KeptSeries,
  boundary: DayBoundary,
  query: StatisticsQuery,
): Promise<Statistics> {
  const key = state?.key ?? -1
  const { fromMs, toMs } = query
  const daily = await readDaily(snapshot, { key, fromMs, toMs }, boundary, fields.aggregation === 'sum')
  const annual = await annualOf(snapshot, key, daily, boundary, query.year)
  const usual =
    fields.origin === 'simulated' ? await keptUsual(snapshot, key) : climatologyOf(daily, boundary)
  return {
    series: id,
    unit: fields.unit,
    origin: fields.origin,
    count: state?.count ?? 0,
    used: daily.used,
    climatology: {
      years: usual.span,
      percentiles: [...percentiles],
      days: Array.from({ length: usual.years.length }, (_, day) => ({
        dayOfYear: day + 1,
        values: Array.from(
          usual.table.subarray(day * percentiles.length, (day + 1) * percentiles.length),
          orNull,
        ),
        count: usual.years[day],
      })),
    },
    durationCurve: durationCurve(daily.values),
    annual: annual.map(({ year, ...rest }) => ({ year, ...rest })),
    frequency: await frequencies(annual, query.distribution),
    months: monthsOf(daily, boundary),
  }
}

/** The climatology of the demonstration, which knows more simulated years than are stored. */
async function keptUsual({ client }: Snapshot, key: number) {
  const kept = await readClimatology(client, key)
  const table = kept?.days ?? new Float64Array(SLOTS * percentiles.length).fill(Number.NaN)
  const years = kept?.years ?? 0
  return { table, years: new Uint16Array(SLOTS).fill(years), span: years }
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value
}

function durationCurve(values: Float64Array): Statistics['durationCurve'] {
  if (values.length === 0) return []
  const curve = flowDurationCurve(
    values,
    exceedance.map((percent) => percent / 100),
  )
  return exceedance.map((exceedancePercent, i) => ({ exceedancePercent, value: curve[i] }))
}

export type Annual = Statistics['annual'][number]

/** By year: highest and lowest value with their times, mean of the days, share of the days that have a value. */
async function annualOf(
  { client }: Snapshot,
  key: number,
  daily: Daily,
  boundary: DayBoundary,
  yearKind: 'calendar' | 'water',
): Promise<Annual[]> {
  const years = yearsOf(daily, boundary, firstMonths[yearKind])
  const wanted = years.flatMap(({ high, low }) => [
    { fromMs: daily.times[high], value: daily.highest[high] },
    { fromMs: daily.times[low], value: daily.lowest[low] },
  ])
  const times = await readTimesOf(client, key, wanted)
  return years.map(({ year, high, low, sum, days, daysInYear }, i) => ({
    year,
    maximum: daily.highest[high],
    maximumAt: formatInstant(times[i * 2] ?? daily.times[high]),
    minimum: daily.lowest[low],
    minimumAt: formatInstant(times[i * 2 + 1] ?? daily.times[low]),
    mean: sum / days,
    completeness: Math.round((days / daysInYear) * 1e4) / 1e4,
  }))
}

type Year = { year: number; high: number; low: number; sum: number; days: number; daysInYear: number }

/** Years named by the calendar year in which they begin; `high` and `low` are places of days. */
function yearsOf(
  { times, values, highest, lowest }: Daily,
  boundary: DayBoundary,
  firstMonth: number,
): Year[] {
  const years: Year[] = []
  let now: Year | undefined
  for (let i = 0; i < times.length; i++) {
    const date = civilDate(localDay(times[i] + 1, boundary))
    const year = date.month >= firstMonth ? date.year : date.year - 1
    if (!now || now.year !== year) {
      const daysInYear = dayNumber(year + 1, firstMonth, 1) - dayNumber(year, firstMonth, 1)
      now = { year, high: i, low: i, sum: 0, days: 0, daysInYear }
      years.push(now)
    }
    if (highest[i] > highest[now.high]) now.high = i
    if (lowest[i] < lowest[now.low]) now.low = i
    now.sum += values[i]
    now.days++
  }
  return years
}

function monthsOf({ times, values, highest, lowest }: Daily, boundary: DayBoundary): Statistics['months'] {
  const months = Array.from({ length: 12 }, (_, i) => ({
    month: i + 1,
    mean: 0,
    minimum: Infinity,
    maximum: -Infinity,
    count: 0,
  }))
  for (let i = 0; i < times.length; i++) {
    const month = months[civilDate(localDay(times[i] + 1, boundary)).month - 1]
    month.mean += values[i]
    month.minimum = Math.min(month.minimum, lowest[i])
    month.maximum = Math.max(month.maximum, highest[i])
    month.count++
  }
  return months
    .filter(({ count }) => count > 0)
    .map((month) => ({ ...month, mean: month.mean / month.count }))
}
