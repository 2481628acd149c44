/** An invented node for the portal's tests: figures of the right size, marked simulated, true of no day. */

import type { Me, Node, Observations, River, Series, Station, Statistics, WaterState } from './shell/told.ts'

const dayMs = 86_400_000
export const nowMs = Date.UTC(2026, 7, 20, 0, 0)

type Row = [
  id: string,
  en: string,
  km: string,
  zh: string,
  party: string,
  kmFromSea: number,
  lon: number,
  lat: number,
  zero: number,
  alarm: number,
  flood: number,
  state: WaterState,
  percentile: number,
]
const rows: Row[] = [
  ['jinghong', 'Jinghong', 'ជីងហុង', '景洪', 'china', 2710, 100.79, 22.02, 533, 16, 18, 'below-normal', 18],
  [
    'chiang-saen',
    'Chiang Saen',
    'ជៀងសែន',
    '清盛',
    'thailand',
    2363,
    100.09,
    20.27,
    357.11,
    11.5,
    12.8,
    'normal',
    44,
  ],
  [
    'luang-prabang',
    'Luang Prabang',
    'ហ្លួងព្រះបាង',
    '琅勃拉邦',
    'lao-pdr',
    2010,
    102.14,
    19.89,
    267.2,
    17.5,
    18,
    'normal',
    52,
  ],
  [
    'chiang-khan',
    'Chiang Khan',
    'ជៀងខាន',
    '清康',
    'thailand',
    1717,
    101.67,
    17.9,
    194.12,
    14.5,
    16,
    'normal',
    58,
  ],
  [
    'vientiane',
    'Vientiane KM4',
    'វៀងចន្ទន៍',
    '万象',
    'lao-pdr',
    1580,
    102.62,
    17.93,
    158.04,
    11.5,
    12.5,
    'above-normal',
    82,
  ],
  [
    'nong-khai',
    'Nong Khai',
    'ណងខាយ',
    '廊开',
    'thailand',
    1550,
    102.72,
    17.88,
    153.65,
    11.4,
    12.2,
    'above-normal',
    84,
  ],
  ['paksane', 'Paksane', 'ប៉ាកសាន', '北汕', 'lao-pdr', 1395, 103.64, 18.37, 142.13, 13.5, 14.5, 'high', 93],
  [
    'nakhon-phanom',
    'Nakhon Phanom',
    'នគរភ្នំ',
    '那空拍侬',
    'thailand',
    1217,
    104.79,
    17.42,
    130.96,
    11.5,
    12,
    'alarm',
    97,
  ],
  [
    'mukdahan',
    'Mukdahan',
    'មុកដាហាន',
    '穆达汉',
    'thailand',
    1123,
    104.74,
    16.54,
    124.22,
    12,
    12.5,
    'alarm',
    97,
  ],
  [
    'savannakhet',
    'Savannakhet',
    'សាវ៉ាន់ណាខេត',
    '沙湾拿吉',
    'lao-pdr',
    1120,
    104.75,
    16.56,
    125.41,
    12,
    13,
    'high',
    94,
  ],
  [
    'khong-chiam',
    'Khong Chiam',
    'ខុងជៀម',
    '孔尖',
    'thailand',
    910,
    105.5,
    15.32,
    89.03,
    13.5,
    14.5,
    'flood',
    99,
  ],
  ['pakse', 'Pakse', 'ប៉ាក់សេ', '巴色', 'lao-pdr', 869, 105.8, 15.12, 86.49, 11, 12, 'alarm', 98],
  [
    'stung-treng',
    'Stung Treng',
    'ស្ទឹងត្រែង',
    '上丁',
    'cambodia',
    668,
    105.95,
    13.53,
    36.79,
    10.7,
    12,
    'above-normal',
    80,
  ],
  ['kratie', 'Kratie', 'ក្រចេះ', '桔井', 'cambodia', 545, 106.02, 12.48, -1.08, 22, 23, 'unknown', 0],
  [
    'kompong-cham',
    'Kompong Cham',
    'កំពង់ចាម',
    '磅湛',
    'cambodia',
    402,
    105.47,
    12.0,
    -0.93,
    15.2,
    16.2,
    'normal',
    61,
  ],
  [
    'phnom-penh',
    'Phnom Penh (Bassac)',
    'ភ្នំពេញ (បាសាក់)',
    '金边',
    'cambodia',
    332,
    104.93,
    11.56,
    0.07,
    10.5,
    12,
    'normal',
    55,
  ],
  ['tan-chau', 'Tan Chau', 'តឹនចូវ', '新洲', 'viet-nam', 222, 105.24, 10.8, 0, 3.5, 4.5, 'normal', 48],
  ['my-thuan', 'My Thuan', 'មីធ្វ័ន', '美顺', 'viet-nam', 110, 105.91, 10.27, 0, 1.6, 1.8, 'low', 6],
]

const zones: Record<string, string> = {
  china: 'Asia/Shanghai',
  thailand: 'Asia/Bangkok',
  'lao-pdr': 'Asia/Vientiane',
  cambodia: 'Asia/Phnom_Penh',
  'viet-nam': 'Asia/Ho_Chi_Minh',
  myanmar: 'Asia/Yangon',
}

