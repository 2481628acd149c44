/** An invented node for the portal's tests: figures of the right size, marked simulated, true of no day. */

import type { Words } from '@lanmei/model/language'
import borders from '../../areas/water/borders.json' with { type: 'json' }
import dams from '../../areas/water/dams.json' with { type: 'json' }
import parties from '../../areas/water/parties.json' with { type: 'json' }
import profile from '../../areas/water/profile.json' with { type: 'json' }
import line from '../../areas/water/river-line.json' with { type: 'json' }
import places from '../../areas/water/stations.json' with { type: 'json' }
import type { Me, Node, Observations, River, Series, Station, Statistics, WaterState } from './shell/told.ts'

const dayMs = 86_400_000
export const nowMs = Date.UTC(2026, 7, 20, 0, 0)

type Place = {
  id: string
  name: Words
  party: string
  organisation?: string
  longitude: number
  latitude: number
  stationType: string
  river?: string
  riverKm?: number | null
  joinsAtKm?: number | null
  timeZone: string
  gaugeZeroM?: { value: number; datum: string; source: string }
  thresholds: { kind: string; property: string; levelM: number; source: string }[]
}

/** States by station in a flood of the middle reach; the places themselves are those of the project. */
const invented: Record<string, [WaterState, number]> = {
  CN_092600: ['below-normal', 18],
  LA_010402: ['normal', 40],
  TH_010501: ['normal', 44],
  LA_011201: ['normal', 52],
  TH_011903: ['normal', 58],
  LA_011901: ['above-normal', 82],
  TH_012001: ['above-normal', 84],
  LA_012703: ['high', 93],
  TH_013101: ['alarm', 97],
  LA_013102: ['alarm', 96],
  TH_013402: ['alarm', 97],
  LA_013401: ['high', 94],
  TH_013801: ['flood', 99],
  LA_013901: ['alarm', 98],
  KH_014501: ['above-normal', 80],
  KH_019802: ['normal', 61],
  KH_019801: ['normal', 55],
  KH_019806: ['normal', 53],
  KH_033401: ['normal', 55],
  VN_019803: ['normal', 48],
  VN_019804: ['low', 4],
  VN_039801: ['normal', 47],
  VN_039803: ['below-normal', 15],
}

export const stations: Station[] = (places.stations as unknown as Place[]).map((place) => {
  const [state, percentile] = invented[place.id] ?? ['unknown', 0]
  const thresholds = place.thresholds.map(({ kind, property, levelM, source }) => ({
    level: kind,
    property,
    value: levelM,
    source,
  }))
  const alarm = thresholds.find(({ level }) => level === 'alarm')?.value ?? 12
  const flood = thresholds.find(({ level }) => level === 'flood')?.value ?? 13
  const late = place.id === 'TH_011903'
  return {
    id: place.id,
    name: place.name,
    party: place.party,
    organisation: place.organisation,
    longitude: place.longitude,
    latitude: place.latitude,
    stationType: place.stationType,
    river: place.river,
    riverKm: place.riverKm ?? undefined,
    joinsAtKm: place.joinsAtKm ?? undefined,
    timeZone: place.timeZone,
    gaugeZero: place.gaugeZeroM && {
      heightM: place.gaugeZeroM.value,
      datum: place.gaugeZeroM.datum,
      source: place.gaugeZeroM.source,
    },
    thresholds,
    now:
      state === 'unknown'
        ? { state, freshness: 'none', simulated: true }
        : {
            state,
            freshness: late ? 'late' : 'fresh',
            series: `${place.id}.water-level`,
            time: new Date(nowMs - (late ? 31 : 1) * 3_600_000).toISOString(),
            value:
              state === 'flood'
                ? flood + 0.31
                : state === 'alarm'
                  ? (alarm + flood) / 2
                  : alarm * (0.35 + percentile / 200),
            change24h: (percentile - 55) / 90,
            percentile,
            median: alarm * 0.58,
            years: 61,
            simulated: true,
          },
    seriesCount: state === 'unknown' ? 0 : 2,
  }
})

/** Level in metres on a day: a flood pulse with a peak in September, different every year, the same on every run. */
export function levelAt(ms: number, alarm = 12): number {
  const year = new Date(ms).getUTCFullYear()
  const day = (ms - Date.UTC(year, 0, 1)) / dayMs
  const strength = 0.62 + 0.3 * Math.abs(Math.sin(year * 12.9898))
  const pulse = Math.exp(-(((day - 245 - 12 * Math.sin(year * 7)) / 52) ** 2))
  return alarm * (0.14 + strength * pulse) + 0.35 * Math.sin(day / 5 + year) + 0.15 * Math.sin(day * 2.1)
}

const percentiles = [0, 5, 10, 25, 50, 75, 90, 95, 100]

