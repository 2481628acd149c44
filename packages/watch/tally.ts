/** Gathers what rules find on the values of one series: for each value the worst flag and the rule that set it. */
import { worseFlag } from '@lanmei/model/flag'

/** `flags` is 0 where nothing was found; `rule` is then without meaning, else an index into `rules`. */
export type Tally = { rules: string[]; flags: Uint8Array; rule: Uint8Array }

export function newTally(count: number): Tally {
  return { rules: [], flags: new Uint8Array(count), rule: new Uint8Array(count) }
}

/** Adds the hits (1) of a rule. Of two rules that set the same flag the one added first stays. Gives the number of hits. */
export function addHits(tally: Tally, rule: string, flag: number, hits: Uint8Array, from = 0): number {
  let n = tally.rules.indexOf(rule)
  if (n < 0) n = tally.rules.push(rule) - 1
  let count = 0
  for (let i = from; i < hits.length; i++) {
    if (hits[i] === 0) continue
    count++
    const present = tally.flags[i]
    if (present !== 0 && worseFlag(present, flag) === present) continue
    tally.flags[i] = flag
    tally.rule[i] = n
  }
  return count
}
