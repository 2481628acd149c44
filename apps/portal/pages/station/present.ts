/** What the Station page shows: which series, which stretch, which facts, where its data can be had. Pure. */

import { addressOf } from '@lanmei/api/client'
import { observations } from '@lanmei/api/contract/values'
import { parseInstant } from '@lanmei/model/instant'
import type { Reader } from '../../shell/reader.ts'
import type { River, Series, Station } from '../../shell/told.ts'
import type { Format } from '../../ui/file-formats.ts'
import { dayMs, type Level, type Window, within } from '../../ui/hydrograph/model.ts'
import type { RibbonLine } from '../../ui/ribbon.tsx'
import { along, borderTicks, mainStem, placeKm } from '../river/present.ts'

export const views = ['history', 'table', 'statistics', 'flags', 'revisions', 'proof', 'data'] as const
export type View = (typeof views)[number]

export function viewOf(asked: string | null): View {
  return views.find((view) => view === asked) ?? 'history'
}

const order = ['water-level', 'lake-level', 'reservoir-level', 'discharge', 'outflow', 'rainfall']

/** The series a reader most likely wants: the one the state rests on, else by property, else the longest. */
export function pickSeries(
  series: readonly Series[],
  station: Station,
  asked: string | null,
): Series | undefined {
  const rank = ({ property }: Series) => {
    const place = order.indexOf(property)
    return place < 0 ? order.length : place
  }
  return (
    series.find(({ id }) => id === asked) ??
    series.find(({ id }) => id === station.now.series) ??
    [...series].sort((a, b) => rank(a) - rank(b) || b.count - a.count)[0]
  )
}

/** Rain to hang above a hydrograph: of the station itself, when something else is shown. */
export function rainBeside(series: readonly Series[], shown: Series): Series | undefined {
  if (shown.property === 'rainfall') return undefined
  return series.find(({ property, count }) => property === 'rainfall' && count > 0)
}

/** Everything there is of a series, up to now when it is alive. */
export function limitsOf({ first, last }: Series, nowMs: number): Window {
  const from = first ? Date.parse(first) : nowMs - 365 * dayMs
  const to = last ? Date.parse(last) : nowMs
  const alive = nowMs - to < 60 * dayMs
  const end = alive ? nowMs : to
  return { from: Math.min(from, end - dayMs), to: end + dayMs }
}

/** The stretch asked for in the address, else the last year. */
export function windowOf(limits: Window, from: string | null, to: string | null): Window {
  const [a, b] = [from, to].map((text) => (text ? parseInstant(text) : Number.NaN))
  if (a < b) return within({ from: a, to: b }, limits)
  return within({ from: limits.to - 365 * dayMs, to: limits.to }, limits)
}

