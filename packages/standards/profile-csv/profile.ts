/** The profile of a table of observations: which columns hold what, in which zone, unit and notation. Data, kept as JSON. */
import { parseOffset } from '@lanmei/model/instant'
import { problem } from '@lanmei/model/problem'
import Type, { type Static } from 'typebox'
import { Check, Errors } from 'typebox/value'
import { type TimeFormat, timeFormats } from '../text/time.ts'

const Column = Type.Union([Type.String({ minLength: 1 }), Type.Integer({ minimum: 1 })], {
  description: 'Name of the column in the head, or its number from 1',
})
const Clock = Type.String({ pattern: '^([01][0-9]|2[0-4]):[0-5][0-9]$' })
const Zone = Type.String({
  pattern: '^(Z|[+-][0-9]{2}:[0-9]{2})$',
  description: 'Offset from UTC, e.g. +07:00',
})

/** What is known of a series: the fields of a SeriesHint that a profile can give. */
export const SeriesFields = Type.Object(
  {
    station: Type.Optional(Type.String({ description: 'Code of the station' })),
    stationName: Type.Optional(Type.String()),
    property: Type.Optional(Type.String({ description: 'water-level, discharge, rainfall ...' })),
    unit: Type.Optional(Type.String({ description: 'Unit as written: m, cm, m3/s, mm' })),
    procedure: Type.Optional(Type.String()),
    aggregation: Type.Optional(Type.Enum(['instantaneous', 'mean', 'sum', 'maximum', 'minimum'])),
    cadenceSeconds: Type.Optional(Type.Integer({ minimum: 1 })),
    dayBoundary: Type.Optional(Clock),
    datum: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type SeriesFields = Omit<Static<typeof SeriesFields>, 'aggregation'> & {
  aggregation?: 'instantaneous' | 'mean' | 'sum' | 'maximum' | 'minimum'
}

const SeriesByName = Type.Record(Type.String(), SeriesFields)

export const ProfileTime = Type.Object(
  {
    column: Column,
    clock: Type.Optional(Type.Union([Column], { description: 'Column of the time of day, hh:mm[:ss]' })),
    hour: Type.Optional(Type.Union([Column], { description: 'Column of the hour, 0 to 24' })),
    last: Type.Optional(Type.Union([Column], { description: 'Segments: column of the last day' })),
    format: Type.Optional(Type.Enum([...timeFormats])),
    calendar: Type.Optional(Type.Union([Type.Literal('gregorian'), Type.Literal('buddhist')])),
    zone: Zone,
    dayZone: Type.Optional(Zone),
    dayReadAt: Type.Optional(Type.Union([Clock], { description: 'Time of day a bare date stands for' })),
    wrongLabel: Type.Optional(Type.String({ description: 'Zone label of the source known to be wrong' })),
  },
  { additionalProperties: false },
)

export const CsvProfile = Type.Object(
  {
    title: Type.Optional(Type.String()),
    guessed: Type.Optional(Type.Boolean({ description: 'True where nobody has confirmed it yet' })),
    notes: Type.Optional(Type.Array(Type.String(), { description: 'What to know about the source' })),
    match: Type.Optional(
      Type.Object(
        {
          path: Type.String({ description: 'Regular expression on the path' }),
          head: Type.Optional(Type.Array(Type.String(), { description: 'Columns that must be there' })),
        },
        { additionalProperties: false },
      ),
    ),
    content: Type.Optional(Type.Enum(['values', 'flags', 'segments', 'refused', 'nothing'])),
    separator: Type.Optional(Type.Enum([',', ';', '\t', '|'])),
    decimal: Type.Optional(Type.Union([Type.Literal('.'), Type.Literal(',')])),
    comment: Type.Optional(Type.String({ minLength: 1, description: 'What a comment line begins with' })),
    headerLine: Type.Optional(
      Type.Integer({
        minimum: 0,
        description: 'Line of the head; 0: none. Absent: first line that says something',
      }),
    ),
    time: Type.Optional(ProfileTime),
    series: Type.Optional(SeriesFields),
    file: Type.Optional(
      Type.Object(
        {
          pattern: Type.String({ description: 'Regular expression on the path; groups station, name, kind' }),
          stations: Type.Optional(SeriesByName),
          kinds: Type.Optional(SeriesByName),
        },
        { additionalProperties: false },
      ),
    ),
    columns: Type.Optional(
      Type.Object(
        {
          station: Type.Optional(Column),
          property: Type.Optional(Column),
          unit: Type.Optional(Column),
          value: Type.Optional(Column),
          flag: Type.Optional(Column),
          text: Type.Optional(
            Type.Union([Column], { description: 'Refused: column of the text in the source' }),
          ),
          values: Type.Optional(
            Type.Array(
              Type.Object(
                { column: Column, flag: Type.Optional(Column), series: Type.Optional(SeriesFields) },
                { additionalProperties: false },
              ),
            ),
          ),
          wide: Type.Optional(
            Type.Object(
              {
                pattern: Type.Optional(
                  Type.String({ description: 'Regular expression on the column; groups station, name' }),
                ),
                prefix: Type.Optional(
                  Type.String({ description: 'Put before a station code of the pattern' }),
                ),
                onlyNamed: Type.Optional(
                  Type.Boolean({ description: 'Columns not in the list are left aside' }),
                ),
              },
              { additionalProperties: false },
            ),
          ),
          ignore: Type.Optional(Type.Array(Column)),
        },
        { additionalProperties: false },
      ),
    ),
    stations: Type.Optional(SeriesByName),
    missing: Type.Optional(Type.Array(Type.String(), { description: 'Texts that say: no value' })),
    flags: Type.Optional(
      Type.Record(Type.String(), Type.Integer({ minimum: 0, maximum: 9 }), {
        description: 'Flag text of the source to flag code',
      }),
    ),
    flag: Type.Optional(Type.Integer({ minimum: 1, maximum: 9, description: 'Flag that a list gives' })),
  },
  { $id: 'lanmei:csv-profile', title: 'CSV profile', additionalProperties: false },
)
type Written = Static<typeof CsvProfile>
/** The unions of literals made from lists lose their type in the schema: they are named here. */
export type CsvProfile = Omit<Written, 'series' | 'stations' | 'separator' | 'content' | 'time'> & {
  separator?: ',' | ';' | '\t' | '|'
  content?: 'values' | 'flags' | 'segments' | 'refused' | 'nothing'
  time?: Omit<Static<typeof ProfileTime>, 'format'> & { format?: TimeFormat }
  series?: SeriesFields
  stations?: Record<string, SeriesFields>
}
export type Column = string | number

/** Checks a profile from outside. Throws `profile-invalid` with the first faults. */
export function checkProfile(given: unknown): CsvProfile {
  if (!Check(CsvProfile, given)) {
    const faults = Errors(CsvProfile, given)
      .slice(0, 5)
      .map((e) => `${e.instancePath || '/'}: ${e.message}`)
    throw problem('profile-invalid', { faults })
  }
  const profile = given as CsvProfile
  for (const pattern of [profile.match?.path, profile.file?.pattern, profile.columns?.wide?.pattern]) {
    if (pattern === undefined) continue
    try {
      new RegExp(pattern, 'u')
    } catch (error) {
      throw problem('profile-invalid', { faults: [`pattern ${pattern} is no regular expression`] }, error)
    }
  }
  return profile
}

/**
 * Checks a profile that came from a stranger. Patterns are refused: a regular expression can be made to run for ever.
 * Throws `profile-invalid`.
 */
export function checkUploadedProfile(given: unknown): CsvProfile {
  const profile = checkProfile(given)
  if (profile.match || profile.file || profile.columns?.wide?.pattern !== undefined)
    throw problem('profile-invalid', {
      faults: ['match, file and columns.wide.pattern are not taken from uploads'],
    })
  return profile
}

/** Minutes of a zone that the schema has let pass. */
export function zoneMinutes(zone: string | undefined): number {
  const minutes = parseOffset(zone ?? 'Z')
  return Number.isNaN(minutes) ? 0 : minutes
}

/** Milliseconds of hh:mm. */
export function clockMs(clock: string | undefined): number {
  if (clock === undefined) return 0
  return (Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))) * 60_000
}
