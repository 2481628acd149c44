/** Proposes a profile for a table nobody has described yet, with the reason for each choice and what a person must answer. */
import { guessSeparator, type Separator, separators, splitText } from '../text/cells.ts'
import { headText } from '../text/decode.ts'
import { type ColumnSample, meaningOf, sampleColumn, type TimeLook, timeLook } from './column-sample.ts'
import type { Column, CsvProfile } from './profile.ts'

/** Why something was chosen: a code that texts can be kept under, what was chosen, and the reason in English. */
export type Reason = { about: string; chosen: string; because: string }

/** What the file does not say and a person must confirm. `assumed` stands in the profile meanwhile. */
export type Question = {
  about: 'zone' | 'date-order' | 'station' | 'property' | 'unit'
  column?: string
  assumed?: string
  others?: string[]
}

export type Guess = { profile: CsvProfile; confidence: number; reasons: Reason[]; questions: Question[] }

const sampleLines = 300
const assumedZone = '+07:00'
const role = {
  station: /station|^code$|^site|gauge.?id|mã|trạm|สถานี|站/iu,
  property: /^(observed.?)?property$|^parameter|^variable$|^kind$|^element$/i,
  unit: /^units?$|^uom$|đơn vị|หน่วย|单位/iu,
  flag: /flag|quality|^qc/i,
  hour: /^(hour|hr|h|giờ|ชั่วโมง|小时)$/iu,
}

/** Guesses from the first 64 kB. Undefined where there is no time or no value to be found. */
export function guess(name: string, head: Uint8Array): Guess | undefined {
  const lines = headText(head.subarray(0, 65_536)).split(/\r\n|\n|\r/)
  if (lines.length > 1 && head.length >= 65_536) lines.pop()
  const comment = lines[0]?.startsWith('#') ? '#' : undefined
  const numbered = lines
    .slice(0, sampleLines)
    .map((text, i) => ({ text, line: i + 1 }))
    .filter(({ text }) => text.trim() !== '' && !(comment && text.startsWith(comment)))
  if (numbered.length < 2) return undefined

  const reasons: Reason[] = []
  const questions: Question[] = []
  const separator = mostSteady(numbered.map(({ text }) => text))
  const rows = numbered.map(({ text }) => splitText(text, separator))
  const width = rows[Math.floor(rows.length / 2)].length
  reasons.push({
    about: 'separator',
    chosen: separator,
    because: `it parts the lines into ${width} cells each`,
  })

  const first = rows.findIndex((row) => row.length === width)
  const { head: names, headerLine, body } = headOf(rows, numbered, first, reasons)
  const columns = names.map((column, i) =>
    sampleColumn(
      column,
      body.map((row) => row[i] ?? ''),
    ),
  )
  const decimal = decimalOf(columns, separator, reasons)
  const time = timeOf(columns, names, headerLine === 0, reasons, questions)
  if (time === undefined) return undefined

  const rest = columns.map((column, i) => ({ column, i })).filter(({ i }) => !time.used.has(i))
  const ref = (i: number): Column => (headerLine === 0 || names[i] === '' ? i + 1 : names[i])
  const roleOf = (pattern: RegExp) => rest.find(({ column }) => pattern.test(column.name))
  const station = roleOf(role.station)
  const property = roleOf(role.property)
  const unit = roleOf(role.unit)
  const flag = roleOf(role.flag)
  const spoken = new Set([station, property, unit, flag].map((found) => found?.i))
  const numeric = rest.filter(({ column, i }) => !spoken.has(i) && column.numberShare(decimal) >= 0.5)
  if (numeric.length === 0) return undefined
  const ignored = rest
    .filter(({ i }) => !spoken.has(i) && !numeric.some((n) => n.i === i))
    .map(({ i }) => ref(i))

  const code = /(?<![A-Za-z0-9])[A-Z]{2}_\d{6}(?!\d)/.exec(name.slice(name.lastIndexOf('/') + 1))?.[0]
  if (code) reasons.push({ about: 'station', chosen: code, because: 'the name of the file holds this code' })
  const wide = numeric.length > 1 && numeric.every(({ column }) => /^[A-Z]{2}_\d{6}$/.test(column.name))
  const meaning = meaningOf(`${name.replace(/\.[a-z]+$/i, '')} ${wide ? '' : numeric[0].column.name}`)
  const missing = [...new Set(numeric.flatMap(({ column }) => column.missing))]
  if (missing.length > 0)
    reasons.push({
      about: 'missing',
      chosen: missing.join(' '),
      because: 'these stand where other lines have numbers',
    })

  const given: NonNullable<CsvProfile['columns']> = {
    ...(unit ? { unit: ref(unit.i) } : {}),
    ...(property ? { property: ref(property.i) } : {}),
    ...(ignored.length > 0 ? { ignore: ignored } : {}),
  }
  if (station || property) {
    given.value = ref(numeric[0].i)
    if (station) given.station = ref(station.i)
    if (flag) given.flag = ref(flag.i)
    reasons.push({ about: 'values', chosen: String(given.value), because: 'each line names its series' })
  } else if (wide) {
    given.wide = {}
    reasons.push({
      about: 'values',
      chosen: `${numeric.length} columns`,
      because: 'the columns are named by codes of stations',
    })
  } else {
    given.values = numeric.map(({ column, i }) => ({
      column: ref(i),
      ...(flag && numeric.length === 1 ? { flag: ref(flag.i) } : {}),
      ...(numeric.length > 1 ? { series: meaningOf(column.name) } : {}),
    }))
    reasons.push({
      about: 'values',
      chosen: given.values.map((v) => v.column).join(', '),
      because: 'they hold numbers',
    })
  }
  if (!station && !wide && !code) questions.push({ about: 'station' })
  if (!property && !meaning.property) questions.push({ about: 'property' })
  if (!unit && !meaning.unit) questions.push({ about: 'unit' })

  const profile: CsvProfile = {
    guessed: true,
    separator,
    ...(decimal === ',' ? { decimal } : {}),
    ...(comment ? { comment } : {}),
    ...(headerLine === undefined ? {} : { headerLine }),
    time: time.profile,
    series: { ...meaning, ...(code ? { station: code } : {}) },
    columns: given,
    ...(missing.length > 0 ? { missing } : {}),
  }
  return { profile, confidence: questions.length === 0 ? 0.5 : 0.3, reasons, questions }
}

