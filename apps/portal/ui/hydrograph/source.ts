/** Fetches the values a window needs, at the fineness of the screen, and remembers the last ones. */

import { addressOf } from '@lanmei/api/client'
import { observations } from '@lanmei/api/contract/values'
import type { Window } from './model.ts'
import { readValues, type Values } from './values-binary.ts'

const remembered = 40

export type Source = (series: string, window: Window, points: number, signal?: AbortSignal) => Promise<Values>

/** A source of its own for each page; throws an Error with the status when the node refuses. */
export function makeSource(fetcher: typeof fetch = fetch): Source {
  const kept = new Map<string, Values>()
  return async (series, { from, to }, points, signal) => {
    const address = addressOf(observations, {
      parameters: { id: series },
      query: {
        from: new Date(Math.floor(from)).toISOString(),
        to: new Date(Math.ceil(to)).toISOString(),
        resolution: 'auto',
        points: Math.min(20_000, Math.max(10, Math.round(points))),
        format: 'binary',
      },
    })
    const known = kept.get(address)
    if (known) return known
    const response = await fetcher(address, { signal, credentials: 'same-origin' })
    if (!response.ok) throw new Error(`the node answered ${response.status}`)
    const values = readValues(await response.arrayBuffer())
    kept.set(address, values)
    if (kept.size > remembered) kept.delete(kept.keys().next().value ?? '')
    return values
  }
}
