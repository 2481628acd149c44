/** Quality checks of one series: which rules hold, run on columns, and what they say. Flags are said, values never touched. */
import { flatLine } from '@lanmei/kernels/quality/flat-line'
import { negative } from '@lanmei/kernels/quality/negative'
import { range } from '@lanmei/kernels/quality/range'
import { rateOfRise } from '@lanmei/kernels/quality/rate-of-rise'
import { spike } from '@lanmei/kernels/quality/spike'
import { step } from '@lanmei/kernels/quality/step'
import { straightLine } from '@lanmei/kernels/quality/straight-line'
import { flags, isFlagName, worseFlag } from '@lanmei/model/flag'
import { addHits, newTally, type Tally } from './tally.ts'

/** A rule as area data or a series give it; `severity` is the flag it sets (suspect when absent). */
export type Rule = { kernel: string; parameters: Record<string, number>; severity?: string }
/** What was found: for some positions a flag and the rule that set it, as an index into `rules`. Positions rise. */
export type Findings = { rules: string[]; positions: Uint32Array; flags: Uint8Array; rule: Uint8Array }

type Kernel = (
  times: Float64Array,
  values: Float64Array,
  parameters: never,
  out: Uint8Array,
  from: number,
) => Uint8Array

/** Checks that look at one series alone and run at take-in, by the name area data use. */
const seriesKernels: Record<string, Kernel> = {
  'quality/range': range as Kernel,
  'quality/step': step as Kernel,
  'quality/spike': spike as Kernel,
  'quality/flat-line': flatLine as Kernel,
  'quality/straight-line': straightLine as Kernel,
  'quality/rate-of-rise': rateOfRise as Kernel,
  'quality/negative': negative as Kernel,
}

/** Checks that need the whole series or its neighbours; they run after taking in. */
const wholeKernels = ['quality/datum-jump', 'quality/date-shift', 'quality/river-consistency']

/** Values before a block that the checks need to see: enough for the longest run that counts. */
export const contextValues = 40

export function isSeriesKernel(kernel: string): boolean {
  return Object.hasOwn(seriesKernels, kernel)
}

/**
 * Rules of a series: those of its property, with the series' own numbers in their place; rules the series adds come last.
 * A rule whose parameters are empty at the series is switched off there. Of several own rules for one kernel the last holds.
 */
export function rulesOf(propertyRules: Rule[], seriesRules: Rule[] = []): Rule[] {
  return mergedRules(propertyRules, seriesRules).filter((rule) => isSeriesKernel(rule.kernel))
}

/** The same with the rules that need the whole series or its neighbours. */
export function allRulesOf(propertyRules: Rule[], seriesRules: Rule[] = []): Rule[] {
  return mergedRules(propertyRules, seriesRules).filter(
    ({ kernel }) => isSeriesKernel(kernel) || wholeKernels.includes(kernel),
  )
}

function mergedRules(propertyRules: Rule[], seriesRules: Rule[]): Rule[] {
  const own = new Map(seriesRules.map((rule) => [rule.kernel, rule]))
  const merged = propertyRules.map((rule) => {
    const other = own.get(rule.kernel)
    own.delete(rule.kernel)
    return other ? { ...rule, parameters: other.parameters, severity: other.severity ?? rule.severity } : rule
  })
  return [...merged, ...own.values()].filter((rule) => Object.keys(rule.parameters).length > 0)
}

/** The flag a rule sets. */
export function flagOf(rule: Rule): number {
  return rule.severity && isFlagName(rule.severity) ? flags[rule.severity] : flags.suspect
}

/** Short name of a rule as it is kept with a flag: quality/flat-line is flat-line. */
export function ruleName(kernel: string): string {
  return kernel.slice(kernel.indexOf('/') + 1)
}

/** Runs the rules that look at one series alone, from position `from` on; what lies before is read, never judged. */
export function tallyOf(rules: Rule[], times: Float64Array, values: Float64Array, from = 0): Tally {
  const tally = newTally(values.length)
  const hits = new Uint8Array(values.length)
  for (const rule of rules) {
    const kernel = seriesKernels[rule.kernel]
    if (!kernel) continue
    kernel(times, values, rule.parameters as never, hits, from)
    addHits(tally, ruleName(rule.kernel), flagOf(rule), hits, from)
  }
  return tally
}

/**
 * What the rules find on columns. Positions below `from` are context: read, never judged.
 * @param given flags of the source, 0 where none: a finding that says no more against the value is left out
 */
export function evaluate(
  rules: Rule[],
  times: Float64Array,
  values: Float64Array,
  from = 0,
  given?: Uint8Array,
): Findings {
  const tally = tallyOf(rules, times, values, from)
  const positions: number[] = []
  for (let i = from; i < values.length; i++) {
    const found = tally.flags[i]
    if (found === 0) continue
    const present = given?.[i] || flags.good
    if (worseFlag(present, found) !== present) positions.push(i)
  }
  return {
    rules: tally.rules,
    positions: Uint32Array.from(positions),
    flags: Uint8Array.from(positions, (i) => tally.flags[i]),
    rule: Uint8Array.from(positions, (i) => tally.rule[i]),
  }
}
