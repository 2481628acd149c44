/** What the cells of a column look like: times of which format, numbers with which mark, or text. Used for guessing a profile. */
import { parseNumber } from '../text/number.ts'
import { type TimeFormat, timeParser } from '../text/time.ts'

const encoder = new TextEncoder()

/** Texts that often stand for "no value", and codes that do in numeric columns. */
const missingTexts = new Set([
  'na',
  'n/a',
  'nan',
  'null',
  'nil',
  'none',
  '-',
  '--',
  '---',
  '///',
  '*',
  'm',
  'missing',
])
const missingCodes = new Set([
  '-9999',
  '-999',
  '-99',
  '-9999.0',
  '-999.0',
  '-99.0',
  '-999.9',
  '-99.9',
  '9999',
  '99999',
])

export type ColumnSample = {
  name: string
  cells: string[]
  /** Share of the filled cells that are numbers (or say missing). */
  numberShare(decimal: '.' | ','): number
  missing: string[]
}

export function sampleColumn(name: string, all: string[]): ColumnSample {
  const cells = all.filter((cell) => cell !== '')
  const missing = [...new Set(cells.filter((c) => missingTexts.has(c.toLowerCase()) || missingCodes.has(c)))]
  return {
    name,
    cells,
    missing,
    numberShare(decimal) {
      if (cells.length === 0) return 0
      const mark = decimal.charCodeAt(0)
      const good = cells.filter((cell) => missing.includes(cell) || isNumber(cell, mark))
      return good.some((cell) => !missing.includes(cell)) ? good.length / cells.length : 0
    },
  }
}

function isNumber(cell: string, mark: number): boolean {
  const bytes = encoder.encode(cell)
  return !Number.isNaN(parseNumber(bytes, 0, bytes.length, mark))
}

export type TimeLook = {
  format: TimeFormat
  calendar?: 'buddhist'
  hasZone: boolean
  hasClock: boolean
  /** True where day and month could be the other way round. */
  ambiguous: boolean
}

/** The format in which (nearly) all cells are times, or undefined. */
export function timeLook(cells: string[], name: string): TimeLook | undefined {
  if (cells.length === 0) return undefined
  const formats: TimeFormat[] = ['iso', 'ymd', 'dmy', 'mdy', 'month']
  if (cells.every((cell) => /^(1[89]|2[0-5])\d{6}(\d{4}(\d{2})?)?$/.test(cell))) formats.push('compact')
  if (/date|time|day|ng[àa]y|วัน|日期|时间|ថ្ងៃ|ວັນ/iu.test(name)) {
    const numbers = cells.map(Number)
    if (numbers.every((n) => n > 10_000 && n < 80_000)) formats.push('excel-serial')
    if (numbers.every((n) => n > 1e8 && n < 1e10)) formats.push('unix-seconds')
    if (numbers.every((n) => n > 1e11 && n < 1e13)) formats.push('unix-milliseconds')
  }
  const shares = new Map(formats.map((format) => [format, shareOf(cells, format)]))
  const most = Math.max(...shares.values())
  // One that is wrong says little among few.
  const wrong = Math.round(cells.length * (1 - most))
  if (most < 0.8 && !(wrong === 1 && cells.length >= 3)) return undefined
  const format = formats.find((f) => shares.get(f) === most) as TimeFormat
  const parse = timeParser(format)
  let hasZone = false
  let hasClock = false
  let latest = Number.NEGATIVE_INFINITY
  for (const cell of cells) {
    const bytes = encoder.encode(cell)
    const { ms, hasZone: zone, hasClock: clock } = parse(bytes, 0, bytes.length)
    if (Number.isNaN(ms)) continue
    hasZone ||= zone
    hasClock ||= clock
    latest = Math.max(latest, ms)
  }
  return {
    format,
    hasZone,
    hasClock,
    ambiguous: format === 'dmy' && shares.get('mdy') === most,
    ...(latest > Date.UTC(2400, 0, 1) ? { calendar: 'buddhist' as const } : {}),
  }
}

function shareOf(cells: string[], format: TimeFormat): number {
  const parse = timeParser(format)
  let good = 0
  for (const cell of cells) {
    const bytes = encoder.encode(cell)
    if (!Number.isNaN(parse(bytes, 0, bytes.length).ms)) good++
  }
  return good / cells.length
}

/** Property and unit as the name of a column suggests them. */
export function meaningOf(name: string): { property?: string; unit?: string } {
  const words = name.toLowerCase().replaceAll('_', ' ')
  const unit = /(?:[[( ]|^)(mm|cm|m3\/s|m³\/s|m3s|cms|cumecs|m)(?:[\]) ]|$)/.exec(words)?.[1]
  const known: Record<string, string> = { 'm³/s': 'm3/s', m3s: 'm3/s', cms: 'm3/s', cumecs: 'm3/s' }
  const property = /rain|precip|mưa|ฝน|雨|降水|ភ្លៀង|ຝົນ/u.test(words)
    ? 'rainfall'
    : /discharge|flow|\bq\b|lưu lượng|流量/u.test(words)
      ? 'discharge'
      : /level|stage|gauge|\bwl\b|\bh\b|mực nước|ระดับน้ำ|水位/u.test(words)
        ? 'water-level'
        : undefined
  return { ...(property ? { property } : {}), ...(unit ? { unit: known[unit] ?? unit } : {}) }
}
