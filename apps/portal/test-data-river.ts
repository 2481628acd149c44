/** An invented river for the portal's tests: the places of the project, in a flood that never was. */
import { readFileSync } from 'node:fs'
import type { Words } from '@lanmei/model/language'
import type { River, Station, WaterState } from './shell/told.ts'

/** Area data are read as files; no code imports them. */
export function areaFile(name: string) {
  return JSON.parse(readFileSync(new URL(`../../areas/water/${name}.json`, import.meta.url), 'utf8'))
}

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

export const stations: Station[] = (areaFile('stations').stations as Place[]).map((place) => {
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

type Dam = River['dams'][number] & { riverKm?: number | null }
type Tick = River['borders'][number]
type Height = River['profile'][number]

export function riverAnswer(): River {
  const counts: Record<string, number> = {}
  for (const { now } of stations) counts[now.state] = (counts[now.state] ?? 0) + 1
  return {
    at: new Date(nowMs).toISOString(),
    simulated: true,
    stations,
    dams: areaFile('dams').dams.map((dam: Dam) => ({
      id: dam.id,
      name: dam.name,
      longitude: dam.longitude,
      latitude: dam.latitude,
      party: dam.party,
      river: dam.river,
      riverKm: dam.riverKm ?? undefined,
      status: dam.status,
      capacityMw: dam.capacityMw,
    })),
    line: areaFile('river-line').points,
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
    borders: areaFile('borders').ticks.map(({ km, parties }: Tick) => ({ km, parties })),
    profile: areaFile('profile').points.map(({ km, elevationM, source }: Height) => ({
      km,
      elevationM,
      source,
    })),
    counts,
  }
}
