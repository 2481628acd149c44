/** Stores judgements on values that are there: by an officer, by the source, or by a rule run again. Nothing is ever erased. */

import { problem } from '@lanmei/model/problem'
import type { Audience } from '@lanmei/model/record'
import { transaction } from '@lanmei/store/connect'
import {
  applyJudgements,
  insertBaselines,
  insertJudgements,
  type Judgement,
} from '@lanmei/store/observations-write'
import { readStates, type SeriesState, seriesKeys, writeStates } from '@lanmei/store/series-state'
import type { Joined } from './batch.ts'
import { type Flagging, flaggingItem } from './flagging-body.ts'
import { addJudged } from './state.ts'

/**
 * Appends a flagging to the journal and makes it hold. Times without a value must have been left out by the caller.
 * @returns the journal entry
 * @throws series-unknown for a series without values
 */
export async function storeFlagging(
  { store, journal }: Joined,
  flagging: Flagging,
  audience: Audience,
): Promise<{ entry: number; flagged: number }> {
  return transaction(store, async (client) => {
    await journal.lock(client)
    const keys = await seriesKeys(client, [flagging.series])
    const key = keys.get(flagging.series) as number
    const state = (await readStates(client, [key])).get(key) as SeriesState
    if (state.rows === 0) throw problem('series-unknown', { series: flagging.series })
    const { first, at } = await journal.append(client, [
      flaggingItem(flagging, state.flaggings + 1, audience),
    ])
    const judgements: Judgement[] = Array.from(flagging.times, (ms, i) => ({
      key,
      ms,
      flag: flagging.flags[i],
      rule: flagging.rules[flagging.rule[i]],
      entry: first,
    }))
    await insertBaselines(client, judgements)
    await insertJudgements(client, judgements)
    state.suspect += await applyJudgements(client, judgements)
    addJudged(state, first, at)
    const newest = flagging.times.indexOf(state.lastMs)
    if (newest >= 0) state.lastFlag = flagging.flags[newest]
    await writeStates(client, [state])
    return { entry: first, flagged: flagging.times.length }
  })
}
