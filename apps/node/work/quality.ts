/** `lanmei quality`: the rules run again over stored series. */
import type { Context } from '../context.ts'
import { type QualityResult, runQuality } from '../quality/run.ts'
import type { Desk } from './messages.ts'

export type QualityRequest = { series?: string[]; dryRun?: boolean }

/** @throws series-unknown for a named series that is not there */
export function quality(context: Context, request: QualityRequest, desk: Desk): Promise<QualityResult> {
  return runQuality(context, {
    series: request.series?.length ? request.series : undefined,
    dryRun: request.dryRun,
    shouldStop: desk.stopped,
    onProgress: ({ series, done, total }) =>
      desk.tell({ type: 'progress', label: series, done, total, unit: 'series' }),
  })
}
