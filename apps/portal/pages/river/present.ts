/** What the River page shows, out of what the node tells: verdict, order of attention, places along the line. Pure. */
import type { Reader } from '../../shell/reader.ts'
import { type River, type Station, type WaterState, waterStates } from '../../shell/told.ts'
import { type Fitted, fit } from './fit.ts'

export type Verdict = 'flood' | 'alarm' | 'high' | 'low' | 'normal' | 'mixed' | 'unknown'

const above: readonly WaterState[] = ['above-normal', 'high', 'alarm', 'flood']
const below: readonly WaterState[] = ['below-normal', 'low']

/** A value that is there and still speaks of now. */
export function speaks({ now }: Station): boolean {
  return now.state !== 'unknown' && now.freshness !== 'none' && now.freshness !== 'silent'
}

/** How many gauges of level or flow speak of now, and how many there are. */
export function reporting(stations: readonly Station[]): { speaking: number; all: number } {
  const places = stations.filter(carriesLevel)
  return { speaking: places.filter(speaks).length, all: places.length }
}

/** Stations on the line from source to sea, in the order of the flow. */
export function mainStem(stations: readonly Station[]): (Station & { riverKm: number })[] {
  return stations
    .filter((s): s is Station & { riverKm: number } => s.riverKm !== undefined && carriesLevel(s))
    .sort((a, b) => b.riverKm - a.riverKm)
}

/** Rain gauges and weather stations have no high or low water. */
export function carriesLevel({ stationType }: Station): boolean {
  return stationType !== 'rain-gauge' && stationType !== 'weather-station'
}

/**
 * The river in one word. Any warning level passed decides; otherwise more than half of the main-stem stations that speak;
 * `mixed` when no state has a majority; `unknown` when fewer than three speak.
 */
export function verdictOf(stations: readonly Station[]): Verdict {
  const speaking = stations.filter((s) => carriesLevel(s) && speaks(s))
  if (speaking.some(({ now }) => now.state === 'flood')) return 'flood'
  if (speaking.some(({ now }) => now.state === 'alarm')) return 'alarm'
  const stem = mainStem(stations).filter(speaks)
  if (stem.length < 3) return 'unknown'
  const more = (states: readonly WaterState[]) =>
    stem.filter(({ now }) => states.includes(now.state)).length * 2 > stem.length
  if (more(above)) return 'high'
  if (more(below)) return 'low'
  return more(['normal']) ? 'normal' : 'mixed'
}

/** How many level stations stand in each state, most severe first, states without stations left out. */
export function countsOf(stations: readonly Station[]): { state: WaterState; count: number }[] {
  const places = stations.filter(carriesLevel)
  return waterStates
    .map((state) => ({ state, count: places.filter(({ now }) => now.state === state).length }))
    .filter(({ count }) => count > 0)
}

const urgency: Readonly<Record<WaterState, number>> = {
  flood: 0,
  alarm: 1,
  high: 2,
  low: 3,
  'above-normal': 9,
  normal: 9,
  'below-normal': 9,
  unknown: 9,
}

/** Stations somebody should look at: warning levels, very high or very low water; most urgent first, then upstream first. */
export function attention(stations: readonly Station[]): Station[] {
  return stations
    .filter((s) => carriesLevel(s) && urgency[s.now.state] < 9)
    .sort((a, b) => urgency[a.now.state] - urgency[b.now.state] || placeKm(b) - placeKm(a))
}

/** In the order of drawing: what is unknown first, what needs attention last and on top. */
export function byWeight(stations: readonly Station[]): Station[] {
  const weight = ({ now }: Station) => (now.state === 'unknown' ? -1 : 9 - urgency[now.state])
  return [...stations].sort((a, b) => weight(a) - weight(b))
}

/** River-km of a station, or of the mouth of its tributary. */
export function placeKm({ riverKm, joinsAtKm }: Pick<Station, 'riverKm' | 'joinsAtKm'>): number {
  return riverKm ?? joinsAtKm ?? -1
}

/** Newest time of all values, in ms; undefined when there is none. */
export function newestMs(stations: readonly Station[]): number | undefined {
  const times = stations.flatMap(({ now }) => (now.time ? [Date.parse(now.time)] : []))
  return times.length ? Math.max(...times) : undefined
}

/** Kilometres at which the scale of the line changes: few stations stand above it. */
export const breakKm = 2800
const shareAbove = 0.2

/** Place along the drawn line, 0 at the source to 1 at the sea. Above `breakKm` the line is drawn shorter. */
export function along(km: number, sourceKm: number): number {
  const top = Math.max(sourceKm, breakKm + 1)
  if (km >= breakKm) return (shareAbove * (top - Math.min(km, top))) / (top - breakKm)
  return shareAbove + (1 - shareAbove) * ((breakKm - Math.max(km, 0)) / breakKm)
}

