/** Notices: what is wrong with the data. Collected and counted, returned to the owner with the place; never thrown. */
import Type, { type Static } from 'typebox'

export type Severity = 'error' | 'warning' | 'info'

/**
 * Every notice code, its severity and its sentence. An `error` refuses what it names; a `warning` lets it pass;
 * `info` tells what was done. Texts in seven languages stand in the portal under the same code.
 */
export const noticeCodes = {
  'malformed-number': ['error', 'This is not a number'],
  'malformed-time': ['error', 'This is not a date or time that can be read'],
  'impossible-date': ['error', 'This date does not exist'],
  'time-out-of-range': ['error', 'This time lies outside what can be stored (years 1800 to 2199)'],
  'time-in-future': ['error', 'This time lies in the future'],
  'duplicate-stamp': ['info', 'The same time stands twice with the same value; one is kept'],
  'contradicting-stamp': ['error', 'The same time stands twice with different values; the first is kept'],
  'unknown-unit': ['error', 'The unit is not known'],
  'unit-converted': ['info', 'The values were converted to the unit of the series'],
  'unknown-station': [
    'error',
    'The station is not known: load its station table first or use --create-stations',
  ],
  'unknown-series': ['error', 'The series is not known'],
  'unknown-column': ['warning', 'The column is not described and was left aside'],
  'unknown-property': ['error', 'The observed property is not known'],
  'unknown-format': ['error', 'No reader knows this format'],
  'unknown-flag': ['warning', 'The quality flag is not known; the value was taken without it'],
  'too-many-series': ['error', 'The file holds more series than allowed'],
  'not-observations': ['warning', 'The file holds no dated observations and was left aside'],
  'profile-guessed': ['info', 'The columns were guessed from the file; check them'],
  'missing-column': ['error', 'A column that the format needs is missing'],
  'wrong-cell-count': ['error', 'The line has another number of cells than the head'],
  'empty-file': ['warning', 'The file is empty'],
  'no-values': ['warning', 'The file has a head but no values'],
  'encoding-guessed': ['info', 'The file is not UTF-8; it was read in another encoding'],
  'encoding-broken': ['error', 'The bytes are no text in the encoding of the file'],
  'line-too-long': ['error', 'The line is longer than allowed'],
  'too-many-columns': ['error', 'The line has more columns than allowed'],
  'unclosed-quote': ['error', 'A quotation mark is not closed'],
  'binary-content': ['error', 'The file holds binary content, no text'],
  'archive-too-large': ['error', 'The archive unpacks to more than allowed'],
  'archive-broken': ['error', 'The archive cannot be unpacked'],
  'file-unreadable': ['error', 'The file cannot be read'],
  'value-out-of-bounds': [
    'warning',
    'The value lies outside what is possible for the property; kept and flagged bad',
  ],
  'time-zone-corrected': [
    'info',
    'The zone label of the source is known to be wrong; the true zone was used',
  ],
  'flag-without-value': ['warning', 'A flag names a time for which there is no value'],
  'station-created': ['info', 'The station was made from the file'],
  'series-created': ['info', 'The series was made from the file'],
  'flags-taken': ['info', 'Flags of the source were taken'],
  'station-differs': ['warning', 'The table puts a known station elsewhere; what was known stays'],
  'station-incomplete': ['warning', 'The station lacks something it should have'],
  'malformed-record': ['error', 'The record does not fit its schema'],
  'malformed-json': ['error', 'The JSON cannot be read'],
} as const satisfies Record<string, readonly [Severity, string]>
export type NoticeCode = keyof typeof noticeCodes

/** A notice with its place. `refused` is how many values it kept out (0 for warnings and infos). */
export const Notice = Type.Object({
  code: Type.String({ description: 'Code from the list of notices' }),
  file: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer({ minimum: 1, description: 'Line in the file, from 1' })),
  column: Type.Optional(
    Type.Union([Type.Integer(), Type.String()], { description: 'Column number from 1, or its name' }),
  ),
  series: Type.Optional(Type.String()),
  read: Type.Optional(Type.String({ maxLength: 200, description: 'What was read' })),
  expected: Type.Optional(Type.String({ maxLength: 200, description: 'What was expected' })),
  refused: Type.Integer({ minimum: 0, description: 'Number of values this kept out' }),
})
export type Notice = Static<typeof Notice> & { code: NoticeCode }

/** Makes a notice; long texts are cut so that a hostile file cannot fill the memory. */
export function notice(code: NoticeCode, place: Partial<Omit<Notice, 'code'>> = {}): Notice {
  const made: Notice = { code, refused: 0, ...place }
  if (made.read !== undefined && made.read.length > 80) made.read = `${made.read.slice(0, 79)}…`
  if (made.expected !== undefined && made.expected.length > 160)
    made.expected = `${made.expected.slice(0, 159)}…`
  return made
}

export function severityOf(code: NoticeCode): Severity {
  return noticeCodes[code][0]
}
