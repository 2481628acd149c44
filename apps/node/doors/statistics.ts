/** GET /api/series/{id}/statistics. Costs a reading of the whole series, so what was computed is kept until the series changes. */
import { statistics } from '@lanmei/api/contract/observations'
import { openSnapshot } from '@lanmei/store/observations-read'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { findSeries } from '../reading/find-series.ts'
import type { DistributionName } from '../reading/frequency.ts'
import { knownAnswers } from '../reading/known-answers.ts'
import { dayBoundaryOf } from '../reading/local-day.ts'
import { readingOf } from '../reading/reading.ts'
import { type Statistics, type StatisticsQuery, seriesStatistics } from '../reading/statistics.ts'
import { readRange } from '../reading/value-query.ts'

const kept = 100

export function statisticsDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  const known = knownAnswers<Statistics>(kept)
  return [
    bind(statistics, async ({ parameters, query, asker }) => {
      const asked: StatisticsQuery = {
        ...readRange(query),
        year: (query.year ?? 'calendar') as 'calendar' | 'water',
        distribution: query.distribution as DistributionName | undefined,
      }
      const catalogue = await reading.catalogue()
      const series = findSeries(catalogue, parameters.id, asker)
      const { id, entry, state } = series
      const boundary = dayBoundaryOf(catalogue, series)
      const basis = [
        id,
        entry,
        state?.lastEntry,
        state?.blocks,
        state?.flaggings,
        JSON.stringify([boundary, asked]),
      ]
      return known(basis.join(' '), async () => {
        const snapshot = await openSnapshot(context.store)
        try {
          return await seriesStatistics(snapshot, series, boundary, asked)
        } finally {
          await snapshot.close()
        }
      })
    }),
  ]
}
