/** Cells of a line as places in its bytes: RFC 4180 quotes, any one-byte separator, a bounded number of columns. */
import { decodeText } from './decode.ts'

export const mostColumns = 20_000
const quote = 34

/** Where the cells of one line lie. `count` is -1 when the line has more than `mostColumns`, -2 when a quotation is open. */
export class Cells {
  bytes: Uint8Array = new Uint8Array(0)
  starts = new Int32Array(64)
  ends = new Int32Array(64)
  /** 1 where the cell stands in quotation marks (which `starts` and `ends` leave out). */
  quoted = new Uint8Array(64)
  count = 0

  split(bytes: Uint8Array, start: number, end: number, separator: number): number {
    this.bytes = bytes
    this.count = 0
    let at = start
    for (;;) {
      if (this.count === mostColumns) return this.fail(-1)
      if (this.count === this.starts.length) this.grow()
      const cell = this.count++
      if (at < end && bytes[at] === quote) {
        const close = closing(bytes, at + 1, end)
        if (close < 0) return this.fail(-2)
        this.quoted[cell] = 1
        this.starts[cell] = at + 1
        this.ends[cell] = close
        at = close + 1
        if (at < end && bytes[at] !== separator) {
          // Text after a closed quotation: the cell is taken as it stands, with its marks.
          this.quoted[cell] = 0
          this.starts[cell]--
          while (at < end && bytes[at] !== separator) at++
          this.ends[cell] = at
        }
      } else {
        this.quoted[cell] = 0
        this.starts[cell] = at
        while (at < end && bytes[at] !== separator) at++
        this.ends[cell] = at
      }
      if (at >= end) return this.count
      at++
    }
  }

  /** True for a cell that is absent, or holds nothing but blanks. */
  isEmpty(cell: number): boolean {
    if (cell >= this.count) return true
    for (let at = this.starts[cell]; at < this.ends[cell]; at++)
      if (this.bytes[at] !== 32 && this.bytes[at] !== 9) return false
    return true
  }

  /** The trimmed text of a cell, and whether its encoding had to be guessed. */
  text(cell: number): { text: string; guessed: boolean } {
    if (cell >= this.count) return { text: '', guessed: false }
    const decoded = decodeText(this.bytes.subarray(this.starts[cell], this.ends[cell]))
    const text = this.quoted[cell] ? decoded.text.replaceAll('""', '"') : decoded.text
    return { text: text.trim(), guessed: decoded.guessed }
  }

  private fail(count: -1 | -2): number {
    this.count = count
    return count
  }

  private grow(): void {
    const size = this.starts.length * 2
    const starts = new Int32Array(size)
    const ends = new Int32Array(size)
    const quoted = new Uint8Array(size)
    starts.set(this.starts)
    ends.set(this.ends)
    quoted.set(this.quoted)
    this.starts = starts
    this.ends = ends
    this.quoted = quoted
  }
}

/** The place of the mark that closes a quotation, -1 where none does. */
function closing(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    if (bytes[at] !== quote) continue
    if (bytes[at + 1] === quote && at + 1 < end) at++
    else return at
  }
  return -1
}

/** Cells of a short text, for heads and guesses; quotes as in a file. */
export function splitText(line: string, separator: string): string[] {
  const bytes = new TextEncoder().encode(line)
  const cells = new Cells()
  const count = cells.split(bytes, 0, bytes.length, separator.charCodeAt(0))
  return Array.from({ length: Math.max(count, 0) }, (_, i) => cells.text(i).text)
}

export const separators = [',', ';', '\t', '|'] as const

export type Separator = (typeof separators)[number]

/** The separator that parts a line into most cells; a comma where none does. */
export function guessSeparator(line: string): Separator {
  let best: Separator = ','
  let most = 1
  for (const separator of separators) {
    const count = splitText(line, separator).length
    if (count > most) {
      most = count
      best = separator
    }
  }
  return best
}
