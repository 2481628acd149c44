/** The series somebody names, if he may read it. */
import { problem } from '@lanmei/model/problem'
import type { Asker } from '../http/bind.ts'
import type { Catalogue, KeptSeries } from './catalogue.ts'
import { checkMayRead } from './visibility.ts'

/** @throws series-unknown, not-allowed */
export function findSeries(catalogue: Catalogue, id: string, asker: Asker): KeptSeries {
  const series = catalogue.series.get(id)
  if (!series) throw problem('series-unknown', { series: id })
  checkMayRead(asker, series.fields.audience, { series: id })
  return series
}
