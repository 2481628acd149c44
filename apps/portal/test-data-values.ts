/** Invented values and statistics for the portal's tests: a flood pulse every year, the same on every run. */
import type { Observations, Series, Station, Statistics } from './shell/told.ts'
import { nowMs } from './test-data-river.ts'

const dayMs = 86_400_000

/** Level in metres on a day: a flood pulse with a peak in September, different every year, the same on every run. */
export function levelAt(ms: number, alarm = 12): number {
  const year = new Date(ms).getUTCFullYear()
  const day = (ms - Date.UTC(year, 0, 1)) / dayMs
  const strength = 0.62 + 0.3 * Math.abs(Math.sin(year * 12.9898))
  const pulse = Math.exp(-(((day - 245 - 12 * Math.sin(year * 7)) / 52) ** 2))
  return alarm * (0.14 + strength * pulse) + 0.35 * Math.sin(day / 5 + year) + 0.15 * Math.sin(day * 2.1)
}

const percentiles = [0, 5, 10, 25, 50, 75, 90, 95, 100]

export function seriesOf(station: Station, property = 'water-level'): Series {
  return {
    id: `${station.id}.${property}`,
    station: station.id,
    property,
    unit: property === 'rainfall' ? 'mm' : 'm',
    procedure: 'gauge',
    aggregation: property === 'rainfall' ? 'sum' : 'instantaneous',
    origin: 'simulated',
    audience: 'public',
    cadenceSeconds: 86_400,
    count: 22_000,
    revisions: 3,
    suspect: 12,
    first: '1961-01-01T00:00:00Z',
    last: station.now.time ?? '2026-08-01T00:00:00Z',
    minimum: 0.4,
    maximum: 13.6,
    latest: station.now.time
      ? { time: station.now.time, value: station.now.value ?? null, flag: 1, receivedAt: station.now.time }
      : null,
    silent: false,
  }
}

export function statisticsAnswer(): Statistics {
  const years = Array.from({ length: 61 }, (_, place) => 1961 + place)
  const days = Array.from({ length: 366 }, (_, place) => {
    const sorted = years.map((year) => levelAt(Date.UTC(year, 0, 1) + place * dayMs)).sort((a, b) => a - b)
    return {
      dayOfYear: place + 1,
      values: percentiles.map((p) => sorted[Math.round((p / 100) * 60)]),
      count: 61,
    }
  })
  const annual = years.map((year) => {
    const levels = Array.from({ length: 365 }, (_, place) => levelAt(Date.UTC(year, 0, 1) + place * dayMs))
    const maximum = Math.max(...levels)
    const minimum = Math.min(...levels)
    const at = (value: number) => new Date(Date.UTC(year, 0, 1) + levels.indexOf(value) * dayMs).toISOString()
    return {
      year,
      maximum,
      maximumAt: at(maximum),
      minimum,
      minimumAt: at(minimum),
      mean: levels.reduce((a, b) => a + b) / 365,
      completeness: year === 1975 ? 0.6 : 1,
    }
  })
  const all = years
    .flatMap((year) =>
      Array.from({ length: 365 }, (_, place) => levelAt(Date.UTC(year, 0, 1) + place * dayMs)),
    )
    .sort((a, b) => b - a)
  const level = (period: number) => 10 + 0.78 * -Math.log(-Math.log(1 - 1 / period))
  const maxima = annual.map(({ maximum }) => maximum).sort((a, b) => a - b)
  return {
    series: 'TH_013101.water-level',
    unit: 'm',
    origin: 'simulated',
    count: 22_000,
    used: 21_988,
    climatology: { years: 61, percentiles, days },
    durationCurve: Array.from({ length: 101 }, (_, p) => ({
      exceedancePercent: p,
      value: all[Math.min(all.length - 1, Math.round((p / 100) * all.length))],
    })),
    annual,
    frequency: ['gev', 'gumbel', 'log-pearson-3'].map((distribution, place) => ({
      distribution,
      parameters: { location: 10, scale: 0.78 },
      years: 61,
      returnLevels: [2, 5, 10, 25, 50, 100, 200].map((returnPeriodYears) => ({
        returnPeriodYears,
        value: level(returnPeriodYears) + place * 0.1,
        lower: level(returnPeriodYears) - 0.12 * Math.log(returnPeriodYears + 1),
        upper: level(returnPeriodYears) + 0.2 * Math.log(returnPeriodYears + 1),
      })),
      points: maxima.map((y, n) => ({ x: 1 / (1 - (n + 0.65) / 61.3), y })),
      sampleFit: 0.99,
    })),
    months: Array.from({ length: 12 }, (_, place) => ({
      month: place + 1,
      mean: levelAt(Date.UTC(2001, place, 15)),
      minimum: 1,
      maximum: 12,
      count: 1800,
    })),
  }
}

export function observationsAnswer(
  series: string,
  fromMs: number,
  toMs: number,
  points: number,
): Observations {
  const from = Math.max(fromMs, Date.UTC(1961, 0, 1))
  const to = Math.min(toMs, nowMs)
  const step = Math.max(3_600_000, Math.ceil((to - from) / points / 3_600_000) * 3_600_000)
  const times: number[] = []
  const values: (number | null)[] = []
  const flags: number[] = []
  const rain = series.endsWith('rainfall')
  for (let ms = Math.ceil(from / step) * step; ms <= to; ms += step) {
    const year = new Date(ms).getUTCFullYear()
    if (year >= 1975 && year <= 1977) continue
    times.push(ms)
    values.push(rain ? Math.max(0, levelAt(ms) * 6 * Math.sin(ms / dayMs) - 8) : levelAt(ms))
    flags.push(!rain && Math.floor(ms / dayMs) % 97 === 0 ? 3 : 1)
  }
  return { series, unit: rain ? 'mm' : 'm', origin: 'simulated', resolution: 'auto', times, values, flags }
}

/** Values in the binary form of the node. */
export function binary({ times, values, flags }: Observations): Uint8Array<ArrayBuffer> {
  const n = times.length
  const bytes = Math.ceil((n * 17 + 4) / 8) * 8
  const buffer = new ArrayBuffer((n ? bytes : 0) + 4)
  const view = new DataView(buffer)
  view.setUint32(0, n, true)
  times.forEach((ms, i) => {
    view.setFloat64(4 + i * 8, ms, true)
    view.setFloat64(4 + (n + i) * 8, values[i] ?? Number.NaN, true)
    view.setUint8(4 + n * 16 + i, flags[i])
  })
  return new Uint8Array(buffer)
}
