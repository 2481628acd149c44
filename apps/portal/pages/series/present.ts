/** The table of series: names put in, filtered, sorted and cut into pages on the server, so a slow line carries one page. Pure. */
import type { Words } from '@lanmei/model/language'
import type { Reader } from '../../shell/reader.ts'
import type { Series } from '../../shell/told.ts'

export const sorts = ['station', 'property', 'last', 'count', 'suspect'] as const
export type Sort = (typeof sorts)[number]
export const conditions = ['silent', 'suspect', 'empty', 'revised'] as const
export type Condition = (typeof conditions)[number]
export type Asked = { q: string; property: string; condition: Condition | ''; sort: Sort; page: number }
export const rowsPerPage = 100

export type SeriesRow = Series & { stationName?: Words }
export type SeriesPage = {
  rows: SeriesRow[]
  page: number
  pages: number
  /** Series that fit the question, and all there are. */
  found: number
  all: number
  properties: string[]
}

/** What the address asks for; anything unreadable is left out. */
export function askedIn(search: URLSearchParams): Asked {
  const one = <T extends string>(name: string, list: readonly T[]) =>
    list.find((value) => value === search.get(name))
  return {
    q: (search.get('q') ?? '').trim().slice(0, 80),
    property: search.get('property') ?? '',
    condition: one('condition', conditions) ?? '',
    sort: one('sort', sorts) ?? 'station',
    page: Math.max(1, Math.floor(Number(search.get('page'))) || 1),
  }
}

/** The address of the same question with something changed; a change other than of the page begins at the first one. */
export function addressOf(asked: Asked, change: Partial<Asked>): string {
  const next = { ...asked, page: 1, ...change }
  const query = new URLSearchParams()
  if (next.q) query.set('q', next.q)
  if (next.property) query.set('property', next.property)
  if (next.condition) query.set('condition', next.condition)
  if (next.sort !== 'station') query.set('sort', next.sort)
  if (next.page > 1) query.set('page', String(next.page))
  const text = query.toString()
  return text ? `?${text}` : '?'
}

const fits: Readonly<Record<Condition, (series: Series) => boolean>> = {
  silent: ({ silent }) => silent,
  suspect: ({ suspect }) => suspect > 0,
  empty: ({ count }) => count === 0,
  revised: ({ revisions }) => revisions > 0,
}

/** One page of the table. Words of the search may stand in any language's name of the station, or in an id. */
export function pageOf(
  series: readonly Series[],
  stations: readonly { id: string; name: Words }[],
  asked: Asked,
  reader: Pick<Reader, 'name' | 'locale'>,
): SeriesPage {
  const names = new Map(stations.map(({ id, name }) => [id, name]))
  const words = asked.q.toLowerCase().split(/\s+/).filter(Boolean)
  const rows = series
    .map((one): SeriesRow => ({ ...one, stationName: names.get(one.station) }))
    .filter((row) => {
      if (asked.property && row.property !== asked.property) return false
      if (asked.condition && !fits[asked.condition](row)) return false
      const text = [row.id, row.procedure, row.source ?? '', ...Object.values(row.stationName ?? {})]
        .join(' ')
        .toLowerCase()
      return words.every((word) => text.includes(word))
    })
  const collator = new Intl.Collator(reader.locale, { numeric: true })
  const nameOf = (row: SeriesRow) => reader.name(row.stationName, row.station).text
  const byName = (a: SeriesRow, b: SeriesRow) =>
    collator.compare(nameOf(a), nameOf(b)) || collator.compare(a.id, b.id)
  const orders: Record<Sort, (a: SeriesRow, b: SeriesRow) => number> = {
    station: () => 0,
    property: (a, b) => collator.compare(a.property, b.property),
    last: (a, b) => (b.last ?? '').localeCompare(a.last ?? ''),
    count: (a, b) => b.count - a.count,
    suspect: (a, b) => b.suspect - a.suspect,
  }
  rows.sort((a, b) => orders[asked.sort](a, b) || byName(a, b))
  const pages = Math.max(1, Math.ceil(rows.length / rowsPerPage))
  const page = Math.min(asked.page, pages)
  return {
    rows: rows.slice((page - 1) * rowsPerPage, page * rowsPerPage),
    page,
    pages,
    found: rows.length,
    all: series.length,
    properties: [...new Set(series.map(({ property }) => property))].sort(),
  }
}

const symbols: Readonly<Record<string, string>> = {
  'm3/s': 'm³/s',
  Cel: '°C',
  '10*6.m3': 'hm³',
  m2: 'm²',
  m3: 'm³',
}

/** A UCUM unit as people write it. */
export function unitSymbol(unit: string): string {
  return symbols[unit] ?? unit
}

/** Decimals that make sense for a value: hundredths for levels, whole numbers for large flows. */
export function decimalsOf(value: number): number {
  const size = Math.abs(value)
  return size >= 1000 ? 0 : size >= 100 ? 1 : 2
}
