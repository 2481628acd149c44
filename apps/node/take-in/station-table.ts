/** Stations out of station tables: new ones are made, known ones get what they lack; nothing that is there is overwritten. */
import type { Station } from '@lanmei/model/kinds/station'
import { type Notice, notice } from '@lanmei/model/notice'
import type { StationHint } from '@lanmei/model/reading'
import { isId } from '@lanmei/model/record'
import { presentVersions, recordsOfKind } from '@lanmei/store/records'
import type { Context } from '../context.ts'
import { type RecordWrite, writeRecords } from '../records/write.ts'
import type { Counts } from './counts.ts'
import { partyOfCode, timeZoneOfParty } from './resolve.ts'

const countries: Record<string, string> = {
  cambodia: 'kh',
  china: 'cn',
  laos: 'la',
  'lao pdr': 'la',
  myanmar: 'mm',
  thailand: 'th',
  vietnam: 'vn',
  'viet nam': 'vn',
}
// Two tables that put one station further apart than this do not mean the same place.
const farDegrees = 0.1

type Told = { line: number; station: StationHint; file: string }

/** Writes the stations told; each counts as one read. */
export async function storeStations(
  context: Context,
  options: { author: string; dryRun?: boolean },
  told: Told[],
  counts: Counts,
): Promise<Notice[]> {
  const notices: Notice[] = []
  const present = await presentVersions(
    context.store.pool,
    told.map(({ station }) => ({ kind: 'station', id: station.code })),
  )
  const known = await recordsOfKind(context.store.pool, 'party')
  for (const { line, station, file } of told) {
    const place = { file, line, read: station.code }
    if (!isId(station.code)) {
      notices.push(
        notice('malformed-record', {
          ...place,
          expected: 'a station code of letters, digits, . _ : -',
          refused: 1,
        }),
      )
      continue
    }
    const before = present.get(`station/${station.code}`)
    const party =
      countries[(station.country ?? '').toLowerCase()] ??
      partyOfCode(station.code) ??
      (known.length ? context.party() : context.party())
    const made = fieldsOf(station, party)
    const there = before?.fields as Station | undefined
    if (
      there?.at &&
      made.at &&
      Math.hypot(there.at.latitude - made.at.latitude, there.at.longitude - made.at.longitude) > farDegrees
    )
      notices.push(
        notice('station-differs', {
          ...place,
          read: `${made.at.latitude}, ${made.at.longitude}`,
          expected: `${there.at.latitude}, ${there.at.longitude}`,
        }),
      )
    const fields = there ? { ...made, ...there } : made
    const owner = before?.owner ?? context.journal.node
    const items: RecordWrite[] = [
      { kind: 'station', id: station.code, owner, fields },
      ...thresholdsOf(station, owner),
    ]
    counts.read++
    const written = options.dryRun ? [] : await writeRecords(context, options.author, items)
    if (!before) counts.stored++
    else if (written.some((item) => item.changed)) counts.revised++
    else counts.unchanged++
  }
  return notices
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

function thresholdsOf(station: StationHint, owner: string): RecordWrite[] {
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
      id: `${station.code}.water-level`,
      owner,
      fields: { station: station.code, property: 'water-level', valid: {}, levels },
    },
  ]
}
