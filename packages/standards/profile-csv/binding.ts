/** Joins a profile to the head of a file: which cell is the time, which cells are values, and of which series. */
import type { SeriesHint } from '@lanmei/model/reading'
import type { NoticeBook } from '../notice-book.ts'
import type { Column, CsvProfile, SeriesFields } from './profile.ts'
import type { TimeCells } from './row-time.ts'

export type ValueCell = { cell: number; flag: number; fields: Omit<SeriesHint, 'key'>; name: string }

export type Binding = {
  time: TimeCells
  /** One series a column. */
  values: ValueCell[]
  /** One series a row: cells that say which; -1: there is none. */
  long:
    | { value: number; station: number; property: number; unit: number; flag: number; text: number }
    | undefined
  /** What the file and the profile say of every series. */
  base: Omit<SeriesHint, 'key'>
}

/** What the path of the file says: the groups of the profile's pattern, looked up in its lists. */
export function fieldsOfFile(profile: CsvProfile, path: string): SeriesFields {
  const { file, stations } = profile
  if (file === undefined) return {}
  const groups = new RegExp(file.pattern, 'u').exec(path)?.groups ?? {}
  const { station, name, kind } = groups
  const listed = own(file.stations, name ?? station) ?? own(stations, name ?? station)
  return {
    ...(station ? { station } : name ? { station: name } : {}),
    ...(name ? { stationName: name.replaceAll('-', ' ').replaceAll('_', ', ') } : {}),
    ...own(file.kinds, kind),
    ...listed,
  }
}

/** The binding, or undefined (with notices) when a column is missing without which nothing can be read. */
export function bind(
  profile: CsvProfile,
  path: string,
  head: string[],
  book: NoticeBook,
  headLine: number,
): Binding | undefined {
  let missing = false
  const place = (column: Column | undefined, needed: boolean): number => {
    if (column === undefined) return -1
    const at = findColumn(head, column)
    if (at < 0 && needed) {
      missing = true
      book.add('missing-column', {
        line: headLine,
        column,
        expected: String(column),
        read: head.slice(0, 20).join(', '),
      })
    }
    return at
  }
  const time: TimeCells = {
    column: place(profile.time?.column ?? 1, true),
    clock: place(profile.time?.clock, true),
    hour: place(profile.time?.hour, true),
    last: place(profile.time?.last, true),
  }
  const given = profile.columns ?? {}
  const base = { station: '', ...profile.series, ...fieldsOfFile(profile, path) }
  const taken = new Set<number>([time.column, time.clock, time.hour, time.last])
  const values: ValueCell[] = []
  let long: Binding['long']

  if (given.value !== undefined || given.text !== undefined || isList(profile)) {
    long = {
      value: place(given.value, true),
      station: place(given.station, true),
      property: place(given.property, true),
      unit: place(given.unit, true),
      flag: place(given.flag, false),
      text: place(given.text, true),
    }
    for (const cell of Object.values(long)) taken.add(cell)
  }
  for (const { column, flag, series } of given.values ?? []) {
    const cell = place(column, true)
    const flagCell = place(flag, false)
    taken.add(cell).add(flagCell)
    values.push({ cell, flag: flagCell, fields: { ...base, ...series }, name: String(column) })
  }
  for (const column of given.ignore ?? []) taken.add(findColumn(head, column))
  const { wide } = given
  const pattern = wide?.pattern === undefined ? undefined : new RegExp(wide.pattern, 'u')
  for (const [cell, name] of head.entries()) {
    if (taken.has(cell)) continue
    const fields = wide && wideFields(name, wide, pattern, profile.stations)
    if (fields) values.push({ cell, flag: -1, fields: { ...base, ...fields }, name })
    else if (name !== '') book.add('unknown-column', { line: headLine, column: name })
  }
  if (missing) return undefined
  if (values.length === 0 && long === undefined) {
    book.add('missing-column', {
      line: headLine,
      expected: 'a column of values',
      read: head.slice(0, 20).join(', '),
    })
    return undefined
  }
  return { time, values, long, base }
}

function wideFields(
  name: string,
  wide: { prefix?: string; onlyNamed?: boolean },
  pattern: RegExp | undefined,
  stations: Record<string, SeriesFields> | undefined,
): SeriesFields | undefined {
  const listed = own(stations, name)
  if (listed) return { station: name, stationName: name, ...listed }
  if (wide.onlyNamed || name === '') return undefined
  if (pattern === undefined) return { station: name }
  const groups = pattern.exec(name)?.groups
  if (!groups) return undefined
  const station = groups.station === undefined ? name : (wide.prefix ?? '') + groups.station
  if (groups.name === undefined) return { station }
  const words = groups.name.replaceAll(/[_-]+/g, ' ').trim()
  return { station, stationName: words.replaceAll(/(^|\s)\p{Ll}/gu, (c) => c.toUpperCase()) }
}

function isList(profile: CsvProfile): boolean {
  return profile.content !== undefined && profile.content !== 'values'
}

/** The cell of a column by name (case and blanks do not matter) or by number from 1; -1 where it is not there. */
export function findColumn(head: string[], column: Column): number {
  if (typeof column === 'number') return head.length === 0 || column <= head.length ? column - 1 : -1
  const exact = head.indexOf(column)
  if (exact >= 0) return exact
  const wanted = column.trim().toLowerCase()
  return head.findIndex((name) => name.trim().toLowerCase() === wanted)
}

function own<T>(list: Record<string, T> | undefined, key: string | undefined): T | undefined {
  return list !== undefined && key !== undefined && Object.hasOwn(list, key) ? list[key] : undefined
}