/** An address text for a moment, to the minute. */
export function addressTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`
}

/** Warning levels of a series, by the area's own names. Severe are those at which water leaves its bed. */
export function levelsOf({ thresholds }: Station, { property }: Series, reader: Reader): Level[] {
  return thresholds
    .filter((one) => one.property === property)
    .map(({ level, value }) => ({
      name: reader.find(`area.threshold.${level}.name`) ?? level,
      value,
      severe: level === 'flood' || level === 'extreme',
    }))
}

/** Unit as it is written beside numbers. */
export function unitWritten(unit: string, reader: Reader): string {
  const known: Record<string, string> = {
    m: reader.t('unit.m'),
    'm3/s': reader.t('unit.m3s'),
    mm: reader.t('unit.mm'),
    Cel: '°C',
  }
  return known[unit] ?? unit
}

/** A series in words: property, how it is read, and that it is simulated when it is. */
export function seriesName({ property, procedure, name, origin }: Series, reader: Reader): string {
  if (name) return reader.name(name).text
  const words = [reader.find(`area.property.${property}.name`) ?? property]
  const how = reader.find(`area.procedure.${procedure}.name`)
  if (how && procedure !== 'simulated') words.push(how)
  if (origin === 'simulated') words.push(reader.t('chart.simulated'))
  return words.join(' · ')
}

export type Fact = { term: string; text: string; detail?: string; detailLang?: 'en' }

/** Vertical datums as the records call them, and the key of their words in the texts of the area. */
export const datumKeys: Readonly<Record<string, string>> = {
  'mean sea level as published by the Mekong River Commission (national datums differ)': 'mrc-mean-sea-level',
  'readings are published as height above sea level': 'above-sea-level',
}

/** A datum in the reader's language; one without words stays as the record has it, in English. */
function datumOf(datum: string, reader: Reader): Pick<Fact, 'detail' | 'detailLang'> {
  const known = reader.find(`area.datum.${datumKeys[datum]}`)
  return known ? { detail: known } : { detail: datum, detailLang: 'en' }
}

/** The facts of a station, in the order an officer asks for them. What is not known is left out. */
export function factsOf(
  station: Station,
  record: Record<string, unknown>,
  names: { party: string; organisation?: string },
  reader: Reader,
): Fact[] {
  const { t, number } = reader
  const facts: (Fact | undefined)[] = [
    { term: t('station.country'), text: names.party },
    names.organisation ? { term: t('station.owner'), text: names.organisation } : undefined,
    station.riverKm === undefined
      ? station.joinsAtKm === undefined
        ? undefined
        : { term: t('station.joins'), text: t('river.km', { km: number(station.joinsAtKm, 0) }) }
      : { term: t('station.river-km'), text: t('station.km-from-sea', { km: number(station.riverKm, 0) }) },
    station.gaugeZero && {
      term: t('station.gauge-zero'),
      text: `${number(station.gaugeZero.heightM, 3)} ${t('unit.m')}`,
      ...datumOf(station.gaugeZero.datum, reader),
    },
    typeof record.drainageAreaKm2 === 'number'
      ? { term: t('station.area'), text: `${number(record.drainageAreaKm2, 0)} km²` }
      : undefined,
    { term: t('station.zone'), text: station.timeZone },
    station.latitude === undefined || station.longitude === undefined
      ? undefined
      : {
          term: t('station.place'),
          text: `${number(station.latitude, 4)}° N, ${number(station.longitude, 4)}° E`,
        },
    Array.isArray(record.aliases) && record.aliases.length
      ? { term: t('station.codes'), text: [station.id, ...record.aliases.map(String)].join(', ') }
      : { term: t('station.codes'), text: station.id },
  ]
  return facts.filter((fact) => fact !== undefined)
}

/** The river line for the small ribbon. */
export function ribbonLine(river: River, reader: Reader): { line: RibbonLine; sourceKm: number } {
  const stem = mainStem(river.stations)
  const sourceKm = Math.max(...river.line.map(({ km }) => km), ...stem.map(({ riverKm }) => riverKm), 1)
  const line: RibbonLine = {
    places: stem.map(({ id, riverKm, now, name }) => ({
      id,
      at: along(riverKm, sourceKm),
      label: reader.name(name, id).text,
      state: now.state,
      freshness: now.freshness,
    })),
    dams: river.dams.flatMap(({ riverKm, name, id, status }) =>
      riverKm === undefined || status === 'planned'
        ? []
        : [{ at: along(riverKm, sourceKm), label: reader.name(name, id).text }],
    ),
    borders: borderTicks(river.borders).map(({ km }) => along(km, sourceKm)),
  }
  return { line, sourceKm }
}

/** Where a station stands on the line; a tributary's at its mouth; undefined when it is not on the river at all. */
export function hereOf(station: Station, sourceKm: number): { at: number; id: string } | undefined {
  const km = placeKm(station)
  return km < 0 ? undefined : { at: along(km, sourceKm), id: station.id }
}

export type Download = { format: Format; address: string }

/** Addresses of the values of a stretch in every form. */
export function downloads(series: string, { from, to }: Window): Download[] {
  const query = { from: addressTime(from), to: addressTime(to) }
  return (['csv', 'json', 'parquet', 'arrow'] as const).map((format) => ({
    format,
    address: addressOf(observations, {
      parameters: { id: series },
      query: { ...query, format },
    }),
  }))
}

/** The shell line that fetches the whole series. */
export function curlLine(origin: string, series: string): string {
  const address = addressOf(observations, { parameters: { id: series }, query: { format: 'csv' } })
  return `curl -o ${series.replace(/[^A-Za-z0-9.-]/g, '_')}.csv '${origin}${address}'`
}

/** A wall-clock text (2026-08-20T07:00) in a zone to an instant, ms; NaN when it is no time. */
export function fromWallClock(text: string, timeZone: string): number {
  const guess = parseInstant(text)
  if (Number.isNaN(guess)) return Number.NaN
  const shown = wallClock(guess, timeZone)
  const first = guess - (parseInstant(shown) - guess)
  // A second look settles moments near a change of the zone's offset.
  return first - (parseInstant(wallClock(first, timeZone)) - guess)
}

/** An instant as wall-clock text in a zone, as form fields want it. */
export function wallClock(ms: number, timeZone: string): string {
  return new Date(ms).toLocaleString('sv-SE', { timeZone }).slice(0, 16).replace(' ', 'T')
}

/** An author as shown: the role, key or program without its prefix and pseudonym; the whole stays in the tooltip. */
export function authorWritten(author: string): string {
  return author.replace(/^role:/, '').replace(/#.*$/, '') || author
}
