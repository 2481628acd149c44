/** What a list says of a series. */
import type { SeriesSummary } from '@lanmei/api/contract/shared'
import { formatInstant } from '@lanmei/model/instant'
import type { SeriesState } from '@lanmei/store/series-state'
import type { KeptSeries } from './catalogue.ts'

/** Intervals of its cadence after which a series is silent. */
export const silentIntervals = 3

export function seriesSummary({ id, fields, state }: KeptSeries, nowMs: number): SeriesSummary {
  const hasRows = state !== undefined && state.rows > 0
  return {
    id,
    station: fields.station,
    property: fields.property,
    unit: fields.unit,
    procedure: fields.procedure,
    aggregation: fields.aggregation,
    origin: fields.origin,
    audience: fields.audience,
    cadenceSeconds: fields.cadenceSeconds,
    dayBoundary: fields.dayBoundary,
    datum: fields.datum,
    source: fields.source,
    name: fields.name,
    count: state?.count ?? 0,
    revisions: state?.revisions ?? 0,
    suspect: state?.suspect ?? 0,
    ...(hasRows ? { first: formatInstant(state.firstMs), last: formatInstant(state.lastMs) } : {}),
    minimum: state?.minimum ?? undefined,
    maximum: state?.maximum ?? undefined,
    latest: latestOf(state),
    silent: isSilent({ fields, state }, nowMs),
  }
}

export function latestOf(state: SeriesState | undefined): SeriesSummary['latest'] {
  if (!state || state.rows === 0) return null
  return {
    time: formatInstant(state.lastMs),
    value: state.lastValue,
    flag: state.lastFlag ?? 2,
    receivedAt: formatInstant(state.receivedMs),
  }
}

/** Its cadence is known and nothing came for three of its intervals. */
export function isSilent({ fields, state }: Pick<KeptSeries, 'fields' | 'state'>, nowMs: number): boolean {
  if (!fields.cadenceSeconds || !state || state.rows === 0) return false
  return nowMs - state.lastMs > silentIntervals * fields.cadenceSeconds * 1000
}
