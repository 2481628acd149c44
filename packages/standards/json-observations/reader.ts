/** Reads observations as JSON: a batch of blocks or observations, or one observation a line. */
import type { ReadEvent, Reader, Source } from '@lanmei/model/reading'
import { NoticeBook } from '../notice-book.ts'
import { SeriesBuffers } from '../profile-csv/series-buffers.ts'
import { lineFaults } from '../profile-csv/table-lines.ts'
import { decodeText, headText } from '../text/decode.ts'
import { LineReader } from '../text/line-reader.ts'
import { BatchTaker, isObject } from './batch.ts'
import { type Item, ItemScanner, longestItemBytes } from './items.ts'
import { TextPieces } from './text-pieces.ts'

export type JsonProfile = { form: 'batch' | 'lines' }

export const jsonObservations: Reader = {
  id: 'json-observations',
  recognise(name, head) {
    const text = headText(head.subarray(0, 65_536)).trimStart()
    if (!text.startsWith('{') && !text.startsWith('[')) return { confidence: 0 }
    const firstLine = text.slice(0, Math.max(text.search(/[\r\n]|$/), 0))
    if (
      /^\{.*"series"\s*:.*\}\s*$/.test(firstLine) &&
      /"time"\s*:/.test(firstLine) &&
      !/"(?:observations|blocks)"/.test(firstLine)
    )
      return { confidence: 0.9, profile: { form: 'lines' } satisfies JsonProfile }
    if (/^[{[][\s\S]{0,4000}"(?:blocks|observations|series)"\s*:/.test(text))
      return { confidence: 0.85, profile: { form: 'batch' } satisfies JsonProfile }
    return {
      confidence: /\.(?:ndjson|jsonl)$/i.test(name) ? 0.3 : 0,
      profile: { form: 'lines' } satisfies JsonProfile,
    }
  },
  async *read(source: Source, profile?: unknown): AsyncGenerator<ReadEvent> {
    const form = isObject(profile) && profile.form === 'lines' ? 'lines' : 'batch'
    if (form === 'lines') yield* readLines(source)
    else yield* readWhole(source)
  },
}

async function* readWhole(source: Source): AsyncGenerator<ReadEvent> {
  const book = new NoticeBook(source.name)
  const buffers = new SeriesBuffers()
  const taker = new BatchTaker(buffers, book)
  const scanner = new ItemScanner()
  const pieces = new TextPieces(source, book)

  function* take(items: Iterable<Item>): Generator<ReadEvent> {
    for (const { list, place, text, tooLong } of items) {
      const path = `${list}[${place}]`
      const { item, fault } = tooLong ? { fault: 'an item that is too long' } : parse(decodeText(text).text)
      if (fault !== undefined) {
        const expected = tooLong ? `items of at most ${longestItemBytes} bytes` : 'an item of JSON'
        book.add('malformed-json', { line: place + 1, column: path, read: fault, expected, refused: 1 })
      } else if (list === 'blocks') yield* taker.block(item, place + 1, path)
      else taker.observation(item, place + 1, path)
      if (buffers.due) {
        yield* buffers.drain()
        yield* book.take()
      }
    }
  }

  for await (const piece of pieces.all()) {
    yield* take(scanner.push(piece))
    yield* book.take()
    yield { type: 'progress', bytes: pieces.used }
    if (scanner.fault !== undefined) break
  }
  if (!pieces.refused) {
    yield* take(scanner.end())
    if (pieces.used === 0) book.add('empty-file')
    else if (scanner.fault !== undefined)
      book.add('malformed-json', { read: scanner.fault, expected: 'JSON' })
    else if (!scanner.found)
      book.add('malformed-record', { expected: 'a list "blocks" or a list "observations"' })
  }
  yield* buffers.drain(true)
  yield* book.close()
  yield { type: 'progress', bytes: pieces.used }
}

async function* readLines(source: Source): AsyncGenerator<ReadEvent> {
  const book = new NoticeBook(source.name)
  const buffers = new SeriesBuffers()
  const taker = new BatchTaker(buffers, book)
  const lines = new LineReader(source.open(), {
    ...lineFaults(book),
    lineTooLong: (line) => book.add('line-too-long', { line, refused: 1 }),
  })
  try {
    while (await lines.fill()) {
      while (lines.next()) {
        const { text, guessed } = decodeText(lines.bytes.subarray(lines.start, lines.end))
        if (text.trim() === '') continue
        if (guessed)
          book.addOnce('encoding-guessed', { line: lines.line, read: 'windows-1252', expected: 'UTF-8' })
        const { item, fault } = parse(text)
        if (fault !== undefined) book.add('malformed-json', { line: lines.line, read: fault, refused: 1 })
        else if (isObject(item) && Array.isArray(item.times)) yield* taker.block(item, lines.line, 'line')
        else taker.observation(item, lines.line, 'line')
        if (buffers.due) yield* buffers.drain()
      }
      yield* book.take()
      yield { type: 'progress', bytes: lines.used }
    }
    if (lines.line === 0 && !lines.refused) book.add('empty-file')
  } finally {
    await lines.close()
  }
  yield* buffers.drain(true)
  yield* book.close()
}

function parse(text: string): { item?: unknown; fault?: string } {
  try {
    return { item: JSON.parse(text) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'no JSON' }
  }
}
