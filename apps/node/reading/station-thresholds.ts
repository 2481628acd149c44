/** Warning levels of a station that are in force at a time. */
import { parseInstant } from '@lanmei/model/instant'
import type { Thresholds } from '@lanmei/model/kinds/thresholds'
import type { Catalogue, Kept, KeptSeries } from './catalogue.ts'
import type { ThresholdLevel } from './station-state.ts'

/** All levels in force; a level that changes by month has the value of the month (UTC) of the time. */
export function thresholdsAt(kept: readonly Kept<Thresholds>[] | undefined, nowMs: number): ThresholdLevel[] {
  return (kept ?? [])
    .filter(({ fields }) => isInForce(fields.valid, nowMs))
    .flatMap(({ fields }) =>
      fields.levels.map(({ level, value, monthly, source }) => ({
        level,
        property: fields.property,
        value: monthly?.[new Date(nowMs).getUTCMonth()] ?? value,
        source,
      })),
    )
}

function isInForce({ from, to }: Thresholds['valid'], nowMs: number): boolean {
  return (
    !(from !== undefined && nowMs < parseInstant(from)) && !(to !== undefined && nowMs >= parseInstant(to))
  )
}

/**
 * The levels that values of a series can be held against. Levels count from the zero of the gauge; a series above another datum
 * is comparable only where the height of the zero above that same datum is known, and then the levels are lifted by it.
 */
export function comparable(
  levels: readonly ThresholdLevel[],
  { fields }: KeptSeries,
  station: Catalogue['stations'] extends ReadonlyMap<string, infer S> ? S | undefined : never,
): ThresholdLevel[] {
  const own = levels.filter((level) => level.property === fields.property)
  if (fields.property !== 'water-level' || !fields.datum) return own
  const zero = station?.fields.gaugeZero
  if (!zero || zero.datum !== fields.datum) return []
  return own.map((level) => ({ ...level, value: level.value + zero.heightM }))
}