/** The separator that gives most lines one number of cells above one. */
function mostSteady(lines: string[]): Separator {
  let best = guessSeparator(lines[lines.length - 1])
  let most = 0
  for (const separator of separators) {
    const counts = new Map<number, number>()
    for (const line of lines) {
      const cells = splitText(line, separator).length
      if (cells > 1) counts.set(cells, (counts.get(cells) ?? 0) + 1)
    }
    // A decimal comma parts lines as steadily as a real one: a semicolon beside it decides.
    const steady = Math.max(0, ...counts.values()) + (separator === ',' ? 0 : 0.5)
    if (steady > most) {
      most = steady
      best = separator
    }
  }
  return best
}

function headOf(rows: string[][], numbered: { line: number }[], first: number, reasons: Reason[]) {
  const row = rows[first]
  const isData = row.some((cell) => timeLook([cell], '') !== undefined)
  if (isData) {
    reasons.push({ about: 'head', chosen: 'none', because: 'the first line already holds a time' })
    return { head: row.map(() => ''), headerLine: 0, body: rows.slice(first) }
  }
  const { line } = numbered[first]
  const plain = first === 0
  if (!plain)
    reasons.push({
      about: 'head',
      chosen: `line ${line}`,
      because: 'the lines above it have other numbers of cells',
    })
  return { head: row, headerLine: plain ? undefined : line, body: rows.slice(first + 1) }
}

function decimalOf(columns: ColumnSample[], separator: string, reasons: Reason[]): '.' | ',' {
  if (separator === ',') return '.'
  const share = (mark: '.' | ',') => columns.reduce((sum, column) => sum + column.numberShare(mark), 0)
  if (share(',') <= share('.')) return '.'
  reasons.push({ about: 'decimal', chosen: ',', because: 'numbers are written with a comma' })
  return ','
}

function timeOf(
  columns: ColumnSample[],
  names: string[],
  byNumber: boolean,
  reasons: Reason[],
  questions: Question[],
) {
  const looks = columns.map((column) => timeLook(column.cells, column.name))
  const at = looks.findIndex((look) => look !== undefined)
  if (at < 0) return undefined
  const look = looks[at] as TimeLook
  const ref = (i: number): Column => (byNumber || names[i] === '' ? i + 1 : names[i])
  const used = new Set([at])
  reasons.push({ about: 'time', chosen: String(ref(at)), because: `its cells are times (${look.format})` })
  if (look.calendar)
    reasons.push({ about: 'calendar', chosen: 'buddhist', because: 'the years lie 543 ahead' })
  if (look.ambiguous)
    questions.push({ about: 'date-order', column: String(ref(at)), assumed: 'dmy', others: ['mdy'] })
  else if (look.format === 'dmy' || look.format === 'mdy')
    reasons.push({
      about: 'date-order',
      chosen: look.format,
      because: 'a day above 12 shows which number is the day',
    })
  const profile: NonNullable<CsvProfile['time']> = { column: ref(at), format: look.format, zone: assumedZone }
  if (look.calendar) profile.calendar = look.calendar
  if (!look.hasClock) {
    const clock = columns.findIndex(
      (c, i) => i !== at && c.cells.length > 0 && c.cells.every((t) => /^\d{1,2}:\d{2}(:\d{2})?$/.test(t)),
    )
    const hour = columns.findIndex(
      (c, i) => i !== at && role.hour.test(c.name) && c.cells.every((t) => /^([01]?\d|2[0-4])$/.test(t)),
    )
    if (clock >= 0) profile.clock = ref(clock)
    else if (hour >= 0) profile.hour = ref(hour)
    for (const found of [clock, hour]) if (found >= 0) used.add(found)
    if (clock < 0 && hour < 0) profile.dayReadAt = '07:00'
  }
  if (look.hasZone)
    reasons.push({ about: 'zone', chosen: 'as written', because: 'the times name their zone' })
  else questions.push({ about: 'zone', assumed: assumedZone })
  return { profile, used }
}
