/** The lines of a table as cells: comments and blank lines left out, the head found, quoted line ends joined, faults noted. */
import type { Source } from '@lanmei/model/reading'
import type { NoticeBook } from '../notice-book.ts'
import { Cells, guessSeparator, mostColumns } from '../text/cells.ts'
import { decodeText } from '../text/decode.ts'
import { countCells, LineReader, longestLineBytes } from '../text/line-reader.ts'
import { RefusedSource } from '../text/refused-source.ts'

export type TableOptions = { separator?: string; comment?: string; headerLine?: number }

export class TableLines {
  readonly cells = new Cells()
  readonly lines: LineReader
  head: string[] = []
  headLine = 0
  separator = ','
  private readonly options: TableOptions
  private readonly book: NoticeBook
  private readonly comment: Uint8Array | undefined
  private readonly commentByte: number

  constructor(source: Source, options: TableOptions, book: NoticeBook) {
    this.options = options
    this.book = book
    if (options.comment) this.comment = new TextEncoder().encode(options.comment)
    this.commentByte = this.comment?.[0] ?? -1
    this.lines = new LineReader(source.open(), lineFaults(book))
  }

  /** Reads up to the head. False: there is none (an empty file, no text); a notice says so. */
  async open(): Promise<boolean> {
    const { options, lines } = this
    const wanted = options.headerLine
    while (await lines.fill()) {
      while (lines.next()) {
        if (wanted ? lines.line < wanted : this.isIdle()) continue
        const { text } = decodeText(
          lines.bytes.subarray(lines.start, Math.min(lines.end, lines.start + longestLineBytes)),
        )
        this.separator = options.separator ?? guessSeparator(text)
        lines.separator = this.separator.charCodeAt(0)
        this.headLine = lines.line
        if (wanted === 0) {
          lines.again()
          return true
        }
        const count = this.split()
        if (count === 'wait') break
        if (count < 0) return false
        this.head = Array.from({ length: count }, (_, cell) => this.text(cell))
        return true
      }
    }
    if (lines.line === 0 && !lines.refused) this.book.add('empty-file')
    else if (!lines.refused)
      this.book.add('missing-column', { expected: 'a head with the names of the columns' })
    return false
  }

  /**
   * Cuts the present line into cells. Their number, `wait` when the line comes again after fill(), or -1 when the line
   * was refused with a notice.
   */
  split(): number | 'wait' {
    const { lines, cells } = this
    const separator = lines.separator
    let count = cells.split(lines.bytes, lines.start, lines.end, separator)
    while (count === -2) {
      const extended = lines.extend()
      if (extended === 'wait') return 'wait'
      if (extended === 'no') {
        this.book.add('unclosed-quote', { line: lines.line, refused: this.cellsBesideFirst() })
        return -1
      }
      count = cells.split(lines.bytes, lines.start, lines.end, separator)
    }
    if (count === -1)
      this.book.add('too-many-columns', {
        line: lines.line,
        expected: `at most ${mostColumns}`,
        refused: this.cellsBesideFirst(),
      })
    return count
  }

  /** Text of a cell; says once a file that the encoding was guessed. */
  text(cell: number): string {
    const { text, guessed } = this.cells.text(cell)
    if (guessed)
      this.book.addOnce('encoding-guessed', {
        line: this.lines.line,
        read: 'windows-1252',
        expected: 'UTF-8',
      })
    return text
  }

  /** True for a blank line and for a comment. */
  isIdle(): boolean {
    const { bytes, start, end } = this.lines
    const first = start === end ? 32 : bytes[start]
    if (first > 32 && first !== this.commentByte) return false
    let at = start
    while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at++
    if (at === end) return true
    const { comment } = this
    return comment?.every((byte, i) => bytes[at + i] === byte) ?? false
  }

  private cellsBesideFirst(): number {
    const { bytes, start, end, separator } = this.lines
    return Math.max(0, countCells(bytes, start, end, separator) - 1)
  }
}

/** Turns the faults of a line reader into notices. */
export function lineFaults(book: NoticeBook) {
  return {
    encoding: (encoding: string) => book.add('encoding-guessed', { read: encoding, expected: 'UTF-8' }),
    binary: (what: string) => book.add('binary-content', { read: what, expected: 'text' }),
    lineTooLong: (line: number, cells: number) =>
      book.add('line-too-long', {
        line,
        expected: `at most ${longestLineBytes} bytes`,
        refused: Math.max(0, cells - 1),
      }),
    unreadable: (error: unknown) => {
      if (error instanceof RefusedSource) book.add(error.code, { read: error.message })
      else book.add('file-unreadable', { read: error instanceof Error ? error.message : String(error) })
    },
  }
}