export const stations: Station[] = rows.map(
  (
    [id, en, km, zh, party, riverKm, longitude, latitude, heightM, alarm, flood, state, percentile],
    place,
  ) => ({
    id,
    name: { en, km, zh },
    party,
    longitude,
    latitude,
    stationType: 'water-level',
    river: 'Mekong',
    riverKm,
    timeZone: zones[party],
    gaugeZero: {
      heightM,
      datum: place === 0 ? 'Yellow Sea 1985' : 'Ha Tien MSL',
      source: 'invented for tests',
    },
    thresholds: [
      { level: 'alarm', property: 'water-level', value: alarm, source: 'invented for tests' },
      { level: 'flood', property: 'water-level', value: flood, source: 'invented for tests' },
    ],
    now:
      state === 'unknown'
        ? { state, freshness: 'none', simulated: true }
        : {
            state,
            freshness: place === 3 ? 'late' : 'fresh',
            series: `${id}.water-level`,
            time: new Date(nowMs - (place === 3 ? 31 : 1) * 3_600_000).toISOString(),
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
    seriesCount: 2,
  }),
)

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
  const line = stations.map(({ longitude, latitude, riverKm }) => ({
    lon: longitude ?? 0,
    lat: latitude ?? 0,
    km: riverKm ?? 0,
  }))
  return {
    at: new Date(nowMs).toISOString(),
    simulated: true,
    stations,
    dams: [
      {
        id: 'xiaowan',
        name: { en: 'Xiaowan', zh: '小湾' },
        longitude: 100.09,
        latitude: 24.7,
        party: 'china',
        river: 'Lancang',
        riverKm: 3370,
        status: 'operating',
        capacityMw: 4200,
        storageMillionM3: 15_043,
        commissionedYear: 2010,
      },
      {
        id: 'nuozhadu',
        name: { en: 'Nuozhadu', zh: '糯扎渡' },
        longitude: 100.43,
        latitude: 22.65,
        party: 'china',
        river: 'Lancang',
        riverKm: 2905,
        status: 'operating',
        capacityMw: 5850,
        storageMillionM3: 21_749,
        commissionedYear: 2012,
      },
      {
        id: 'jinghong-dam',
        name: { en: 'Jinghong', zh: '景洪' },
        longitude: 100.77,
        latitude: 22.05,
        party: 'china',
        river: 'Lancang',
        riverKm: 2716,
        status: 'operating',
        capacityMw: 1750,
        storageMillionM3: 1233,
        commissionedYear: 2008,
      },
      {
        id: 'xayaburi',
        name: { en: 'Xayaburi' },
        longitude: 101.82,
        latitude: 19.24,
        party: 'lao-pdr',
        river: 'Mekong',
        riverKm: 1930,
        status: 'operating',
        capacityMw: 1285,
        storageMillionM3: 1300,
        commissionedYear: 2019,
      },
      {
        id: 'don-sahong',
        name: { en: 'Don Sahong' },
        longitude: 105.96,
        latitude: 13.94,
        party: 'lao-pdr',
        river: 'Mekong',
        riverKm: 720,
        status: 'operating',
        capacityMw: 260,
        storageMillionM3: 25,
        commissionedYear: 2020,
      },
    ],
    line: [
      { lon: 94.7, lat: 33.2, km: 4880 },
      { lon: 97.2, lat: 31.1, km: 4380 },
      { lon: 98.6, lat: 28.5, km: 3900 },
      { lon: 99.4, lat: 25.8, km: 3560 },
      { lon: 100.43, lat: 23.4, km: 3000 },
      ...line,
      { lon: 106.75, lat: 9.9, km: 0 },
    ],
    tributaries: [
      {
        id: 'nam-ou',
        name: { en: 'Nam Ou' },
        joinsAtKm: 2040,
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
        joinsAtKm: 910,
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
        joinsAtKm: 672,
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
        joinsAtKm: 335,
        bank: 'right',
        line: [
          [103.6, 13.1],
          [104.4, 12.4],
          [104.93, 11.56],
        ],
      },
    ],
    borders: [
      { km: 2540, parties: ['china', 'myanmar'] },
      { km: 2370, parties: ['myanmar', 'thailand'] },
      { km: 720, parties: ['lao-pdr', 'cambodia'] },
      { km: 240, parties: ['cambodia', 'viet-nam'] },
    ],
    profile: [
      { km: 4880, elevationM: 5200 },
      { km: 4380, elevationM: 3600 },
      { km: 3900, elevationM: 2100 },
      { km: 3370, elevationM: 1100 },
      { km: 2905, elevationM: 760 },
      ...stations.map(({ riverKm, gaugeZero }) => ({
        km: riverKm ?? 0,
        elevationM: gaugeZero?.heightM ?? 0,
      })),
      { km: 0, elevationM: 0 },
    ],
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
    series: 'nakhon-phanom.water-level',
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
  party: 'lao-pdr',
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
  parties: Object.entries(zones).map(([id, timeZone]) => ({ id, name: { en: id }, timeZone })),
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
