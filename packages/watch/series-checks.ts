/** Runs all rules over a whole series: each value alone, the series as a whole, and the series beside its witnesses. */
import type { DateShiftParameters } from '@lanmei/kernels/quality/date-shift'
import type { DatumJumpParameters } from '@lanmei/kernels/quality/datum-jump'
import type { RiverConsistencyParameters } from '@lanmei/kernels/quality/river-consistency'
import { type Daily, dailyOf, marksOfDays } from './daily.ts'
import { dateVerdict, type Witness } from './dates.ts'
import { datumVerdict } from './datum.ts'
import { flagOf, type Rule, ruleName, tallyOf } from './evaluate.ts'
import { riverVerdict } from './river.ts'
import { addHits, newTally, type Tally } from './tally.ts'

/** A series with the rules that hold for it; `offsetMs` is the local time's distance from UTC. */
export type JudgedSeries = {
  rules: Rule[]
  times: Float64Array
  values: Float64Array
  offsetMs: number
}

/** Days by which a series can follow a neighbour, by the place of the neighbour. */
const lags = {
  upstream: { from: 0, to: 5 },
  downstream: { from: -5, to: 0 },
  beside: { from: -3, to: 3 },
} as const

/**
 * Everything the rules find, in the order of the rules: of two that set the same flag the first stays. Deterministic: the same
 * values give the same tally whatever was flagged before.
 */
export function judgeSeries(series: JudgedSeries, witnesses: Witness[]): Tally {
  const { rules, times, values, offsetMs } = series
  const tally = newTally(values.length)
  let frame: Daily | undefined
  for (const rule of rules) {
    const name = ruleName(rule.kernel)
    const days = (marks: (daily: Daily) => Uint8Array) => {
      frame ??= comparable(series)
      return marksOfDays(times, values, offsetMs, frame, marks(frame))
    }
    if (name === 'datum-jump')
      addHits(
        tally,
        name,
        flagOf(rule),
        datumVerdict(times, values, rule.parameters as DatumJumpParameters).marks,
      )
    else if (name === 'date-shift') {
      const parameters = rule.parameters as DateShiftParameters
      if (witnesses.length)
        addHits(
          tally,
          name,
          flagOf(rule),
          days((daily) => dateVerdict(daily, witnesses, parameters).days),
        )
    } else if (name === 'river-consistency') {
      const parameters = rule.parameters as RiverConsistencyParameters
      const neighbours = witnesses.flatMap(({ place, ...rest }) =>
        place === 'copy' ? [] : [{ ...rest, lags: lags[place] }],
      )
      if (neighbours.length)
        addHits(
          tally,
          name,
          flagOf(rule),
          days((daily) => riverVerdict(daily, neighbours, parameters).days),
        )
    } else {
      const found = tallyOf([rule], times, values)
      addHits(tally, name, flagOf(rule), found.flags)
    }
  }
  return tally
}

/** The series by day, without values that are out of range or on another zero: what other series may be compared with. */
export function comparable({ rules, times, values, offsetMs }: JudgedSeries): Daily {
  const without = new Uint8Array(values.length)
  for (const rule of rules) {
    const name = ruleName(rule.kernel)
    if (name !== 'range' && name !== 'datum-jump') continue
    const marks =
      name === 'range'
        ? tallyOf([rule], times, values).flags
        : datumVerdict(times, values, rule.parameters as DatumJumpParameters).marks
    for (let i = 0; i < marks.length; i++) if (marks[i]) without[i] = 1
  }
  return dailyOf(times, values, offsetMs, without)
}

/** True when rules need witnesses. */
export function needsWitnesses(rules: Rule[]): boolean {
  return rules.some(({ kernel }) => kernel === 'quality/date-shift' || kernel === 'quality/river-consistency')
}
