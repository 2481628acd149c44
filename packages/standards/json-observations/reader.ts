/** Reads observations as JSON: a batch of blocks or observations, or one observation a line. */
import type { ReadEvent, Reader, Source } from '@lanmei/model/reading'
import { NoticeBook } from '../notice-book.ts'
import { SeriesBuffers } from '../profile-csv/series-buffers.ts'
import { lineFaults } from '../profile-csv/table-lines.ts'
import { decodeText, headText, textKind } from '../text/decode.ts'
import { LineReader } from '../text/line-reader.ts'
import { BatchTaker, isObject, show } from './batch.ts'

/** Largest file that is taken as one piece of JSON; larger ones are sent one observation a line. */
export const largestJsonBytes = 64 << 20

export type JsonProfile = { form: 'batch' | 'lines' }

/** Values of a parsed batch, for a door that has the body already. Notices are among the events. */
export function* readBatch(body: unknown, file: string): Generator<ReadEvent> {
  const book = new NoticeBook(file)
  const buffers = new SeriesBuffers()
  const taker = new BatchTaker(buffers, book)
  const { blocks, observations } = Array.isArray(body) ? { observations: body } : isObject(body) ? body : {}
  if (!Array.isArray(blocks) && !Array.isArray(observations))
    book.add('malformed-record', { read: show(body), expected: 'a list "blocks" or a list "observations"' })
  if (Array.isArray(blocks))
    for (const [i, block] of blocks.entries()) yield* taker.block(block, i + 1, `blocks[${i}]`)
  if (Array.isArray(observations)) {
    for (const [i, item] of observations.entries()) {
      taker.observation(item, i + 1, `observations[${i}]`)
      if (buffers.due) {
        yield* buffers.drain()
        yield* book.take()
      }
    }
  }
  yield* buffers.drain(true)
  yield* book.close()
}

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
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of source.open()) {
      parts.push(part)
      size += part.length
      if (size > largestJsonBytes) break
    }
  } catch (error) {
    lineFaults(book).unreadable(error)
    yield* book.close()
    return
  }
  if (size === 0) book.add('empty-file')
  else if (size > largestJsonBytes)
    book.add('malformed-json', {
      read: `more than ${largestJsonBytes} bytes`,
      expected: 'larger files with one observation a line (NDJSON)',
    })
  else {
    const { body, fault } = parse(Buffer.concat(parts))
    if (fault !== undefined) book.add('malformed-json', { read: fault })
    else yield* readBatch(body, source.name)
  }
  yield* book.close()
  yield { type: 'progress', bytes: size }
}

function parse(bytes: Uint8Array): { body?: unknown; fault?: string } {
  const kind = textKind(bytes)
  if (kind.binary) return { fault: kind.binary }
  const rest = bytes.subarray(kind.markBytes)
  try {
    const text =
      kind.encoding === 'utf-8' ? decodeText(rest).text : new TextDecoder(kind.encoding).decode(rest)
    return { body: JSON.parse(text) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'no JSON' }
  }
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
        const { item, fault } = parseLine(text)
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

function parseLine(text: string): { item?: unknown; fault?: string } {
  try {
    return { item: JSON.parse(text) }
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'no JSON' }
  }
}
