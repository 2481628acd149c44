/** Everything but the values, in memory: records and states of series, brought forward when the journal has grown. */
import type { Organisation } from '@lanmei/model/kinds/organisation'
import type { Party } from '@lanmei/model/kinds/party'
import type { Reservoir } from '@lanmei/model/kinds/reservoir'
import type { Series } from '@lanmei/model/kinds/series'
import type { Station } from '@lanmei/model/kinds/station'
import type { Thresholds } from '@lanmei/model/kinds/thresholds'
import { type Store, transaction } from '@lanmei/store/connect'
import { journalSize, readSeriesRows } from '@lanmei/store/series-read'
import type { SeriesState } from '@lanmei/store/series-state'
import { type RecordRow, readRecordsSince } from '@lanmei/store/stations-read'

export type Kept<T> = {
  id: string
  fields: T
  version: number
  entry: number
  owner: string
  audience: string
}
export type KeptSeries = Kept<Series> & { state?: SeriesState }

export type Catalogue = {
  /** Entries in the journal when this was true. */
  readonly size: number
  readonly parties: ReadonlyMap<string, Kept<Party>>
  readonly organisations: ReadonlyMap<string, Kept<Organisation>>
  readonly stations: ReadonlyMap<string, Kept<Station>>
  readonly series: ReadonlyMap<string, KeptSeries>
  readonly reservoirs: ReadonlyMap<string, Kept<Reservoir>>
  readonly seriesOf: ReadonlyMap<string, readonly KeptSeries[]>
  readonly thresholdsOf: ReadonlyMap<string, readonly Kept<Thresholds>[]>
}

const kinds = ['party', 'organisation', 'station', 'series', 'reservoir', 'thresholds'] as const
type Tables = Record<(typeof kinds)[number], Map<string, Kept<unknown>>>

/** Gives the catalogue as it is now; asks the database for the journal's size each time, and for more only when it has grown. */
export function openCatalogue(store: Store): () => Promise<Catalogue> {
  const tables = Object.fromEntries(kinds.map((kind) => [kind, new Map()])) as unknown as Tables
  const states = new Map<string, SeriesState>()
  let now: Catalogue | undefined
  let running: Promise<Catalogue> | undefined

  const bringForward = async (): Promise<Catalogue> =>
    transaction(store, async (client) => {
      await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY')
      const size = await journalSize(client)
      const since = now?.size ?? 0
      // A journal that became shorter is another one: a backup was put back.
      if (now && size < since) {
        now = undefined
        states.clear()
        for (const kind of kinds) tables[kind].clear()
        return bringForward()
      }
      const records = await readRecordsSince(client, kinds, since)
      for (const row of records) take(tables, row)
      for (const { id, ...state } of await readSeriesRows(client, since)) states.set(id, state)
      now = build(size, tables, states, records.length ? undefined : now)
      return now
    })
  return async () => {
    const size = await journalSize(store.pool)
    if (now && now.size === size) return now
    // One reader brings it forward for all who wait; who came later than its start asks again.
    if (running) {
      const found = await running
      if (found.size >= size) return found
    }
    running ??= bringForward().finally(() => {
      running = undefined
    })
    return running
  }
}

function take(tables: Tables, row: RecordRow): void {
  const table = tables[row.kind as keyof Tables]
  if (row.ended) table.delete(row.id)
  else {
    const { id, fields, version, entry, owner, audience } = row
    table.set(id, { id, fields, version, entry, owner, audience })
  }
}

/** `before`: the records are as they were in it, only states changed. */
function build(
  size: number,
  tables: Tables,
  states: ReadonlyMap<string, SeriesState>,
  before: Catalogue | undefined,
): Catalogue {
  const series = new Map<string, KeptSeries>()
  for (const id of [...tables.series.keys()].sort())
    series.set(id, { ...(tables.series.get(id) as Kept<Series>), state: states.get(id) })
  return {
    size,
    parties: before?.parties ?? (new Map(tables.party) as Map<string, Kept<Party>>),
    organisations: before?.organisations ?? (new Map(tables.organisation) as Map<string, Kept<Organisation>>),
    stations: before?.stations ?? (new Map([...tables.station].sort(byId)) as Map<string, Kept<Station>>),
    reservoirs: before?.reservoirs ?? (new Map(tables.reservoir) as Map<string, Kept<Reservoir>>),
    thresholdsOf:
      before?.thresholdsOf ??
      Map.groupBy(tables.thresholds.values() as Iterable<Kept<Thresholds>>, ({ fields }) => fields.station),
    series,
    seriesOf: Map.groupBy(series.values(), ({ fields }) => fields.station),
  }
}

function byId([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1
}
