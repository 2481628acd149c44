/** The river as a line: facts of the area data, joined with the stations as they stand. */

import type { StationSummary } from '@lanmei/api/contract/shared'
import type { river } from '@lanmei/api/contract/stations'
import type { AnswerOf } from '@lanmei/api/route'
import { formatInstant } from '@lanmei/model/instant'
import type { Words } from '@lanmei/model/language'
import type { AreaFolder } from '../areas.ts'
import type { Catalogue } from './catalogue.ts'

type River = AnswerOf<typeof river>
type RiverFacts = Pick<River, 'line' | 'tributaries' | 'borders' | 'profile'>

type RiverFile = {
  rivers: {
    id: string
    name: Words
    kind: string
    joinsAtKm?: number
    side?: string
  }[]
}
type LineFile = {
  points: RiverFacts['line']
  branches?: { id: string; points: { lon: number; lat: number }[] }[]
}
type TickFile = { ticks: { km: number; parties: string[] }[] }

/** What does not change while the node runs. Parts whose file is missing are empty. */
export function riverFacts(area: AreaFolder | undefined): RiverFacts {
  const read = <T>(file: string): T | undefined => area?.read(file) as T | undefined
  const { points = [], branches = [] } = read<Partial<LineFile>>('river-line.json') ?? {}
  const lines = new Map(branches.map((branch) => [branch.id, branch.points]))
  const profile = read<{ points: RiverFacts['profile'] }>('profile.json')?.points ?? []
  return {
    line: points.map(({ lon, lat, km }) => ({ lon, lat, km })),
    tributaries: (read<RiverFile>('rivers.json')?.rivers ?? [])
      .filter((one) => one.kind !== 'main-stem')
      .map((one) => ({
        id: one.id,
        name: one.name,
        joinsAtKm: one.joinsAtKm,
        bank: one.side,
        line: (lines.get(one.id) ?? []).map(({ lon, lat }): [number, number] => [lon, lat]),
      })),
    borders: (read<TickFile>('borders.json')?.ticks ?? []).map(({ km, parties }) => ({ km, parties })),
    profile: profile.map(({ km, elevationM, source }) => ({ km, elevationM, source })),
  }
}

/** Stations from source to sea; those without a place on the river after them. */
export function riverAnswer(
  facts: RiverFacts,
  { reservoirs }: Catalogue,
  stations: readonly StationSummary[],
  nowMs: number,
): River {
  const inOrder = [...stations].sort((a, b) => placeOf(b) - placeOf(a))
  const counts: Record<string, number> = {}
  for (const { now } of stations) counts[now.state] = (counts[now.state] ?? 0) + 1
  return {
    at: formatInstant(nowMs),
    simulated: stations.some(({ now }) => now.simulated),
    stations: inOrder,
    dams: [...reservoirs.values()].map(({ id, fields }) => ({
      id,
      name: fields.name,
      longitude: fields.at.longitude,
      latitude: fields.at.latitude,
      party: fields.party,
      river: fields.river,
      riverKm: fields.riverKm,
      status: fields.status,
      capacityMw: fields.capacityMw,
      storageMillionM3: fields.totalStorageMillionM3 ?? fields.activeStorageMillionM3,
      commissionedYear: fields.commissionedYear,
    })),
    ...facts,
    counts,
  }
}

function placeOf({ riverKm, joinsAtKm }: StationSummary): number {
  return riverKm ?? joinsAtKm ?? -Infinity
}
