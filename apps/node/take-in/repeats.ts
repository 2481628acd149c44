/** Values whose time their file has shown before: the first value stays, an equal one changes nothing, another one is refused. */
import { formatInstant } from '@lanmei/model/instant'
import { type Notice, notice } from '@lanmei/model/notice'
import type { Queryable } from '@lanmei/store/connect'
import { readAt } from '@lanmei/store/observations-write'
import { knownKeys } from '@lanmei/store/series-state'

export type Repeat = { series: string; ms: number; value: number; file: string; line: number }

/** Looked up together: one by one a file that holds its rows twice would take hours. */
export const mostRepeats = 5000

/** What a repeat is worth beside the first value at its time (undefined: not known). */
export function judgeRepeat({ series, ms, value, file, line }: Repeat, first: number | undefined): Notice {
  const zero = value === 0 ? 0 : value
  const place = { file, line, series, read: `${formatInstant(ms)} ${Number.isNaN(zero) ? 'missing' : zero}` }
  if (first !== undefined && (first === zero || (Number.isNaN(first) && Number.isNaN(zero))))
    return notice('duplicate-stamp', place)
  const expected = first === undefined ? undefined : Number.isNaN(first) ? 'missing' : String(first)
  return notice('contradicting-stamp', { ...place, expected, refused: 1 })
}

/** The first values of repeats, as they are stored; in the order of the repeats. */
export async function storedFirsts(db: Queryable, repeats: Repeat[]): Promise<(number | undefined)[]> {
  const bySeries = Map.groupBy(repeats, ({ series }) => series)
  const keys = await knownKeys(db, [...bySeries.keys()])
  const wanted = [...bySeries].flatMap(([series, list]) => {
    const key = keys.get(series)
    const times = Float64Array.from(new Set(list.map(({ ms }) => ms)))
    return key === undefined ? [] : [{ key, times }]
  })
  const present = await readAt(db, wanted)
  const values = new Map<number, Map<number, number>>()
  for (const [key, { times, values: column }] of present)
    values.set(key, new Map(Array.from(times, (ms, i) => [ms, column[i]])))
  return repeats.map(({ series, ms }) => values.get(keys.get(series) ?? -1)?.get(ms))
}
