/** What a new run of the rules changes: compares its findings with the flags that hold and with who set them. Pure. */
import { flags as flagCodes, worseFlag } from '@lanmei/model/flag'
import type { evaluate, Rule } from '@lanmei/watch/evaluate'

/** What others than rules said of a present value. */
export type JudgedValue = {
  ms: number
  /** Whether an officer judged it. */
  officer: boolean
  /** Flag before any judgement. */
  intake: number | null
  /** Newest flag the source gave afterwards. */
  source: number | null
}
export type Holding = {
  times: Float64Array
  values: Float64Array
  flags: Uint8Array
  /** By time. */
  judged: JudgedValue[]
}
export type Changes = {
  positions: number[]
  flags: number[]
  /** Index into `ruleNames`. */
  rule: number[]
  ruleNames: string[]
  /** Values left alone because an officer judged them. */
  officers: number
}

/** The rule under which a finding is taken back. */
export const noFinding = 'no-finding'

/** Judges all values anew; gives those whose flag must change. An officer's word stands whatever the rules say. */
export function judgeAgain(rules: Rule[], holding: Holding, run: typeof evaluate): Changes {
  const { times, values, flags, judged } = holding
  const base = Uint8Array.from(flags)
  const byOfficer = new Uint8Array(times.length)
  let j = 0
  for (let i = 0; i < times.length; i++) {
    while (j < judged.length && judged[j].ms < times[i]) j++
    if (j < judged.length && judged[j].ms === times[i]) {
      const { officer, intake, source } = judged[j]
      if (officer) byOfficer[i] = 1
      base[i] = source ?? intake ?? flags[i]
    }
    // A value that went through rules without a finding is good; without any it is not evaluated.
    if (base[i] === flagCodes.good || base[i] === flagCodes.notEvaluated)
      base[i] = rules.length > 0 ? flagCodes.good : flagCodes.notEvaluated
  }
  const found = run(rules, times, values, 0, base)
  const ruleNames = [...found.rules, noFinding]
  const changes: Changes = { positions: [], flags: [], rule: [], ruleNames, officers: 0 }
  let f = 0
  for (let i = 0; i < times.length; i++) {
    let outcome = base[i]
    let rule = ruleNames.length - 1
    if (f < found.positions.length && found.positions[f] === i) {
      outcome = worseFlag(base[i], found.flags[f])
      rule = found.rule[f++]
    }
    if (outcome === flags[i]) continue
    if (byOfficer[i]) {
      changes.officers++
      continue
    }
    changes.positions.push(i)
    changes.flags.push(outcome)
    changes.rule.push(rule)
  }
  return changes
}
