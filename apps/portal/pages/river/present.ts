/** What the River page shows, out of what the node tells: verdict, order of attention, places along the line. Pure. */
import type { Reader } from '../../shell/reader.ts'
import { type River, type Station, type WaterState, waterStates } from '../../shell/told.ts'

export type Verdict = 'flood' | 'alarm' | 'high' | 'low' | 'normal' | 'mixed' | 'unknown'

const above: readonly WaterState[] = ['above-normal', 'high', 'alarm', 'flood']
const below: readonly WaterState[] = ['below-normal', 'low']

/** A value that is there and still speaks of now. */
export function speaks({ now }: Station): boolean {
  return now.state !== 'unknown' && now.freshness !== 'none' && now.freshness !== 'silent'
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

export type Label = { at: number; text: string; station: Station; anchor: Anchor; row: number }
export type Anchor = 'start' | 'middle' | 'end'

/** Share of the drawing's width that a text takes; wide scripts count more. The drawing is taken as 690 px wide. */
function widthOf(text: string): number {
  let px = 0
  for (const sign of text)
    px += /[\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uff00-\uffef]/.test(sign) ? 12 : 7.2
  return px / 690
}

/** Where a text about a place may stand without leaving the drawing, and the stretch it then covers. */
function stretch(at: number, text: string): { anchor: Anchor; from: number; to: number } {
  const width = widthOf(text) + 0.014
  if (at - width / 2 < 0) return { anchor: 'start', from: at, to: at + width }
  if (at + width / 2 > 1) return { anchor: 'end', from: at - width, to: at }
  return { anchor: 'middle', from: at - width / 2, to: at + width / 2 }
}

/** Which names are written into the profile, in two rows: the most urgent first, and no two over each other. */
export function labels(
  stem: readonly (Station & { riverKm: number })[],
  sourceKm: number,
  reader: Reader,
): Label[] {
  const order = stem.filter(speaks).sort((a, b) => urgency[a.now.state] - urgency[b.now.state])
  const rows: { from: number; to: number }[][] = [[], []]
  const out: Label[] = []
  for (const station of order) {
    const at = along(station.riverKm, sourceKm)
    const text = reader.name(station.name, station.id).text
    const { anchor, from, to } = stretch(at, text)
    const row = rows.findIndex((taken) => taken.every((other) => to < other.from || from > other.to))
    const crowded = out.some((other) => Math.abs(other.at - at) < 0.02)
    if (row < 0 || crowded) continue
    rows[row].push({ from, to })
    out.push({ at, text, station, anchor, row })
  }
  return out.sort((a, b) => a.at - b.at)
}

export type BorderLabel = { km: number; at: number; parties: string[]; text: string; anchor?: Anchor }

/** Border ticks with the names of the states that meet there; without `anchor` there is no room to write them. */
export function borderLabels(
  borders: River['borders'],
  sourceKm: number,
  partyName: (id: string) => string,
): BorderLabel[] {
  let end = -1
  return borderTicks(borders).map(({ km, parties }) => {
    const at = along(km, sourceKm)
    const text = parties.map(partyName).join(' · ')
    const { anchor, from, to } = stretch(at, text)
    if (from < end) return { km, at, parties, text }
    end = to
    return { km, at, parties, text, anchor }
  })
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
