/** Which series can bear witness for another: copies of the same readings, and neighbours along the river. */

/** What has to be known of a series to choose its witnesses. Times in ms. */
export type PlacedSeries = {
  id: string
  station: string
  property: string
  procedure: string
  river?: string
  /** Distance from the sea along the main stem, km; for a tributary the place where it joins. */
  riverKm?: number
  tidal?: boolean
  firstMs: number
  lastMs: number
  count: number
}

export type Witnesses = {
  /** Readings as taken of the same station, where the series itself is a compilation. */
  copy: PlacedSeries[]
  upstream: PlacedSeries[]
  downstream: PlacedSeries[]
  /** On the same tributary, order unknown. */
  beside: PlacedSeries[]
}

export type NeighbourRules = {
  /** Rivers that are taken as one line, by river-km: the main stem and what stands at its level. */
  line: readonly string[]
  /** Neighbours are looked for up to this distance along the line, km. */
  withinKm: number
  /** So many stations on each side. */
  stations: number
  /** Procedures that are readings as taken; others are compilations, less close to the gauge. */
  asTaken: readonly string[]
}

/** Chooses witnesses: at each neighbouring station one series, the one that covers most of the time. Same list, same choice. */
export function witnessesOf(series: PlacedSeries, all: PlacedSeries[], rules: NeighbourRules): Witnesses {
  const asTaken = (s: PlacedSeries) => rules.asTaken.includes(s.procedure)
  const others = all.filter((s) => s.id !== series.id && s.property === series.property)
  const copy = asTaken(series)
    ? []
    : others.filter((s) => s.station === series.station && asTaken(s) && commonMs(s, series) > 0)
  const none = { copy, upstream: [], downstream: [], beside: [] }
  if (series.river === undefined || series.tidal) return none
  const inLine = (s: PlacedSeries) =>
    s.river !== undefined && rules.line.includes(s.river) && s.riverKm !== undefined
  const candidates = others.filter((s) => s.station !== series.station && !s.tidal)
  if (!inLine(series)) {
    const beside = candidates.filter((s) => s.river === series.river)
    return { ...none, beside: bestOfStations(series, beside, rules, () => 0) }
  }
  const km = series.riverKm as number
  const distanceKm = (s: PlacedSeries) => Math.abs((s.riverKm as number) - km)
  const near = candidates.filter((s) => inLine(s) && distanceKm(s) <= rules.withinKm)
  const above = near.filter((s) => (s.riverKm as number) >= km)
  const below = near.filter((s) => (s.riverKm as number) < km)
  const best = (side: PlacedSeries[]) => bestOfStations(series, side, rules, distanceKm)
  return { ...none, upstream: best(above), downstream: best(below) }
}

/** Halves the worth of a neighbour; a station twice as far must have more of the time in common. */
const halfWorthKm = 200
/** A neighbour with less of the series' time than this is left out. */
const leastShare = 0.05

/** The best series of each station, the best stations first: much time in common, a short way, readings as taken. */
function bestOfStations(
  series: PlacedSeries,
  candidates: PlacedSeries[],
  rules: NeighbourRules,
  distanceKm: (s: PlacedSeries) => number,
): PlacedSeries[] {
  const length = Math.max(1, series.lastMs - series.firstMs)
  const best: { found: PlacedSeries; worth: number }[] = []
  for (const group of Map.groupBy(candidates, (s) => s.station).values()) {
    let top: { found: PlacedSeries; worth: number } | undefined
    for (const found of group) {
      const share = commonMs(series, found) / length
      if (share < leastShare) continue
      const worth =
        (share * (rules.asTaken.includes(found.procedure) ? 1.25 : 1)) / (1 + distanceKm(found) / halfWorthKm)
      if (!top || worth > top.worth || (worth === top.worth && found.id < top.found.id))
        top = { found, worth }
    }
    if (top) best.push(top)
  }
  best.sort((a, b) => b.worth - a.worth || (a.found.id < b.found.id ? -1 : 1))
  return best.slice(0, rules.stations).map(({ found }) => found)
}

function commonMs(a: PlacedSeries, b: PlacedSeries): number {
  return Math.min(a.lastMs, b.lastMs) - Math.max(a.firstMs, b.firstMs)
}
