/** Reads a table of observations by its profile: one engine for one series a file, one a column, or one a row. */
import type { NoticeCode } from '@lanmei/model/notice'
import type { ReadEvent, SeriesHint, Source } from '@lanmei/model/reading'
import { NoticeBook } from '../notice-book.ts'
import { type Binding, bind } from './binding.ts'
import { readFlags, readRefused, readSegments } from './lists.ts'
import type { CsvProfile } from './profile.ts'
import { rowTime } from './row-time.ts'
import { type SeriesBuffer, SeriesBuffers } from './series-buffers.ts'
import { TableLines } from './table-lines.ts'
import { type ReadValue, valueReader } from './value.ts'

/** A notice that a reader of a special format adds to what the engine finds. */
export type FirstNotice = { code: NoticeCode; read?: string; expected?: string }

/** Reads one table. Nothing is thrown for what is wrong with the data. */
export async function* readCsv(
  source: Source,
  profile: CsvProfile,
  first: FirstNotice[] = [],
): AsyncGenerator<ReadEvent> {
  const book = new NoticeBook(source.name)
  for (const { code, ...place } of first) book.add(code, place)
  if (profile.content === 'nothing') {
    book.add('not-observations', { read: profile.title })
    yield* book.close()
    return
  }
  const table = new TableLines(source, profile, book)
  try {
    if (await table.open()) {
      if (profile.time?.wrongLabel !== undefined)
        book.add('time-zone-corrected', { read: profile.time.wrongLabel, expected: profile.time.zone })
      const binding = bind(profile, source.name, table.head, book, table.headLine)
      if (binding === undefined) yield* countRefused(table, book)
      else if (profile.content === 'flags') yield* readFlags(table, profile, binding, book)
      else if (profile.content === 'segments') yield* readSegments(table, profile, binding, book)
      else if (profile.content === 'refused') yield* readRefused(table, profile, binding, book)
      else yield* readValues(table, profile, binding, book)
    }
  } finally {
    await table.lines.close()
  }
  yield* book.close()
  yield { type: 'progress', bytes: table.lines.used }
}

async function* readValues(
  table: TableLines,
  profile: CsvProfile,
  binding: Binding,
  book: NoticeBook,
): AsyncGenerator<ReadEvent> {
  const { lines, cells } = table
  const buffers = new SeriesBuffers()
  const time = rowTime(profile.time ?? { column: 1, zone: 'Z' }, binding.time)
  const value = valueReader(profile)
  const timeName = table.head[binding.time.column]
  const columns = binding.values.map(({ cell, flag, fields, name }) => ({
    cell,
    flag,
    name,
    to: buffers.series({ ...fields, columns: { time: timeName, value: name } }),
  }))
  const long = binding.long && longSeries(table, binding, buffers)
  const width = table.head.length

  const put = (to: SeriesBuffer, cell: number, ms: number, flagCell: number, name: string): void => {
    const read = value.read(cells, cell)
    if (value.malformed) {
      book.add('malformed-number', {
        line: lines.line,
        column: name,
        series: to.hint.key,
        read: table.text(cell),
        expected: 'a number',
        refused: 1,
      })
      return
    }
    const flag = flagCell >= 0 ? flagOf(table, flagCell, value, book) : 0
    buffers.push(to, ms, read, lines.line, flag)
  }

  while (await lines.fill()) {
    while (lines.next()) {
      if (table.isIdle()) continue
      const count = table.split()
      if (count === 'wait') break
      if (count < 0) continue
      if (count !== width && !fits(table, count, width)) {
        book.add('wrong-cell-count', {
          line: lines.line,
          read: `${count} cells`,
          expected: `${width} cells`,
          refused: filledValues(table, binding),
        })
        continue
      }
      const ms = time.read(cells)
      if (Number.isNaN(ms)) {
        book.add(time.fault, {
          line: lines.line,
          column: table.head[time.cell] ?? time.cell + 1,
          read: table.text(time.cell),
          expected: expectedTime(profile),
          refused: filledValues(table, binding),
        })
        continue
      }
      for (const { cell, flag, name, to } of columns)
        if (to !== undefined && !cells.isEmpty(cell)) put(to, cell, ms, flag, name)
      if (long && binding.long && !cells.isEmpty(binding.long.value)) {
        const to = long()
        if (to) put(to, binding.long.value, ms, binding.long.flag, table.head[binding.long.value] ?? '')
        else book.add('too-many-series', { line: lines.line, refused: 1 })
      }
      if (buffers.due) yield* buffers.drain()
    }
    yield* book.take()
    yield { type: 'progress', bytes: lines.used }
  }
  if (buffers.total === 0) book.add('no-values')
  yield* buffers.drain(true)
}

/** The series of a row in a table with one series a row; neighbouring rows mostly share theirs. */
function longSeries(
  table: TableLines,
  binding: Binding,
  buffers: SeriesBuffers,
): () => SeriesBuffer | undefined {
  const { cells } = table
  const at = binding.long
  if (!at) return () => undefined
  const parts = [at.station, at.property, at.unit]
  let before: (string | undefined)[] = []
  let series: SeriesBuffer | undefined
  return () => {
    const now = parts.map((cell) => (cell >= 0 && cell < cells.count ? table.text(cell) : undefined))
    if (series && now.every((text, i) => text === before[i])) return series
    before = now
    const [station, property, unit] = now
    const fields: Omit<SeriesHint, 'key'> = { ...binding.base }
    if (station) fields.station = station
    if (property) fields.property = property
    if (unit) fields.unit = unit
    series = buffers.series({
      ...fields,
      columns: { time: table.head[binding.time.column], value: table.head[at.value] },
    })
    return series
  }
}

function flagOf(table: TableLines, cell: number, value: ReadValue, book: NoticeBook): number {
  if (table.cells.isEmpty(cell)) return 0
  const text = table.text(cell)
  const code = value.flag(text)
  if (code === undefined)
    book.addOnce('unknown-flag', { line: table.lines.line, column: cell + 1, read: text }, text)
  return code ?? 0
}

/** A line may be longer than the head only by empty cells: anything else may have slipped to another column. */
function fits(table: TableLines, count: number, width: number): boolean {
  if (width === 0) return true
  if (count < width) return false
  for (let cell = width; cell < count; cell++) if (!table.cells.isEmpty(cell)) return false
  return true
}

/** How many values a line holds, for a line that is refused as a whole. */
function filledValues(table: TableLines, binding: Binding): number {
  const { cells } = table
  let filled = 0
  for (const { cell } of binding.values) if (!cells.isEmpty(cell)) filled++
  if (binding.long && !cells.isEmpty(binding.long.value)) filled++
  return filled
}

/** Counts the lines of a table whose columns are not understood: each is a value that is refused. */
async function* countRefused(table: TableLines, book: NoticeBook): AsyncGenerator<ReadEvent> {
  let refused = 0
  while (await table.lines.fill()) {
    while (table.lines.next()) if (!table.isIdle()) refused++
    yield { type: 'progress', bytes: table.lines.used }
  }
  if (refused > 0)
    book.add('missing-column', { line: table.headLine, read: `${refused} lines below`, refused })
}

function expectedTime(profile: CsvProfile): string {
  const hour = profile.time?.hour === undefined ? '' : ' and an hour 0 to 24'
  return `${profile.time?.format ?? 'iso'}${hour}`
}
