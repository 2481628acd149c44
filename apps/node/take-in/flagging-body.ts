/** Bodies of flaggings, and the flag a value has before anybody judged it. */
import { canonicalBlock } from '@lanmei/exchange/canonical-block'
import { flags } from '@lanmei/model/flag'
import type { Audience } from '@lanmei/model/record'
import type { JournalItem } from '../journal/journal.ts'

/** Judgements on values of one series; `rule` holds for each an index into `rules`. */
export type Flagging = {
  series: string
  author: string
  comment?: string
  rules: string[]
  times: Float64Array
  flags: Uint8Array
  rule: Uint8Array
}

/**
 * Flags that values have before anybody judged them: the source's own where it gave one; missing for a missing value; good for
 * one that went through checks without a finding; not evaluated where there were none.
 * @param given flags of the source, 0 where it gave none
 */
export function firstFlags(checked: boolean, values: Float64Array, given?: ArrayLike<number>): Uint8Array {
  const standard = checked ? flags.good : flags.notEvaluated
  const first = new Uint8Array(values.length)
  for (let i = 0; i < first.length; i++)
    first[i] = given?.[i] || (Number.isNaN(values[i]) ? flags.missing : standard)
  return first
}

export function flaggingItem(flagging: Flagging, version: number, audience: Audience): JournalItem {
  const { series, author, comment, rules, times, rule } = flagging
  const header = { kind: 'flagging', series, author, rules, ...(comment ? { comment } : {}) }
  const body = canonicalBlock(header, { times, flags: flagging.flags, rule })
  return { kind: 'flagging', id: series, version, audience, body }
}
