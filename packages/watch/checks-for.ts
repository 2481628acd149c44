/** Numbers of the checks that fit a place: by class of station and series, then of the single station. */
import type { Rule } from './evaluate.ts'

/** What is known of a station, from area data or from its record. */
export type StationFacts = {
  river?: string
  tidal?: boolean
  stationType?: string
  checks?: StationCheck[]
}
/** A rule of one station; for one property, and for one procedure where the series of the station differ. */
export type StationCheck = Rule & { property: string; procedure?: string }
/** What is known of a series. `datum` is there where heights are not measured from the zero of the gauge. */
export type SeriesFacts = { property: string; procedure: string; datum?: string }

/** Rules for all series that fit every condition given. */
export type CheckClass = {
  id: string
  when: {
    property?: string[]
    procedure?: string[]
    river?: string[]
    stationType?: string[]
    tidal?: boolean
    /** True: heights above something else than the zero of the gauge. */
    datum?: boolean
  }
  checks: Rule[]
}

/**
 * The rules that take the place of those of the property, in the order in which they override each other: classes as listed, then
 * the station. To be given to `rulesOf` before the series' own checks.
 */
export function checksFor(
  classes: CheckClass[],
  station: StationFacts | undefined,
  series: SeriesFacts,
): Rule[] {
  const { property, procedure, datum } = series
  const fits = (list: string[] | undefined, value: string | undefined) =>
    list === undefined || (value !== undefined && list.includes(value))
  const byClass = classes.filter(
    ({ when }) =>
      fits(when.property, property) &&
      fits(when.procedure, procedure) &&
      fits(when.river, station?.river) &&
      fits(when.stationType, station?.stationType) &&
      (when.tidal === undefined || when.tidal === (station?.tidal ?? false)) &&
      (when.datum === undefined || when.datum === (datum !== undefined)),
  )
  const own = (station?.checks ?? []).filter(
    (check) =>
      check.property === property && (check.procedure === undefined || check.procedure === procedure),
  )
  return [
    ...byClass.flatMap(({ checks }) => checks),
    ...own.map(({ kernel, parameters, severity }) => ({
      kernel,
      parameters,
      ...(severity ? { severity } : {}),
    })),
  ]
}