function seriesOf(station: Station, property = 'water-level'): Series {
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

export function riverAnswer(): River {
  const counts: Record<string, number> = {}
  for (const { now } of stations) counts[now.state] = (counts[now.state] ?? 0) + 1
  return {
    at: new Date(nowMs).toISOString(),
    simulated: true,
    stations,
    dams: dams.dams.map((dam) => ({
      id: dam.id,
      name: dam.name,
      longitude: dam.longitude,
      latitude: dam.latitude,
      party: dam.party,
      river: dam.river,
      riverKm: 'riverKm' in dam ? (dam.riverKm ?? undefined) : undefined,
      status: dam.status,
      capacityMw: 'capacityMw' in dam ? dam.capacityMw : undefined,
    })),
    line: line.points,
    tributaries: [
      {
        id: 'nam-ou',
        name: { en: 'Nam Ou' },
        joinsAtKm: 2035,
        bank: 'left',
        line: [
          [102.1, 21.9],
          [102.6, 21.0],
          [102.27, 20.05],
        ],
      },
      {
        id: 'mun',
        name: { en: 'Mun' },
        joinsAtKm: 909,
        bank: 'right',
        line: [
          [102.2, 15.0],
          [103.9, 15.3],
          [105.5, 15.32],
        ],
      },
      {
        id: 'sekong',
        name: { en: 'Sekong' },
        joinsAtKm: 668,
        bank: 'left',
        line: [
          [107.1, 15.6],
          [106.4, 14.2],
          [105.95, 13.55],
        ],
      },
      {
        id: 'tonle-sap',
        name: { en: 'Tonle Sap' },
        joinsAtKm: 331,
        bank: 'right',
        line: [
          [103.6, 13.1],
          [104.4, 12.4],
          [104.93, 11.56],
        ],
      },
    ],
    borders: borders.ticks.map(({ km, parties }) => ({ km, parties })),
    profile: profile.points.map(({ km, elevationM, source }) => ({ km, elevationM, source })),
    counts,
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

export const nodeAnswer: Node = {
  node: 'test-node',
  party: 'la',
  partyName: {
    en: 'Lao PDR',
    lo: 'ສປປ ລາວ',
    zh: '老挝',
    km: 'ឡាវ',
    my: 'လာအို',
    th: 'สปป. ลาว',
    vi: 'CHDCND Lào',
  },
  version: '0.1.0',
  languages: ['en', 'km', 'lo', 'my', 'th', 'vi', 'zh'],
  setUp: true,
  demonstration: true,
  parties: parties.parties.map(({ id, name }) => ({ id, name, timeZone: 'Asia/Bangkok' })),
  signIn: { password: true, passkey: true, oidc: [] },
}
export const meAnswer: Me = { person: null, duty: 'none' }

function binary({ times, values, flags }: Observations): Uint8Array<ArrayBuffer> {
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

/** Answers for the paths below /api that a page may ask; everything not named is a 404 with a problem document. */
export const fakeFetch: typeof fetch = async (input) => {
  const { pathname, searchParams } = new URL(
    input instanceof Request ? input.url : String(input),
    'http://test.invalid',
  )
  const json = (value: unknown, status = 200) => Response.json(value, { status })
  const missing = () => json({ code: 'not-found', status: 404, reference: '7f3a21' }, 404)
  const [, , kind, id, part] = pathname.split('/').map(decodeURIComponent)
  if (pathname === '/api/node') return json(nodeAnswer)
  if (pathname === '/api/me') return json(meAnswer)
  if (pathname === '/api/river') return json(riverAnswer())
  if (pathname === '/api/stations') return json({ stations })
  if (kind === 'stations') {
    const place = stations.findIndex((station) => station.id === id)
    const station = stations[place]
    if (!station) return missing()
    const beside = (other: Station | undefined) =>
      other && { id: other.id, name: other.name, riverKm: other.riverKm }
    return json({
      station,
      record: { codes: { mrc: '013101', national: 'M.4' } },
      version: 2,
      entry: 41,
      organisation: { en: 'Department of Meteorology and Hydrology' },
      series: [seriesOf(station), seriesOf(station, 'rainfall')],
      upstream: beside(stations[place - 1]),
      downstream: beside(stations[place + 1]),
    })
  }
  if (pathname === '/api/series') return json({ series: stations.map((station) => seriesOf(station)) })
  if (kind === 'series' && id) {
    const station = stations.find((one) => id.startsWith(`${one.id}.`))
    if (!station) return missing()
    if (!part) return json(seriesOf(station))
    if (part === 'statistics') return json(statisticsAnswer())
    if (part === 'flags')
      return json({
        flags: [
          {
            time: '2026-08-01T00:00:00Z',
            value: 9.4,
            flag: 3,
            rule: 'step',
            author: 'rule:step',
            at: '2026-08-01T00:10:00Z',
            entry: 977,
            current: true,
          },
        ],
      })
    if (part === 'revisions')
      return json({
        revisions: [
          {
            time: '2026-07-12T00:00:00Z',
            value: 8.1,
            flag: 1,
            entry: 811,
            knownFrom: '2026-07-12T01:00:00Z',
            knownUntil: '2026-07-13T01:00:00Z',
            supersededBy: 820,
            reason: 'Reading corrected by the observer',
          },
        ],
      })
    if (part === 'observations') {
      const ms = (name: string, otherwise: number) =>
        searchParams.has(name) ? Date.parse(searchParams.get(name) ?? '') : otherwise
      const answer = observationsAnswer(
        id,
        ms('from', 0),
        ms('to', nowMs),
        Number(searchParams.get('points') ?? 2000),
      )
      return searchParams.get('format') === 'binary' ? new Response(binary(answer)) : json(answer)
    }
  }
  return missing()
}
