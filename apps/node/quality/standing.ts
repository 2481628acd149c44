/** What holds for the values of a series before its rules run again, out of its rows and the history of their flags. */
import { flags } from '@lanmei/model/flag'
import type { JudgedValue } from '@lanmei/store/judged-values'
import type { WholeSeries } from '@lanmei/store/quality-read'
import type { Standing } from '@lanmei/watch/revise'

/** Rules of judgements that are not ours to take back. */
const others = new Set(['intake', 'source', 'officer'])

/**
 * The base is the flag a source gave later, else the one at taking in, else what holds. Good and not evaluated are the same word
 * here: which of them it is depends on whether there are rules.
 */
export function standingOf(
  { times, flags: now }: WholeSeries,
  judged: JudgedValue[],
  hasRules: boolean,
): Standing {
  const base = Uint8Array.from(now)
  const held = new Uint8Array(now.length)
  const rule = new Map<number, string>()
  let j = 0
  for (let i = 0; i < times.length; i++) {
    while (j < judged.length && judged[j].ms < times[i]) j++
    if (j < judged.length && judged[j].ms === times[i]) {
      const { newest, intake, source } = judged[j]
      base[i] = source ?? intake ?? now[i]
      if (newest === 'officer') held[i] = 1
      else if (!others.has(newest)) rule.set(i, newest)
    }
    if (base[i] === flags.good || base[i] === flags.notEvaluated)
      base[i] = hasRules ? flags.good : flags.notEvaluated
  }
  return { now, base, rule, held }
}