/** Heights of the profile in its own units, 0 at the bottom: percentiles up to 100, then the lanes of alarm and flood. */
export const heights = { normalFrom: 25, normalTo: 75, alarm: 106, flood: 124, top: 142 } as const

const middle: Readonly<Record<WaterState, number>> = {
  flood: 133,
  alarm: 115,
  high: 95,
  'above-normal': 82,
  normal: 50,
  'below-normal': 18,
  low: 5,
  unknown: 0,
}

/** Height of a station in the profile; undefined when nothing is known. Without a percentile it stands in the middle of its state. */
export function heightOf({ now, thresholds }: Station): number | undefined {
  const { state, value, percentile } = now
  if (state === 'unknown') return undefined
  if (state === 'flood' || state === 'alarm') {
    const level = (name: string) => thresholds.find((one) => one.level === name)?.value
    const alarm = level('alarm')
    const flood = level('flood')
    if (value === undefined || alarm === undefined || flood === undefined || flood <= alarm)
      return middle[state]
    const share = (value - alarm) / (flood - alarm)
    const laneHeight = heights.flood - heights.alarm
    return Math.min(heights.top - 4, Math.max(heights.alarm + 4, heights.alarm + share * laneHeight))
  }
  return percentile ?? middle[state]
}

/** One sentence for a mark: name, state, value, change, time. */
export function markLabel(station: Station, reader: Reader): string {
  const { now } = station
  const parts = [reader.name(station.name, station.id).text, reader.t(`state.${now.state}`)]
  if (now.value !== undefined) parts.push(`${reader.number(now.value)} ${unitOf(station, reader.t)}`)
  if (now.change24h !== undefined)
    parts.push(reader.t('river.change', { change: reader.signed(now.change24h) }))
  if (now.time) parts.push(reader.time(Date.parse(now.time), station.timeZone))
  if (now.freshness !== 'fresh') parts.push(reader.t(`freshness.${now.freshness}`))
  return parts.join(' · ')
}

/** Gauges of the towns people steer by, the largest first; named before others of the same urgency. */
const landmarks = [
  'KH_019801',
  'LA_011901',
  'LA_013901',
  'LA_011201',
  'CN_092600',
  'TH_013101',
  'KH_014901',
  'KH_014501',
  'VN_019804',
  'TH_010501',
  'CN_CHANGDU',
  'TH_012001',
  'KH_019802',
  'LA_013401',
  'VN_019803',
  'TH_013801',
]

/** Which names are written into the profile, in two rows: the most urgent first, then the best known. */
export function labels(
  stem: readonly (Station & { riverKm: number })[],
  sourceKm: number,
  reader: Reader,
  px: number,
): Fitted<{ at: number; text: string; station: Station }>[] {
  const renown = ({ id }: Station) => {
    const place = landmarks.indexOf(id)
    return place < 0 ? landmarks.length : place
  }
  const order = stem
    .filter(speaks)
    .sort((a, b) => urgency[a.now.state] - urgency[b.now.state] || renown(a) - renown(b))
  const wanted = order.map((station) => ({
    at: along(station.riverKm, sourceKm),
    text: reader.name(station.name, station.id).text,
    station,
  }))
  return fit(wanted, 2, 14, px)
}

/** Names of the states that meet at the border ticks, as many as a drawing `px` wide has room for. */
export function borderLabels(
  borders: River['borders'],
  sourceKm: number,
  partyName: (id: string) => string,
  px: number,
): Fitted<{ at: number; text: string }>[] {
  const wanted = borderTicks(borders).map(({ km, parties }) => ({
    at: along(km, sourceKm),
    text: parties.map(partyName).join(' · '),
  }))
  return fit(wanted, 1, 0, px)
}

/** Border ticks at the same place told once, with all the states that meet there. */
export function borderTicks(borders: River['borders']): { km: number; parties: string[] }[] {
  const byKm = new Map<number, Set<string>>()
  for (const { km, parties } of borders) {
    const there = byKm.get(km) ?? new Set()
    for (const party of parties) there.add(party)
    byKm.set(km, there)
  }
  return [...byKm].map(([km, parties]) => ({ km, parties: [...parties] })).sort((a, b) => b.km - a.km)
}

/** Unit of the value that decides a station's state, as it is written beside numbers. */
export function unitOf({ now }: Station, t: Reader['t']): string {
  if (now.unit === 'm3/s') return t('unit.m3s')
  if (now.unit === 'mm') return t('unit.mm')
  return now.unit === undefined || now.unit === 'm' ? t('unit.m') : now.unit
}
