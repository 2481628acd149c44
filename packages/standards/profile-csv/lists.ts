/** Tables that say something about values standing elsewhere: flagged days, flagged stretches, refused entries. */
import type { ReadEvent } from '@lanmei/model/reading'
import type { NoticeBook } from '../notice-book.ts'
import { dayMs } from '../text/time.ts'
import type { Binding } from './binding.ts'
import type { CsvProfile } from './profile.ts'
import { type RowTime, rowTime } from './row-time.ts'
import { SeriesBuffers } from './series-buffers.ts'
import type { TableLines } from './table-lines.ts'

const longestSegmentDays = 40_000

/** Rows of station and time: one flag each. */
export async function* readFlags(
  table: TableLines,
  profile: CsvProfile,
  binding: Binding,
  book: NoticeBook,
): AsyncGenerator<ReadEvent> {
  const buffers = new SeriesBuffers('flags')
  const time = timeOf(profile, binding)
  yield* rows(table, book, function* () {
    const ms = timeOrNotice(table, time, book)
    const to = buffers.series(fieldsOf(table, profile, binding))
    if (!Number.isNaN(ms) && to) buffers.push(to, ms, 0, table.lines.line, profile.flag ?? 8)
    if (buffers.due) yield* buffers.drain()
  })
  yield* buffers.drain(true)
}

/** Rows of station, first day and last day: one flag for every day of the stretch. */
export async function* readSegments(
  table: TableLines,
  profile: CsvProfile,
  binding: Binding,
  book: NoticeBook,
): AsyncGenerator<ReadEvent> {
  const buffers = new SeriesBuffers('flags')
  const time = timeOf(profile, binding)
  yield* rows(table, book, function* () {
    const first = timeOrNotice(table, time, book)
    const last = !Number.isNaN(first) ? timeOrNotice(table, time, book, binding.time.last) : Number.NaN
    const to = buffers.series(fieldsOf(table, profile, binding))
    if (Number.isNaN(last) || !to) return
    if (last < first || (last - first) / dayMs > longestSegmentDays) {
      book.add('malformed-record', { line: table.lines.line, expected: 'a first day before the last day' })
      return
    }
    for (let ms = first; ms <= last; ms += dayMs) {
      buffers.push(to, ms, 0, table.lines.line, profile.flag ?? 8)
      if (buffers.due) yield* buffers.drain()
    }
  })
  yield* buffers.drain(true)
}

/** Rows that name entries of the source that are no numbers: each is a refused value. */
export async function* readRefused(
  table: TableLines,
  profile: CsvProfile,
  binding: Binding,
  book: NoticeBook,
): AsyncGenerator<ReadEvent> {
  const time = timeOf(profile, binding)
  const cell = binding.long?.text ?? -1
  yield* rows(table, book, function* () {
    const ms = time.read(table.cells)
    const { station, property, procedure } = fieldsOf(table, profile, binding)
    book.add('malformed-number', {
      line: table.lines.line,
      column: table.head[cell],
      series: [station, property, procedure].join('|'),
      read: table.text(cell),
      expected: !Number.isNaN(ms) ? `a number for ${new Date(ms).toISOString().slice(0, 10)}` : 'a number',
      refused: 1,
    })
    yield* book.take()
  })
}

async function* rows(
  table: TableLines,
  book: NoticeBook,
  row: () => Generator<ReadEvent>,
): AsyncGenerator<ReadEvent> {
  const { lines } = table
  while (await lines.fill()) {
    while (lines.next()) {
      if (table.isIdle()) continue
      const count = table.split()
      if (count === 'wait') break
      if (count < 0) continue
      if (count < table.head.length)
        book.add('wrong-cell-count', {
          line: lines.line,
          read: `${count} cells`,
          expected: `${table.head.length} cells`,
        })
      else yield* row()
    }
    yield* book.take()
    yield { type: 'progress', bytes: lines.used }
  }
}

function fieldsOf(table: TableLines, profile: CsvProfile, binding: Binding) {
  const fields = { ...binding.base }
  const { station = -1, property = -1 } = binding.long ?? {}
  if (station >= 0) {
    const name = table.text(station)
    const { stations } = profile
    Object.assign(fields, { station: name }, stations && Object.hasOwn(stations, name) ? stations[name] : {})
  }
  if (property >= 0) fields.property = table.text(property)
  return fields
}

function timeOf(profile: CsvProfile, binding: Binding): RowTime {
  return rowTime(profile.time ?? { column: 1, zone: 'Z' }, binding.time)
}

function timeOrNotice(table: TableLines, time: RowTime, book: NoticeBook, column?: number): number {
  const ms = column === undefined ? time.read(table.cells) : time.read(table.cells, column)
  if (Number.isNaN(ms))
    book.add(time.fault, {
      line: table.lines.line,
      column: table.head[time.cell] ?? time.cell + 1,
      read: table.text(time.cell),
      expected: 'a date',
    })
  return ms
}
