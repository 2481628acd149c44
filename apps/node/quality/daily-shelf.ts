/** Keeps the daily values of the series compared last, so that neighbours are not read anew for each of their neighbours. */
import type { Store } from '@lanmei/store/connect'
import { readWholeSeries } from '@lanmei/store/quality-read'
import type { Daily } from '@lanmei/watch/daily'
import { comparable } from '@lanmei/watch/series-checks'
import type { CheckedSeries } from './catalogue.ts'

/** A grid of ninety years takes a quarter of a megabyte. */
const kept = 24

export function openShelf(store: Store): (series: CheckedSeries) => Promise<Daily> {
  const shelf = new Map<number, Daily>()
  return async (series) => {
    let daily = shelf.get(series.key)
    if (daily) shelf.delete(series.key)
    else {
      const { times, values } = await readWholeSeries(store, series.key)
      daily = comparable({ rules: series.rules, offsetMs: series.offsetMs, times, values })
    }
    shelf.set(series.key, daily)
    const [oldest] = shelf.keys()
    if (shelf.size > kept) shelf.delete(oldest)
    return daily
  }
}
