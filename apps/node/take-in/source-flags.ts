/** Flags that a source gives apart from its values (lists of estimated days): judgements by the rule `source`. */
import { worseFlag } from '@lanmei/model/flag'
import { readOfficersWords } from '@lanmei/store/judged-values'
import { readAt } from '@lanmei/store/observations-write'
import { knownKeys } from '@lanmei/store/series-state'
import type { Context } from '../context.ts'
import { storeFlagging } from './flagging.ts'
import type { Target } from './resolve.ts'

/**
 * Stores the flags that say more against a value than what holds now; a second run finds nothing to do. What an officer said
 * last is left alone.
 * @returns how many were set, and how many stand at a time without a value
 */
export async function storeSourceFlags(
  context: Context,
  target: Target,
  given: { times: Float64Array; flags: Uint8Array },
  source: string,
): Promise<{ set: number; without: number }> {
  const key = (await knownKeys(context.store.pool, [target.series])).get(target.series)
  if (key === undefined) return { set: 0, without: given.times.length }
  const order = Uint32Array.from(given.times, (_, i) => i).sort((a, b) => given.times[a] - given.times[b])
  const present = (await readAt(context.store.pool, [{ key, times: given.times }])).get(key)
  const officers = await readOfficersWords(context.store.pool, key)
  const positions: number[] = []
  let without = 0
  let previous = Number.NaN
  for (let i = 0, p = 0; i < order.length; i++) {
    const ms = given.times[order[i]]
    if (ms === previous) continue
    previous = ms
    while (present && p < present.times.length && present.times[p] < ms) p++
    if (!present || p >= present.times.length || present.times[p] !== ms) {
      without++
      continue
    }
    const flag = given.flags[order[i]]
    const saysMore = flag !== present.flags[p] && worseFlag(present.flags[p], flag) === flag
    if (saysMore && !officers.has(ms)) positions.push(order[i])
  }
  if (positions.length === 0) return { set: 0, without }
  const flagging = {
    series: target.series,
    author: 'source',
    comment: source,
    rules: ['source'],
    times: Float64Array.from(positions, (i) => given.times[i]),
    flags: Uint8Array.from(positions, (i) => given.flags[i]),
    rule: new Uint8Array(positions.length),
  }
  await storeFlagging(context, flagging, target.audience)
  return { set: positions.length, without }
}
