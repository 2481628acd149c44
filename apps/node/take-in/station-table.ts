/** Stations out of station tables: new ones are made, known ones get what they lack; nothing that is there is overwritten. */
import type { Station } from '@lanmei/model/kinds/station'
import { type Notice, notice } from '@lanmei/model/notice'
import type { StationHint } from '@lanmei/model/reading'
import { isId } from '@lanmei/model/record'
import { presentVersions } from '@lanmei/store/records'
import type { Context } from '../context.ts'
import { recordFault } from '../records/record-fault.ts'
import { type RecordWrite, writeRecords } from '../records/write.ts'
import type { Counts } from './counts.ts'
import { partyOfCode, timeZoneOfParty } from './resolve.ts'
import type { StationIndex } from './station-index.ts'

const countries = new Map([
  ['cambodia', 'kh'],
  ['china', 'cn'],
  ['laos', 'la'],
  ['lao pdr', 'la'],
  ['myanmar', 'mm'],
  ['thailand', 'th'],
  ['vietnam', 'vn'],
  ['viet nam', 'vn'],
])
// Two tables that put one station further apart than this do not mean the same place.
const farDegrees = 0.1

type Told = { line: number; station: StationHint; file: string }

/** Writes the stations told; each counts as one read. A row without a code is matched by its name, or refused. */
export async function storeStations(
  context: Context,
  options: { author: string; dryRun?: boolean },
  stations: StationIndex,
  told: Told[],
  counts: Counts,
): Promise<Notice[]> {
  const notices: Notice[] = []
  for (const { line, station, file } of told) {
    const found = stations.find(station.code, station.name)
    const id = found?.id ?? station.code
    const place = { file, line, read: station.code || station.name }
    if (!isId(id)) {
      const expected = 'a code, or the name of a known station'
      notices.push(notice('unknown-station', { ...place, expected, refused: 1 }))
      continue
    }
    const country = (station.country ?? '').toLowerCase()
    const party = countries.get(country) ?? partyOfCode(station.code) ?? context.party()
    const made = fieldsOf(station, party)
    const there = found?.fields
    if (there?.at && made.at && isFar(there.at, made.at)) notices.push(differs(place, there.at, made.at))
    const fields = there ? { ...made, ...there } : made
    const owner = context.journal.node
    const levels = await newThresholds(context, id, station, owner)
    const items: RecordWrite[] = [{ kind: 'station', id, owner, fields }, ...levels]
    const fault = recordFault(items)
    if (fault) {
      notices.push(notice('malformed-record', { ...place, ...fault, refused: 1 }))
      continue
    }
    counts.read++
    const written = options.dryRun ? [] : await writeRecords(context, options.author, items)
    if (!found) counts.stored++
    else if (written.some((item) => item.changed)) counts.revised++
    else counts.unchanged++
    stations.add({ id, version: written[0]?.version ?? 1, fields })
  }
  return notices
}

type Place = { latitude: number; longitude: number }
function isFar(a: Place, b: Place): boolean {
  return Math.hypot(a.latitude - b.latitude, a.longitude - b.longitude) > farDegrees
}
function differs(place: { file: string; line: number; read?: string }, known: Place, told: Place): Notice {
  const text = ({ latitude, longitude }: Place) => `${latitude}, ${longitude}`
  return notice('station-differs', { ...place, read: text(told), expected: text(known) })
}

/** Levels of the table, where the station has none yet: what is known is not overwritten. */
async function newThresholds(
  context: Context,
  id: string,
  station: StationHint,
  owner: string,
): Promise<RecordWrite[]> {
  const items = thresholdsOf(id, station, owner)
  if (!items.length) return []
  const present = await presentVersions(context.store.pool, items)
  return items.filter((item) => !present.has(`${item.kind}/${item.id}`))
}

function fieldsOf(station: StationHint, party: string): Station {
  const { latitude, longitude, river, altitudeM, drainageAreaKm2, gaugeZeroM, source, name } = station
  return {
    name: { en: name || station.code },
    party,
    stationType: /^(n\/a|-|)$/i.test(river ?? '') ? 'rain-gauge' : 'river-gauge',
    timeZone: timeZoneOfParty(party),
    ...(latitude !== undefined && longitude !== undefined ? { at: { latitude, longitude } } : {}),
    ...(river && !/^(n\/a|-)$/i.test(river) ? { river } : {}),
    ...(altitudeM !== undefined ? { altitudeM } : {}),
    ...(drainageAreaKm2 !== undefined ? { drainageAreaKm2 } : {}),
    ...(gaugeZeroM !== undefined
      ? {
          gaugeZero: {
            heightM: gaugeZeroM,
            datum: 'mean sea level (national)',
            ...(source ? { source } : {}),
          },
        }
      : {}),
    ...(source ? { source } : {}),
  } as Station
}

function thresholdsOf(id: string, station: StationHint, owner: string): RecordWrite[] {
  const levels = [
    { level: 'alarm', value: station.alarmLevelM },
    { level: 'flood', value: station.floodLevelM },
  ].flatMap(({ level, value }) =>
    value === undefined ? [] : [{ level, value, source: station.source ?? 'station table' }],
  )
  if (!levels.length) return []
  return [
    {
      kind: 'thresholds',
      id: `${id}.water-level`,
      owner,
      fields: { station: id, property: 'water-level', valid: {}, levels },
    },
  ]
}
