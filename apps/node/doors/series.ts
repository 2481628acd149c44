/** Series: the list with cursors, one of them, and the values of one that were revised. */
import { seriesGet, seriesList } from '@lanmei/api/contract/observations'
import { revisions } from '@lanmei/api/contract/values'
import { formatInstant } from '@lanmei/model/instant'
import { readRevisions } from '@lanmei/store/series-read'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { openBodyHeads } from '../reading/entry-bodies.ts'
import { findSeries } from '../reading/find-series.ts'
import { readingOf } from '../reading/reading.ts'
import { isSilent, seriesSummary } from '../reading/series-summary.ts'
import { readRange } from '../reading/value-query.ts'
import { eyesOf, mayRead } from '../reading/visibility.ts'

export function seriesDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  const bodyHead = openBodyHeads()
  return [
    bind(seriesList, async ({ query, asker }) => {
      const catalogue = await reading.catalogue()
      const eyes = eyesOf(asker)
      const limit = query.limit ?? 100
      const now = Date.now()
      const after = query.cursor ?? ''
      const candidates = query.station
        ? (catalogue.seriesOf.get(query.station) ?? [])
        : catalogue.series.values()
      const series = []
      // The ids are in order; the cursor is the last one given.
      for (const one of candidates) {
        const { fields } = one
        if (one.id <= after || !mayRead(eyes, fields.audience)) continue
        if (query.property && fields.property !== query.property) continue
        if (query.procedure && fields.procedure !== query.procedure) continue
        if (query.silent !== undefined && isSilent(one, now) !== query.silent) continue
        if (series.length === limit) return { series, next: series[limit - 1].id }
        series.push(seriesSummary(one, now))
      }
      return { series }
    }),
    bind(seriesGet, async ({ parameters, asker }) =>
      seriesSummary(findSeries(await reading.catalogue(), parameters.id, asker), Date.now()),
    ),
    bind(revisions, async ({ parameters, query, asker }) => {
      const range = readRange(query)
      const { state } = findSeries(await reading.catalogue(), parameters.id, asker)
      if (!state || state.revisions === 0) return { revisions: [] }
      const { pool } = context.store
      const rows = await readRevisions(pool, { key: state.key, ...range, limit: query.limit ?? 100 })
      return {
        revisions: await Promise.all(
          rows.map(async ({ at, value, flag, entry, superseded_by, known_from, known_until }) => ({
            time: formatInstant(at.getTime()),
            value,
            flag,
            entry,
            knownFrom: formatInstant(known_from.getTime()),
            knownUntil: formatInstant(known_until.getTime()),
            supersededBy: superseded_by,
            reason: (await bodyHead(pool, superseded_by)).reason,
          })),
        ),
      }
    }),
  ]
}
