/** Quality flags: their history with authors, and an officer's judgement by hand. */
import { flagHistory, flagsWrite } from '@lanmei/api/contract/values'
import { flags, isFlagName } from '@lanmei/model/flag'
import { formatInstant } from '@lanmei/model/instant'
import { problem } from '@lanmei/model/problem'
import type { Audience } from '@lanmei/model/record'
import { readJudgements, readTimes } from '@lanmei/store/series-read'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { openBodyHeads } from '../reading/entry-bodies.ts'
import { findSeries } from '../reading/find-series.ts'
import { readingOf } from '../reading/reading.ts'
import { readRange } from '../reading/value-query.ts'
import { storeFlagging } from '../take-in/flagging.ts'

/** Values that one judgement may name: its journal entry holds them all. */
const mostValues = 100_000

export function flagDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  const bodyHead = openBodyHeads()
  return [
    bind(flagHistory, async ({ parameters, query, asker }) => {
      const range = readRange(query)
      const { state } = findSeries(await reading.catalogue(), parameters.id, asker)
      if (!state) return { flags: [] }
      const { pool } = context.store
      const rows = await readJudgements(pool, { key: state.key, ...range, limit: query.limit ?? 100 })
      return {
        flags: await Promise.all(
          rows.map(async ({ time, value, flag, rule, entry, at, current }) => {
            const { author, comment } = await bodyHead(pool, entry)
            return {
              time: formatInstant(time.getTime()),
              value,
              flag,
              rule,
              author,
              comment,
              at: formatInstant(at.getTime()),
              entry,
              current,
            }
          }),
        ),
      }
    }),
    // Both ends of the range are judged: an officer who marks one value gives its time twice.
    bind(flagsWrite, async ({ parameters, body, asker }) => {
      const { fromMs = Number.NaN, toMs = Number.NaN } = readRange(body)
      const series = findSeries(await reading.catalogue(), parameters.id, asker)
      if (!isFlagName(body.flag)) throw problem('invalid-body', { field: 'flag', read: body.flag })
      const { state } = series
      if (!state) return { flagged: 0 }
      const times = await readTimes(context.store.pool, state.key, fromMs, toMs, mostValues + 1)
      if (times.length > mostValues)
        throw problem('too-large', { values: `more than ${mostValues}`, expected: 'a shorter range' })
      if (times.length === 0) return { flagged: 0 }
      return storeFlagging(
        context,
        {
          series: series.id,
          author: asker.author,
          comment: body.comment,
          rules: ['officer'],
          times,
          flags: new Uint8Array(times.length).fill(flags[body.flag]),
          rule: new Uint8Array(times.length),
        },
        series.fields.audience as Audience,
      )
    }),
  ]
}
