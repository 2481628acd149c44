/** The series that have values, with all that their checks need to know, in an order in which neighbours follow each other. */
import type { Series } from '@lanmei/model/kinds/series'
import type { Station } from '@lanmei/model/kinds/station'
import type { Audience } from '@lanmei/model/record'
import type { Queryable } from '@lanmei/store/connect'
import { recordsOfKind } from '@lanmei/store/records'
import { knownKeys, readStates } from '@lanmei/store/series-state'
import type { Rule } from '@lanmei/watch/evaluate'
import type { PlacedSeries } from '@lanmei/watch/neighbours'
import { localOffsetMs } from './local-offset.ts'
import type { AreaChecks } from './rules.ts'

export type CheckedSeries = {
  id: string
  key: number
  audience: Audience
  rules: Rule[]
  offsetMs: number
  simulated: boolean
  placed: PlacedSeries
}

export async function readCatalogue(db: Queryable, checks: AreaChecks): Promise<CheckedSeries[]> {
  const records = await recordsOfKind(db, 'series')
  const stations = new Map(
    (await recordsOfKind(db, 'station')).map(({ id, fields }) => [id, fields as Station]),
  )
  const keys = await knownKeys(
    db,
    records.map(({ id }) => id),
  )
  const states = await readStates(db, [...keys.values()])
  const all: CheckedSeries[] = []
  for (const { id, fields } of records) {
    const key = keys.get(id)
    const state = key === undefined ? undefined : states.get(key)
    if (key === undefined || !state || state.rows === 0) continue
    const series = fields as Series
    const record = stations.get(series.station)
    const place = checks.place(series.station, record)
    all.push({
      id,
      key,
      audience: series.audience as Audience,
      rules: checks.afterwards(series, record),
      offsetMs: localOffsetMs(record?.timeZone),
      simulated: series.origin === 'simulated',
      placed: {
        id,
        station: series.station,
        property: series.property,
        procedure: series.procedure,
        river: place?.river,
        riverKm: place?.riverKm ?? place?.joinsAtKm,
        tidal: place?.tidal,
        firstMs: state.firstMs,
        lastMs: state.lastMs,
        count: state.count,
      },
    })
  }
  const km = ({ placed }: CheckedSeries) => placed.riverKm ?? -1
  return all.sort(
    (a, b) =>
      compareText(a.placed.property, b.placed.property) ||
      compareText(a.placed.river ?? '', b.placed.river ?? '') ||
      km(b) - km(a) ||
      compareText(a.id, b.id),
  )
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
