/** How a station stands now: a pure judgement on its newest value, its thresholds and what is usual at this time of year. */
import type { StationState, StationSummary } from '@lanmei/api/contract/shared'
import { percentileRank } from '@lanmei/kernels/statistics/percentile-rank'
import { flags } from '@lanmei/model/flag'
import { formatInstant } from '@lanmei/model/instant'
import type { ClimatologyDay } from '@lanmei/store/climatology'
import { leastYears } from './climatology.ts'
import { silentIntervals } from './series-summary.ts'

export type ThresholdLevel = StationSummary['thresholds'][number]
export type Standing = StationState
export type Freshness = Standing['freshness']
export type State = Standing['state']

const freshIntervals = 2
// Where a series does not declare its cadence: at most a day between values is taken as usual.
const longestGuessMs = 86_400_000
const shortestGuessMs = 900_000

/** The interval at which values are expected, ms: the declared cadence, else the mean distance of its values, at most a day. */
export function expectedIntervalMs(
  cadenceSeconds: number | undefined,
  state: { rows: number; firstMs: number; lastMs: number },
): number {
  if (cadenceSeconds) return cadenceSeconds * 1000
  const mean = state.rows > 1 ? (state.lastMs - state.firstMs) / (state.rows - 1) : longestGuessMs
  return Math.min(longestGuessMs, Math.max(shortestGuessMs, mean))
}

/** fresh: within two intervals; late: within three; silent: longer. */
export function freshnessOf(ageMs: number, intervalMs: number): Freshness {
  if (ageMs <= freshIntervals * intervalMs) return 'fresh'
  return ageMs <= silentIntervals * intervalMs ? 'late' : 'silent'
}

export type Newest = {
  series: string
  property?: string
  unit?: string
  simulated: boolean
  ms: number
  value: number | null
  flag: number
  freshness: Freshness
  change24h?: number
  /** Of the property of the series, in force, comparable with its values. */
  thresholds: readonly ThresholdLevel[]
  usual?: ClimatologyDay
}

/** Nothing is known of the station. */
export const noState: Standing = { state: 'unknown', freshness: 'none', simulated: false }

export function stationState(newest: Newest): Standing {
  const { series, simulated, ms, value, flag, freshness, change24h, usual } = newest
  const shown = value ?? undefined
  const known = usual && usual.years >= leastYears && !usual.row.some(Number.isNaN) ? usual : undefined
  const usable = shown !== undefined && flag !== flags.bad && flag !== flags.missing
  const percentile = known && usable ? percentileRank(shown, known.row, known.percentiles) : undefined
  // An old value is shown with its time, but it is never the state of now.
  const isNow = usable && (freshness === 'fresh' || freshness === 'late')
  return {
    ...(newest.property === undefined ? {} : { property: newest.property, unit: newest.unit }),
    state: isNow ? judge(shown, newest.thresholds, known) : 'unknown',
    freshness,
    series,
    time: formatInstant(ms),
    value: shown,
    change24h,
    percentile: percentile === undefined ? undefined : Math.round(percentile * 10) / 10,
    median: known ? at(known, 50) : undefined,
    years: usual?.years,
    simulated,
  }
}

/** Warning levels first; then how usual the value is. Between the two nothing is assumed: without both it stays unknown. */
function judge(
  value: number,
  thresholds: readonly ThresholdLevel[],
  usual: ClimatologyDay | undefined,
): State {
  const reaches = (levels: string[]) => thresholds.some((t) => levels.includes(t.level) && value >= t.value)
  if (reaches(['flood', 'extreme'])) return 'flood'
  if (reaches(['alarm'])) return 'alarm'
  if (thresholds.some((t) => ['low', 'minimum-flow'].includes(t.level) && value <= t.value)) return 'low'
  if (!usual) return 'unknown'
  if (value > at(usual, 95)) return 'high'
  if (value > at(usual, 75)) return 'above-normal'
  if (value < at(usual, 5)) return 'low'
  if (value < at(usual, 25)) return 'below-normal'
  return 'normal'
}

function at({ percentiles, row }: ClimatologyDay, percentile: number): number {
  return row[percentiles.indexOf(percentile)] ?? Number.NaN
}
