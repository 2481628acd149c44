/** From what rules find to the judgements that have to be stored: only what differs from what holds, never against an officer. */
import { worseFlag } from '@lanmei/model/flag'
import type { Tally } from './tally.ts'

/** What holds for the values of a series. */
export type Standing = {
  /** The flag that holds now. */
  now: Uint8Array
  /** The flag that holds when the rules say nothing: of the source, or of taking in. */
  base: Uint8Array
  /** Rule of the newest judgement, where that was one of the rules. */
  rule: Map<number, string>
  /** 1 where an officer judged: nothing is said there. */
  held: Uint8Array
}

/** Judgements by position (rising); `rule` is an index into `rules`. */
export type Revision = { rules: string[]; positions: Uint32Array; flags: Uint8Array; rule: Uint8Array }

/** Rule of a judgement that nothing was found, where no rule had found anything before: on values that came in unchecked. */
export const noFinding = 'no-finding'

/**
 * A finding counts when it says more against the value than the base flag. It is stored when flag or rule differ from what holds;
 * where a rule once found something and none does now, the base flag is given back under the name of that rule.
 */
export function revise(tally: Tally, { now, base, rule, held }: Standing): Revision {
  const rules: string[] = []
  const positions: number[] = []
  const flags: number[] = []
  const ruleOf: number[] = []
  const say = (position: number, flag: number, name: string) => {
    let n = rules.indexOf(name)
    if (n < 0) n = rules.push(name) - 1
    positions.push(position)
    flags.push(flag)
    ruleOf.push(n)
  }
  for (let i = 0; i < now.length; i++) {
    if (held[i]) continue
    const found = tally.flags[i]
    const before = rule.get(i)
    if (found !== 0 && worseFlag(base[i], found) !== base[i]) {
      const name = tally.rules[tally.rule[i]]
      if (now[i] !== found || before !== name) say(i, found, name)
    } else if (now[i] !== base[i]) say(i, base[i], before ?? noFinding)
  }
  return {
    rules,
    positions: Uint32Array.from(positions),
    flags: Uint8Array.from(flags),
    rule: Uint8Array.from(ruleOf),
  }
}
