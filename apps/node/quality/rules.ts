/** Which quality rules hold for which series: of the property, of classes of places, of the station, of the series itself. */
import type { Series } from '@lanmei/model/kinds/series'
import type { Station } from '@lanmei/model/kinds/station'
import { type CheckClass, checksFor, type SeriesFacts, type StationFacts } from '@lanmei/watch/checks-for'
import { allRulesOf, type Rule, rulesOf } from '@lanmei/watch/evaluate'
import type { NeighbourRules } from '@lanmei/watch/neighbours'
import type { Areas } from '../areas.ts'
import { readVocabulary } from '../take-in/vocabulary.ts'

export type PlaceFacts = StationFacts & { riverKm?: number; joinsAtKm?: number }

export type AreaChecks = {
  /** Facts of a station: of area data, which know more, else of its record. */
  place(id: string, record?: Station): PlaceFacts | undefined
  /** Rules that stand for those of the property at this station: to be given to `rulesOf` before the series' own checks. */
  checks(place: StationFacts | undefined, series: SeriesFacts): Rule[]
  /** All rules of a series at take-in. */
  atTakeIn(series: Series, record?: Station): Rule[]
  /** The same with those that need the whole series or neighbours. */
  afterwards(series: Series, record?: Station): Rule[]
  neighbours: NeighbourRules
}

const noNeighbours: NeighbourRules = { line: [], withinKm: 0, stations: 0, asTaken: [] }

/** Reads the rules of the areas. */
export function openChecks(areas: Areas): AreaChecks {
  const vocabulary = readVocabulary(areas)
  const classes = areas.flatMap(({ area }) => (area.checkClasses ?? []) as CheckClass[])
  const neighbours = areas.map(({ area }) => area.neighbours as NeighbourRules | undefined).find(Boolean)
  const stations = new Map<string, PlaceFacts>()
  for (const area of areas) {
    const list = (area.read('stations.json') as { stations?: (PlaceFacts & { id: string })[] } | undefined)
      ?.stations
    for (const station of list ?? []) stations.set(station.id, station)
  }
  const place = (id: string, record?: Station) => stations.get(id) ?? (record as PlaceFacts | undefined)
  const checks = (at: StationFacts | undefined, series: SeriesFacts) => checksFor(classes, at, series)
  const ruled = (merge: typeof rulesOf) => (series: Series, record?: Station) => {
    const rules = merge(vocabulary.property(series.property)?.rules ?? [], [
      ...checks(place(series.station, record), series),
      ...((series.checks ?? []) as Rule[]),
    ])
    // A simulation is as smooth and as quick as its model; only nonsense is worth a word.
    return series.origin === 'simulated' ? rules.filter(({ kernel }) => kernel === 'quality/range') : rules
  }
  return {
    place,
    checks,
    atTakeIn: ruled(rulesOf),
    afterwards: ruled(allRulesOf),
    neighbours: neighbours ?? noNeighbours,
  }
}
