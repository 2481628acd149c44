/** Values that stand on another zero than the rest of their series: from lasting jumps to marks on single values. */
import { type DatumJumpParameters, datumJumps } from '@lanmei/kernels/quality/datum-jump'

const dayMs = 86_400_000

export type DatumVerdict = {
  /** 1 for each value away from the level that holds longest. */
  marks: Uint8Array
  /** First index of each segment with the median of its values, in order of time. */
  segments: { first: number; last: number; median: number; away: boolean }[]
}

/**
 * Which level is the right one cannot be known from the readings. Taken as reference is the level on which the series has most
 * days with a value, all segments within `shift` of each other counted together, of equal ones the newest: a fresh fault can not
 * outvote the years before it. Values of other segments are marked, and single readings of another segment's level inside a good
 * one; readings of the reference level inside a marked segment are not.
 */
export function datumVerdict(
  times: Float64Array,
  values: Float64Array,
  parameters: DatumJumpParameters,
): DatumVerdict {
  const { shift } = parameters
  const marks = new Uint8Array(values.length)
  const { jumps, segments: found } = datumJumps(times, values, parameters)
  if (jumps.length === 0) return { marks, segments: [] }
  const days = found.map(({ first, last }) => daysWithValue(times, values, first, last))
  let best = 0
  let reference = Number.NaN
  for (let s = found.length - 1; s >= 0; s--) {
    const near = found.map(({ median }) => Math.abs(median - found[s].median) < shift)
    const total = days.reduce((sum, count, k) => sum + (near[k] ? count : 0), 0)
    if (total <= best) continue
    best = total
    reference = found[s].median
  }
  const segments = found.map(({ first, last, median }) => ({
    first,
    last,
    median,
    away: Math.abs(median - reference) >= shift,
  }))
  const levels = segments.map(({ median, away }) => ({ median, away }))
  for (const { first, last, median, away } of segments) {
    let believed = Number.NaN
    for (let i = first; i <= last; i++) {
      const value = values[i]
      if (Number.isNaN(value)) continue
      let here = away
      // A reading belongs to another level when it is far from the readings around it and nearer to that level than to its own.
      const distance = Math.abs(value - median)
      if (distance >= shift && !(Math.abs(value - believed) < shift)) {
        let nearest = distance
        for (const level of levels) {
          const other = Math.abs(value - level.median)
          if (other >= nearest) continue
          nearest = other
          here = level.away
        }
        if (nearest === distance) believed = value
      } else believed = value
      marks[i] = here ? 1 : 0
    }
  }
  return { marks, segments }
}

function daysWithValue(times: Float64Array, values: Float64Array, first: number, last: number): number {
  let days = 0
  let before = Number.NaN
  for (let i = first; i <= last; i++) {
    if (Number.isNaN(values[i])) continue
    const day = Math.floor(times[i] / dayMs)
    if (day !== before) days++
    before = day
  }
  return days
}
