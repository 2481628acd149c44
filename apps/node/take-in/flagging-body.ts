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

/** A value that went through checks without a finding is good; without checks it is not evaluated. */
export function defaultFlag(checked: boolean): number {
  return checked ? flags.good : flags.notEvaluated
}

export function flaggingItem(flagging: Flagging, version: number, audience: Audience): JournalItem {
  const { series, author, comment, rules, times, rule } = flagging
  const header = { kind: 'flagging', series, author, rules, ...(comment ? { comment } : {}) }
  const body = canonicalBlock(header, { times, flags: flagging.flags, rule })
  return { kind: 'flagging', id: series, version, audience, body }
}
