/**
 * The demonstration: a simulated season on the reference network, so that a node without data has something to show.
 * One long simulation from a fixed day gives every value, so the same day has the same value on every machine.
 * Everything made here is of origin `simulated`, and its procedure says so in the series' id.
 */
import { type ZoneId, zones } from '@lanmei/kernels/demonstration/basin-zones'
import { type RiverNode, type Season, simulateSeason } from '@lanmei/kernels/demonstration/season'
import type { RatingCurve } from '@lanmei/kernels/rating/rating-curve'
import { ratedLevel } from '@lanmei/kernels/rating/rating-curve'
import { dayNumber } from '@lanmei/kernels/statistics/calendar'
import type { Series } from '@lanmei/model/kinds/series'
import { writeClimatology } from '@lanmei/store/climatology'
import { knownKeys, readStates } from '@lanmei/store/series-state'
import type { AreaFolder } from '../areas.ts'
import type { Context } from '../context.ts'
import { openChecks } from '../quality/rules.ts'
import { climatologyOf, percentiles } from '../reading/climatology.ts'
import { type RecordWrite, writeRecords } from '../records/write.ts'
import { type Part, storeParts } from '../take-in/batch.ts'
import { readVocabulary } from '../take-in/vocabulary.ts'

type NetworkNode = {
  station: string
  downstream: string | null
  incrementalAreaKm2: number
  muskingumHours: number
  muskingumX: number
  zone: ZoneId
  rating: RatingCurve
}
type Follower = { station: string; follows: string; smoothingHours: number; rating: RatingCurve }
type Network = { nodes: NetworkNode[]; followers: Follower[] }
type StationFact = { id: string; latitude?: number }

/** Months of the past that are shown. */
export const demonstrationMonths = 18
const day = 86_400_000
const firstDay = dayNumber(2008, 1, 1)
const seed = 20_191
const zoneHours = 7

/** Values of one simulated series. */
export type SimulatedSeries = {
  station: string
  property: 'water-level' | 'discharge' | 'rainfall'
  times: Float64Array
  values: Float64Array
}

/** Simulates every series of the network from 2008 to the last reading before `untilMs`. Pure. */
export function simulateNetwork(
  network: Network,
  stations: StationFact[],
  untilMs: number,
): SimulatedSeries[] {
  const latitudes = new Map(stations.map((station) => [station.id, station.latitude ?? 15]))
  const places = new Map(network.nodes.map((node, index) => [node.station, index]))
  const nodes: RiverNode[] = network.nodes.map((node) => ({
    id: node.station,
    areaKm2: node.incrementalAreaKm2,
    latitudeDegrees: latitudes.get(node.station) ?? 15,
    ...zones[node.zone],
    downstream: node.downstream === null ? -1 : (places.get(node.downstream) ?? -1),
    travelDays: node.muskingumHours / 24,
    weight: node.muskingumX,
    rating: node.rating,
  }))
  const days = Math.max(1, Math.floor(untilMs / day) - firstDay + 2)
  const season = simulateSeason(nodes, {
    firstDay,
    days,
    readingsPerDay: 2,
    readingHour: 7,
    zoneHours,
    correlation: 0.1,
    seed,
  })
  const made = nodes.flatMap((node, n): SimulatedSeries[] => [
    { station: node.id, property: 'water-level', times: season.times, values: season.level[n] },
    { station: node.id, property: 'discharge', times: season.times, values: season.discharge[n] },
    { station: node.id, property: 'rainfall', times: season.rainTimes, values: season.rain[n] },
  ])
  return [...made, ...network.followers.map((follower) => followerLevel(follower, season, places))].map(
    (series) => cut(series, untilMs),
  )
}

/** A reach without a slope of its own: its level follows the smoothed flow of another place. */
function followerLevel(
  { station, follows, smoothingHours, rating }: Follower,
  season: Season,
  places: Map<string, number>,
): SimulatedSeries {
  const flow = season.discharge[places.get(follows) ?? 0]
  const values = new Float64Array(flow.length)
  const keep = Math.max(0, 1 - 12 / Math.max(12, smoothingHours))
  let smooth = flow[0]
  for (let i = 0; i < flow.length; i++) {
    smooth = keep * smooth + (1 - keep) * flow[i]
    values[i] = Math.round(ratedLevel(rating, smooth) * 100) / 100
  }
  return { station, property: 'water-level', times: season.times, values }
}

