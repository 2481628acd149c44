/** Which of its series tells how a station stands. */
import type { KeptSeries } from './catalogue.ts'
import { expectedIntervalMs, type Freshness, freshnessOf } from './station-state.ts'

const origins = ['observed', 'estimated', 'calculated', 'simulated']
const properties = ['water-level', 'discharge', 'rainfall']
const procedures = ['manual', 'telemetry']
const rank = (list: string[], value: string) => (list.indexOf(value) + list.length + 1) % (list.length + 1)

export function freshnessOfSeries({ fields, state }: KeptSeries, nowMs: number): Freshness {
  if (!state || state.rows === 0) return 'none'
  return freshnessOf(nowMs - state.lastMs, expectedIntervalMs(fields.cadenceSeconds, state))
}

/**
 * Observed before simulated; what says how high the river stands before all else; living before silent; water level, discharge,
 * rainfall; manual readings before telemetry before others; then the newest.
 */
export function mainSeries(candidates: readonly KeptSeries[], nowMs: number): KeptSeries | undefined {
  const keys = (series: KeptSeries): number[] => {
    const { origin, property, procedure } = series.fields
    const freshness = freshnessOfSeries(series, nowMs)
    return [
      rank(origins, origin),
      property === 'water-level' || property === 'discharge' ? 0 : 1,
      freshness === 'fresh' || freshness === 'late' ? 0 : 1,
      rank(properties, property),
      rank(procedures, procedure),
      -(series.state?.lastMs ?? 0),
    ]
  }
  let best: { series: KeptSeries; keys: number[] } | undefined
  for (const series of candidates) {
    if (!series.state || series.state.rows === 0) continue
    const its = keys(series)
    if (!best || isBefore(its, best.keys)) best = { series, keys: its }
  }
  return best?.series
}

function isBefore(a: number[], b: number[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return a[i] < b[i]
  return false
}
