/** From what a source says of a series to a series of ours: known, made, or refused with the fix named. */
import type { Series } from '@lanmei/model/kinds/series'
import type { Station } from '@lanmei/model/kinds/station'
import type { NoticeCode } from '@lanmei/model/notice'
import type { SeriesHint } from '@lanmei/model/reading'
import { type Audience, isId } from '@lanmei/model/record'
import type { Queryable } from '@lanmei/store/connect'
import { recordsOfKind } from '@lanmei/store/records'
import type { Rule } from '@lanmei/watch/evaluate'
import type { AreaChecks } from '../quality/rules.ts'
import { recordFault } from '../records/record-fault.ts'
import type { RecordWrite } from '../records/write.ts'
import type { StationIndex } from './station-index.ts'
import { type Conversion, sameUnit, type Vocabulary } from './vocabulary.ts'

export type Target = {
  series: string
  audience: Audience
  rules: Rule[]
  conversion: Conversion
  writtenUnit?: string
}
export type Refusal = { code: NoticeCode; read: string; expected: string }
export type Resolution = { target: Target; made: NoticeCode[] } | { refusal: Refusal }

export type Resolver = {
  resolve(hint: SeriesHint): Resolution
  /** Records to be written before values of new series are stored; empties the list. */
  takeNewRecords(): RecordWrite[]
}

const parties: Record<string, string> = { KH: 'kh', CN: 'cn', LA: 'la', MM: 'mm', TH: 'th', VN: 'vn' }
const timeZones: Record<string, string> = {
  kh: 'Asia/Phnom_Penh',
  cn: 'Asia/Shanghai',
  la: 'Asia/Vientiane',
  mm: 'Asia/Yangon',
  th: 'Asia/Bangkok',
  vn: 'Asia/Ho_Chi_Minh',
}

/** Party of a code that begins with a country, e.g. KH_014901; undefined for others. */
export function partyOfCode(code: string): string | undefined {
  return parties[/^([A-Z]{2})_/.exec(code)?.[1] ?? '']
}
export function timeZoneOfParty(party: string): string {
  return timeZones[party] ?? 'Asia/Bangkok'
}

/** The fix for a table that does not say what it holds. */
const describeIt =
  'a profile that names station and property, or folder and file names of an export: water-level/KH_014901_Kratie.csv'

export async function openResolver(
  db: Queryable,
  options: {
    owner: string
    party: string
    createStations: boolean
    vocabulary: Vocabulary
    stations: StationIndex
    checks: AreaChecks
    source?: string
  },
): Promise<Resolver> {
  const known = new Map((await recordsOfKind(db, 'series')).map((row) => [row.id, row.fields as Series]))
  const fresh: RecordWrite[] = []
  const { vocabulary, stations } = options

  function resolve(hint: SeriesHint): Resolution {
    // A source that names a series of ours means that one and no other.
    const named = hint.series ?? hint.key
    const direct = known.get(named)
    if (direct) return targetOf(named, direct, hint)
    if (!hint.property) return refuse('unknown-property', hint.station || 'nothing that says it', describeIt)
    if (!vocabulary.property(hint.property))
      return refuse('unknown-property', hint.property, vocabulary.properties.map((p) => p.id).join(', '))
    let station = stations.find(hint.station, hint.stationName)
    let newStation: RecordWrite | undefined
    if (!station) {
      if (hint.station.trim() === '') return refuse('unknown-station', 'nothing that says it', describeIt)
      if (!options.createStations)
        return refuse('unknown-station', hint.station, 'a station table loaded first, or --create-stations')
      const id = stationId(hint.station)
      if (!id) return refuse('unknown-station', hint.station, 'a station code of letters, digits, . _ : -')
      station = stations.find(id)
      // Two codes that differ only in signs an id cannot hold are two stations: they must not become one.
      if (station && id !== hint.station.trim())
        return refuse('unknown-station', hint.station, `another code than that of the station ${station.id}`)
      const fields = stationFields(hint, options.party)
      if (!station) newStation = { kind: 'station', id, owner: options.owner, fields }
      station ??= { id, version: 1, fields }
    }
    const procedure = hint.procedure ?? 'manual'
    const id = `${station.id}.${hint.property}.${procedure}`
    const there = known.get(id)
    if (there) return targetOf(id, there, hint)
    const fields = seriesFields(hint, station.id, procedure)
    const records: RecordWrite[] = [
      ...(newStation ? [newStation] : []),
      { kind: 'series', id, owner: options.owner, fields },
    ]
    const fault = recordFault(records)
    if (fault) return refuse('malformed-record', hint.station, `${fault.column}: ${fault.expected}`)
    const resolution = targetOf(id, fields, hint, [
      ...(newStation ? (['station-created'] as const) : []),
      'series-created',
    ])
    if ('refusal' in resolution) return resolution
    if (newStation) stations.add(station)
    known.set(id, fields)
    fresh.push(...records)
    return resolution
  }

  function seriesFields(hint: SeriesHint, station: string, procedure: string): Series {
    const property = vocabulary.property(hint.property as string) as NonNullable<
      ReturnType<Vocabulary['property']>
    >
    return {
      station,
      property: property.id,
      unit: property.unit,
      procedure,
      aggregation: (hint.aggregation ?? property.aggregation) as Series['aggregation'],
      ...(hint.cadenceSeconds ? { cadenceSeconds: hint.cadenceSeconds } : {}),
      ...(hint.dayBoundary ? { dayBoundary: hint.dayBoundary } : {}),
      ...(hint.datum ? { datum: hint.datum } : {}),
      origin:
        procedure === 'calculated' ? 'calculated' : procedure === 'simulated' ? 'simulated' : 'observed',
      audience: 'public',
      ...(options.source ? { source: options.source } : {}),
    } as Series
  }

  function targetOf(series: string, fields: Series, hint: SeriesHint, made: NoticeCode[] = []): Resolution {
    const property = vocabulary.property(fields.property)
    const conversion =
      !hint.unit || hint.unit === fields.unit
        ? sameUnit
        : property?.unit === fields.unit
          ? vocabulary.conversion(fields.property, hint.unit)
          : undefined
    if (!conversion)
      return refuse('unknown-unit', hint.unit as string, `a unit that can become ${fields.unit}`)
    const converts =
      conversion !== sameUnit &&
      (conversion.multiply !== 1 || conversion.divide !== 1 || conversion.add !== 0)
    const rules = options.checks.atTakeIn(fields, stations.find(fields.station)?.fields)
    return {
      target: { series, audience: fields.audience as Audience, rules, conversion, writtenUnit: hint.unit },
      made: converts ? [...made, 'unit-converted'] : made,
    }
  }

  return { resolve, takeNewRecords: () => fresh.splice(0) }
}

function refuse(code: NoticeCode, read: string, expected: string): Resolution {
  return { refusal: { code, read, expected } }
}

function stationId(code: string): string | undefined {
  const id = code
    .trim()
    .replace(/[^A-Za-z0-9._:-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '')
  return isId(id) ? id : undefined
}

function stationFields(hint: SeriesHint, nodeParty: string): Station {
  const party = partyOfCode(hint.station) ?? nodeParty
  return {
    name: { en: hint.stationName || hint.station },
    party,
    stationType: hint.property === 'rainfall' ? 'rain-gauge' : 'river-gauge',
    timeZone: timeZoneOfParty(party),
    source: 'made from an observation file; position and owner are to be completed',
  } as Station
}
