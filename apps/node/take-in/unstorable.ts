/** Values that are read well and still cannot be stored: infinite ones, and times out of what can be or has been. */
import { earliestMs, formatInstant, latestMs } from '@lanmei/model/instant'
import { type Notice, notice } from '@lanmei/model/notice'
import type { SeriesHint } from '@lanmei/model/reading'

/** Clocks differ, and a source may stamp the end of an interval that is not over yet. */
const futureAllowanceMs = 36 * 3_600_000

export type Place = {
  file: string
  line: number
  series: string
  columns: NonNullable<SeriesHint['columns']>
}

/** The end of the times that can be stored now. */
export function endOfTimes(nowMs: number): number {
  return Math.min(latestMs, nowMs + futureAllowanceMs)
}

/** True when a value can be stored. NaN is a missing value; `endMs` is `endOfTimes`. */
export function isStorable(ms: number, value: number, endMs: number): boolean {
  return (
    ms >= earliestMs && ms < endMs && value !== Number.POSITIVE_INFINITY && value !== Number.NEGATIVE_INFINITY
  )
}

/** Why a value that is not storable is refused. */
export function refusalOf(ms: number, value: number, endMs: number, { columns, ...rest }: Place): Notice {
  const atTime = { ...rest, column: columns.time, refused: 1 }
  if (Number.isNaN(ms)) return notice('malformed-time', atTime)
  if (!Number.isFinite(value) && !Number.isNaN(value))
    return notice('malformed-number', {
      ...rest,
      column: columns.value,
      refused: 1,
      read: String(value),
      expected: 'a finite number',
    })
  return notice(ms >= latestMs || ms < earliestMs ? 'time-out-of-range' : 'time-in-future', {
    ...atTime,
    read: formatInstant(ms),
    expected: `a time before ${formatInstant(endMs).slice(0, 10)}`,
  })
}
