/** A series by days: what climatology, duration curves and annual extremes are made of. Suspect and bad values are left out. */

import { type Aggregate, aggregation } from '@lanmei/kernels/statistics/aggregation'
import type { DayBoundary } from '@lanmei/kernels/statistics/calendar'
import { flags } from '@lanmei/model/flag'
import type { Snapshot } from '@lanmei/store/observations-read'

export const usableFlags = [flags.good, flags.notEvaluated, flags.estimated]

export type Daily = Aggregate & {
  /** The value of each day: the sum of a series of sums, the mean of any other. */
  values: Float64Array
  /** Rows that went in. */
  used: number
}

export async function readDaily(
  snapshot: Snapshot,
  range: { key: number; fromMs?: number; toMs?: number },
  boundary: DayBoundary,
  asSum: boolean,
): Promise<Daily> {
  const days = aggregation('day', boundary)
  for await (const { times, values } of snapshot.rows({ ...range, flags: usableFlags }))
    days.add(times, values)
  const made = days.finish()
  const used = made.counts.reduce((sum, count) => sum + count, 0)
  return { ...made, values: asSum ? made.sums : made.means, used }
}