function cut(series: SimulatedSeries, untilMs: number): SimulatedSeries {
  let end = series.times.length
  while (end > 0 && series.times[end - 1] > untilMs) end--
  return { ...series, times: series.times.subarray(0, end), values: series.values.subarray(0, end) }
}

export function simulatedId(station: string, property: string): string {
  return `${station}.${property}.simulated`
}

/** The area folder with a network, or undefined. */
function networkArea(
  context: Context,
): { area: AreaFolder; network: Network; stations: StationFact[] } | undefined {
  for (const area of context.areas) {
    const network = area.read('network.json') as Network | undefined
    const stations = (area.read('stations.json') as { stations: StationFact[] } | undefined)?.stations
    if (network && stations) return { area, network, stations }
  }
  return undefined
}

/**
 * Stores the demonstration up to now: the last eighteen months at first, later what has been added since.
 * @returns number of values stored
 */
export async function growDemonstration(
  context: Context,
  nowMs: number,
): Promise<{ stored: number; simulated: SimulatedSeries[] }> {
  const found = networkArea(context)
  if (!found) return { stored: 0, simulated: [] }
  const simulated = simulateNetwork(found.network, found.stations, nowMs)
  const fromMs = monthsBefore(nowMs, demonstrationMonths)
  const vocabulary = readVocabulary(context.areas)
  const checks = openChecks(context.areas)
  const records = simulated.map((series) =>
    seriesRecord(series, context, vocabulary.property(series.property)?.unit ?? ''),
  )
  await writeRecords(context, 'demonstration', records)
  let stored = 0
  const parts = simulated.map((series, n): Part => {
    const start = series.times.findIndex((time) => time >= fromMs)
    return {
      series: simulatedId(series.station, series.property),
      audience: 'public',
      rules: checks.atTakeIn(records[n].fields as Series),
      times: series.times.slice(Math.max(0, start)),
      values: series.values.slice(Math.max(0, start)),
    }
  })
  for (const result of await storeParts(
    context,
    { author: 'demonstration', source: 'simulation' },
    parts.filter((part) => part.times.length > 0),
  ))
    stored += result.stored
  await keepUsual(context, simulated)
  return { stored, simulated }
}

/** Keeps what is usual on each day of the year, out of all simulated years before those shown. */
async function keepUsual(context: Context, simulated: SimulatedSeries[]): Promise<void> {
  const ids = simulated.map(({ station, property }) => simulatedId(station, property))
  const keys = await knownKeys(context.store.pool, ids)
  const states = await readStates(context.store.pool, [...keys.values()])
  const boundary = { zoneHours, dayStartHour: 0 }
  const untilMs = Date.UTC(2024, 0, 1)
  for (const [n, { times, values }] of simulated.entries()) {
    const key = keys.get(ids[n])
    const state = key === undefined ? undefined : states.get(key)
    if (key === undefined || !state) continue
    const end = times.findIndex((time) => time >= untilMs)
    const { table, span } = climatologyOf(
      { times: times.subarray(0, end), values: values.subarray(0, end) },
      boundary,
    )
    await writeClimatology(context.store.pool, {
      series: key,
      rows: state.rows,
      years: span,
      percentiles: [...percentiles],
      days: table,
    })
  }
}

function seriesRecord({ station, property }: SimulatedSeries, context: Context, unit: string): RecordWrite {
  return {
    kind: 'series',
    id: simulatedId(station, property),
    owner: context.journal.node,
    fields: {
      station,
      property,
      unit,
      procedure: 'simulated',
      aggregation: property === 'rainfall' ? 'sum' : 'instantaneous',
      cadenceSeconds: property === 'rainfall' ? 86_400 : 43_200,
      dayBoundary: '07:00',
      origin: 'simulated',
      audience: 'public',
      source: 'simulated for demonstration; no observation',
    },
  }
}

function monthsBefore(ms: number, months: number): number {
  const date = new Date(ms)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - months, date.getUTCDate())
}
