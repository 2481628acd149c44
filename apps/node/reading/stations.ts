/** Stations with their state now, for the eyes of the asker; made anew when the journal has grown or time has passed. */
import type { StationSummary } from '@lanmei/api/contract/shared'
import { calendarColumns } from '@lanmei/kernels/statistics/calendar'
import { type ClimatologyDay, readClimatologyDays } from '@lanmei/store/climatology'
import type { Store } from '@lanmei/store/connect'
import { readNewestWithin } from '@lanmei/store/observations-read'
import type { Catalogue, KeptSeries } from './catalogue.ts'
import { dayBoundaryOf } from './local-day.ts'
import { freshnessOfSeries, mainSeries } from './main-series.ts'
import { expectedIntervalMs, noState, stationState } from './station-state.ts'
import { comparable, thresholdsAt } from './station-thresholds.ts'
import { type Eyes, mayRead } from './visibility.ts'

const dayMs = 86_400_000
/** Freshness changes with time alone. */
const longestKeptMs = 30_000
const earlierToleranceMs = 3 * 3_600_000

export type Stations = (catalogue: Catalogue, eyes: Eyes) => Promise<StationSummary[]>

export function openStations(store: Store, now: () => number = Date.now): Stations {
  const kept = new Map<Eyes, { size: number; madeMs: number; made: Promise<StationSummary[]> }>()
  return (catalogue, eyes) => {
    const known = kept.get(eyes)
    if (known && known.size >= catalogue.size && now() - known.madeMs < longestKeptMs) return known.made
    const made = stationSummaries(store, catalogue, eyes, now())
    kept.set(eyes, { size: catalogue.size, madeMs: now(), made })
    made.catch(() => kept.delete(eyes))
    return made
  }
}

/** Stations as they stood at a time: each series as if nothing had come after it. */
export async function stationsAt(
  store: Store,
  catalogue: Catalogue,
  eyes: Eyes,
  atMs: number,
): Promise<StationSummary[]> {
  const asked: { key: number; fromMs: number; toMs: number }[] = []
  for (const { state } of catalogue.series.values())
    if (state && state.rows > 0 && state.firstMs <= atMs)
      asked.push({ key: state.key, fromMs: state.firstMs, toMs: atMs })
  const newest = await readNewestWithin(store.pool, asked)
  const series = new Map<string, KeptSeries>()
  for (const [id, one] of catalogue.series) {
    const { state } = one
    const then = state && newest.get(state.key)
    series.set(id, {
      ...one,
      state: state && then && { ...state, lastMs: then.ms, lastValue: then.value, lastFlag: then.flag },
    })
  }
  const then: Catalogue = {
    ...catalogue,
    series,
    seriesOf: Map.groupBy(series.values(), ({ fields }) => fields.station),
  }
  return stationSummaries(store, then, eyes, atMs)
}

async function stationSummaries(
  store: Store,
  catalogue: Catalogue,
  eyes: Eyes,
  nowMs: number,
): Promise<StationSummary[]> {
  const shown = [...catalogue.stations.values()].filter((station) => mayRead(eyes, station.audience))
  const chosen = shown.map((station) => {
    const series = (catalogue.seriesOf.get(station.id) ?? []).filter((one) =>
      mayRead(eyes, one.fields.audience),
    )
    return { station, series, main: mainSeries(series, nowMs) }
  })
  const mains = chosen.flatMap(({ main }) => (main ? [main] : []))
  const [usual, earlier] = await Promise.all([
    usualDays(store, catalogue, mains),
    dayBefore(store, mains, nowMs),
  ])
  return chosen.map(({ station: { id, fields }, series, main }) => {
    const thresholds = thresholdsAt(catalogue.thresholdsOf.get(id), nowMs)
    const state = main?.state
    return {
      id,
      name: fields.name,
      party: fields.party,
      organisation: fields.organisation,
      longitude: fields.at?.longitude,
      latitude: fields.at?.latitude,
      stationType: fields.stationType,
      river: fields.river,
      riverKm: fields.riverKm,
      joinsAtKm: fields.joinsAtKm,
      bank: fields.bank,
      timeZone: fields.timeZone,
      gaugeZero: fields.gaugeZero,
      thresholds,
      seriesCount: series.length,
      now: (main && state
        ? stationState({
            series: main.id,
            property: main.fields.property,
            unit: main.fields.unit,
            simulated: main.fields.origin === 'simulated',
            ms: state.lastMs,
            value: state.lastValue,
            flag: state.lastFlag ?? 2,
            freshness: freshnessOfSeries(main, nowMs),
            change24h: change(state.lastValue, earlier.get(state.key)),
            thresholds: comparable(thresholds, main, catalogue.stations.get(id)),
            usual: usual.get(state.key),
          })
        : noState) as StationSummary['now'],
    }
  })
}

function change(value: number | null, before: { value: number | null } | undefined): number | undefined {
  if (value === null || before === undefined || before.value === null) return undefined
  return Number((value - before.value).toPrecision(12))
}

/** What is usual on the day of each series' newest value. */
async function usualDays(
  store: Store,
  catalogue: Catalogue,
  mains: KeptSeries[],
): Promise<Map<number, ClimatologyDay>> {
  const wanted = mains.flatMap((main) => {
    if (!main.state) return []
    const { slots } = calendarColumns(Float64Array.of(main.state.lastMs), dayBoundaryOf(catalogue, main))
    return [{ key: main.state.key, day: slots[0] }]
  })
  return readClimatologyDays(store.pool, wanted)
}

/** Values a day before the newest ones, of the series that live. */
async function dayBefore(store: Store, mains: KeptSeries[], nowMs: number) {
  const living = mains.flatMap((main) => {
    const { state, fields } = main
    if (!state || !['fresh', 'late'].includes(freshnessOfSeries(main, nowMs))) return []
    const tolerance = Math.min(earlierToleranceMs, expectedIntervalMs(fields.cadenceSeconds, state) / 2)
    const ms = state.lastMs - dayMs
    return [{ key: state.key, fromMs: Math.round(ms - tolerance), toMs: ms }]
  })
  return readNewestWithin(store.pool, living)
}
