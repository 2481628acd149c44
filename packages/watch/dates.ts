/** Days on which a series is dated early or late, as most of the series it can be compared with say. */
import { type DateShiftParameters, dateShifts } from '@lanmei/kernels/quality/date-shift'
import { type Daily, framed } from './daily.ts'

/** A series to compare with: a copy of the same readings nearer to the gauge, or a neighbour on the river. */
export type Witness = { series: string; daily: Daily; place: 'copy' | 'upstream' | 'downstream' | 'beside' }

export type DatedStretch = { firstDay: number; lastDay: number; daysLate: number; witness: string }

/** Against a copy of the same readings the changes must agree this closely; lower where the copy holds daily means. */
const copyCorrelation = 0.8
/** So many neighbours are needed. */
const enough = 2

/**
 * Marks the days that the witnesses call wrongly dated. A copy alone can say so; of neighbours it takes two, and on no side of the
 * station may those who find the dates right be more than those who find them wrong in this way. That keeps out floods that run
 * faster than usual (upstream stations then find the series early and downstream stations find it late, where a wrong date looks
 * the same from both sides) and wrong dates of a group of neighbours on one side.
 * A neighbour speaks for a day when it has values in most of the four weeks around it. A copy that agrees says nothing for the
 * dates: both may come from one list.
 */
export function dateVerdict(
  frame: Daily,
  witnesses: Witness[],
  parameters: DateShiftParameters,
): { days: Uint8Array; stretches: DatedStretch[] } {
  const length = frame.values.length
  const stretches: DatedStretch[] = []
  const column = () => new Uint8Array(length)
  const sides = new Map<Witness['place'], { late: Uint8Array; early: Uint8Array; right: Uint8Array }>()
  for (const { series, daily, place } of witnesses) {
    const reference = framed(frame, daily)
    const least =
      place === 'copy' ? Math.max(copyCorrelation, parameters.correlation) : parameters.correlation
    const { usualLag, shifts } = dateShifts(frame.values, reference, { ...parameters, correlation: least })
    if (Number.isNaN(usualLag)) continue
    const side = sides.get(place) ?? { late: column(), early: column(), right: column() }
    sides.set(place, side)
    const spoken = column()
    for (const { first, last, daysLate } of shifts) {
      const [firstDay, lastDay] = [frame.firstDay + first, frame.firstDay + last]
      stretches.push({ firstDay, lastDay, daysLate, witness: series })
      const votes = daysLate > 0 ? side.late : side.early
      for (let i = first; i <= last; i++) {
        votes[i]++
        spoken[i] = 1
      }
    }
    const covered = place === 'copy' ? column() : coverage(reference)
    for (let i = 0; i < length; i++) if (covered[i] && !spoken[i]) side.right[i]++
  }
  const days = column()
  for (const way of ['late', 'early'] as const) {
    const other = way === 'late' ? 'early' : 'late'
    for (let i = 0; i < length; i++) {
      let votes = 0
      let denied = false
      for (const side of sides.values()) {
        votes += side[way][i]
        if (side.right[i] + side[other][i] > side[way][i]) denied = true
      }
      if (sides.get('copy')?.[way][i] || (votes >= enough && !denied)) days[i] = 1
    }
  }
  return { days, stretches }
}

/** 1 on days around which at least half of four weeks has values. */
function coverage(values: Float64Array): Uint8Array {
  const half = 14
  const out = new Uint8Array(values.length)
  let present = 0
  for (let i = -half; i < values.length; i++) {
    if (i + half < values.length && !Number.isNaN(values[i + half])) present++
    if (i - half - 1 >= 0 && !Number.isNaN(values[i - half - 1])) present--
    if (i >= 0 && present > half) out[i] = 1
  }
  return out
}
