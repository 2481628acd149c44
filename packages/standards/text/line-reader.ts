/** Lines of a byte stream: whole lines stand in one buffer at a time, with their numbers; memory stays bounded. */
import { type Encoding, textKind } from './decode.ts'

export const longestLineBytes = 1 << 20
/** A quoted cell may run over so many line ends and bytes; beyond, the quotation mark counts as not closed. */
const longestQuote = { lines: 32, bytes: 1 << 16 }
const headBytes = 4096
const smallPieceBytes = 1 << 14
const pieceBytes = 1 << 18

/** What a reader of lines says about its text. */
export type LineFaults = {
  encoding(encoding: Encoding): void
  binary(what: string): void
  lineTooLong(line: number, cells: number): void
  unreadable(error: unknown): void
}

/**
 * Use: `while (await lines.fill()) while (lines.next()) ... lines.bytes[lines.start .. lines.end) is line lines.line`.
 * LF, CR LF and CR all end a line. UTF-16 is turned into UTF-8 on the way; other bytes are passed as they are.
 */
export class LineReader {
  bytes: Uint8Array = new Uint8Array(0)
  start = 0
  end = 0
  /** Number of the present line, from 1. */
  line = 0
  /** Bytes of the source used so far. */
  used = 0
  /** True when the source turned out to be no text or could not be read. */
  refused = false
  /** The byte that parts cells, for counting what a skipped line held. */
  separator = 44

  private readonly source: AsyncIterator<Uint8Array>
  private readonly faults: LineFaults
  private readonly queue: Uint8Array[] = []
  private at = 0
  private nextLine = 1
  /** End of the last whole line in the buffer. */
  private stop = 0
  private begun = false
  private ended = false
  private skipping = false
  private skippedCells = 0
  private skippedInCell = false
  private decoder: TextDecoder | undefined
  private openQuotes = 0

  constructor(source: AsyncIterable<Uint8Array>, faults: LineFaults) {
    this.source = source[Symbol.asyncIterator]()
    this.faults = faults
  }

  /** Brings more whole lines into the buffer; false at the end. What was not taken by next() stays. */
  async fill(): Promise<boolean> {
    if (this.ended && this.at >= this.stop && this.begun) return false
    for (;;) {
      const piece = await this.piece()
      if (piece === undefined) {
        this.ended = true
        if (this.skipping) this.endSkipping()
        this.stop = this.bytes.length
        return this.at < this.stop
      }
      this.append(piece)
      if (this.at < this.stop) return true
    }
  }

  /** Goes to the next whole line in the buffer; false when the buffer holds no more. */
  next(): boolean {
    const { bytes, stop } = this
    let at = this.at
    if (at >= stop) return false
    this.start = at
    while (at < stop && bytes[at] !== 10 && bytes[at] !== 13) at++
    this.end = at
    this.line = this.nextLine++
    this.at = at < stop ? at + (bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1) : at
    if (at - this.start <= longestLineBytes) return true
    this.faults.lineTooLong(this.line, countCells(bytes, this.start, at, this.separator))
    return this.next()
  }

  /**
   * Adds the lines up to the one that closes the quotation begun in the present line. `wait`: more bytes are needed,
   * the line will come again after fill(). `no`: it is not closed within what a cell may hold.
   */
  extend(): 'done' | 'wait' | 'no' {
    if (this.openQuotes > 10) return 'no'
    const { bytes } = this
    let at = this.end
    let lineEnds = this.nextLine - this.line - 1
    const before = lineEnds
    const last = Math.max(at, Math.min(bytes.length, this.start + longestQuote.bytes))
    let open = true
    for (; at < last; at++) {
      const byte = bytes[at]
      if (byte === 34) {
        if (open && bytes[at + 1] === 34) at++
        else if (open && at + 1 < bytes.length && !this.endsCell(bytes[at + 1])) {
          // This mark begins a later cell, or stands inside one: the one before it was never closed.
          this.openQuotes++
          return 'no'
        } else if (open) open = false
        else if (bytes[at - 1] === this.separator) open = true
      } else if (byte === 10 || byte === 13) {
        if (!open) break
        if (byte === 13 && bytes[at + 1] === 10) at++
        if (++lineEnds > longestQuote.lines) break
      }
    }
    const closed = !open && (at < last || this.ended)
    if (closed) {
      this.end = at
      this.nextLine += lineEnds - before
      this.at = at < bytes.length ? at + (bytes[at] === 13 && bytes[at + 1] === 10 ? 2 : 1) : at
      return 'done'
    }
    if (at >= bytes.length && lineEnds <= longestQuote.lines && !this.ended) {
      this.at = this.start
      this.nextLine = this.line
      this.stop = this.start
      return 'wait'
    }
    this.openQuotes++
    return 'no'
  }

  private endsCell(byte: number): boolean {
    return byte === this.separator || byte === 10 || byte === 13
  }

  /** Lets the present line come again at the next call of next(). */
  again(): void {
    this.at = this.start
    this.nextLine = this.line
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    this.ended = true
    await this.source.return?.()
  }

  private append(piece: Uint8Array): void {
    let fresh = piece
    if (this.skipping) {
      const stop = lineEnd(fresh, 0)
      this.countSkipped(fresh, stop)
      if (stop === fresh.length) return
      this.endSkipping()
      fresh = fresh.subarray(stop + (fresh[stop] === 13 && fresh[stop + 1] === 10 ? 2 : 1))
    }
    const kept = this.bytes.length - this.at
    if (kept === 0) this.bytes = fresh
    else {
      const joined = new Uint8Array(kept + fresh.length)
      joined.set(this.bytes.subarray(this.at))
      joined.set(fresh, kept)
      this.bytes = joined
    }
    this.at = 0
    // A CR at the very end may be half of a CR LF: it waits for the next piece.
    let stop = this.bytes.length
    if (stop > 0 && this.bytes[stop - 1] === 13) stop--
    while (stop > 0 && this.bytes[stop - 1] !== 10 && this.bytes[stop - 1] !== 13) stop--
    this.stop = stop
    if (stop === 0 && this.bytes.length > longestLineBytes + longestQuote.bytes) {
      this.skipping = true
      this.skippedCells = 0
      this.skippedInCell = false
      this.countSkipped(this.bytes, this.bytes.length)
      this.bytes = new Uint8Array(0)
    }
  }

  private countSkipped(bytes: Uint8Array, stop: number): void {
    for (let i = 0; i < stop; i++) {
      const inCell = bytes[i] !== this.separator
      if (inCell && !this.skippedInCell) this.skippedCells++
      this.skippedInCell = inCell
    }
  }

  private endSkipping(): void {
    this.skipping = false
    this.faults.lineTooLong(this.nextLine++, this.skippedCells)
  }

  /** The next piece of the source in UTF-8, never large. */
  private async piece(): Promise<Uint8Array | undefined> {
    if (!this.begun) {
      this.begun = true
      if (!(await this.begin())) return undefined
    }
    for (;;) {
      const queued = this.queue.shift()
      if (queued) return queued
      const raw = await this.pullEnough(smallPieceBytes)
      if (raw === undefined) {
        const tail = this.decoder?.decode()
        this.decoder = undefined
        return tail ? new TextEncoder().encode(tail) : undefined
      }
      this.enqueue(raw)
    }
  }

  private enqueue(raw: Uint8Array): void {
    for (let i = 0; i < raw.length; i += pieceBytes) {
      const part = raw.subarray(i, i + pieceBytes)
      if (this.decoder === undefined) this.queue.push(part)
      else this.queue.push(new TextEncoder().encode(this.decoder.decode(part, { stream: true })))
    }
  }

  /** Reads enough to know what the text is. False: it is none. */
  private async begin(): Promise<boolean> {
    const head = (await this.pullEnough(headBytes)) ?? new Uint8Array(0)
    const kind = textKind(head)
    if (kind.binary) {
      this.refused = true
      this.faults.binary(kind.binary)
      await this.close()
      return false
    }
    if (kind.encoding !== 'utf-8') {
      this.decoder = new TextDecoder(kind.encoding)
      if (!kind.marked) this.faults.encoding(kind.encoding)
    }
    this.enqueue(head.subarray(kind.markBytes))
    return true
  }

  /** Joins small pieces, so that a source that comes byte by byte costs no more. */
  private async pullEnough(least: number): Promise<Uint8Array | undefined> {
    const first = await this.pull()
    if (first === undefined || first.length >= least) return first
    const parts = [first]
    for (let size = first.length; size < least; ) {
      const raw = await this.pull()
      if (raw === undefined) break
      parts.push(raw)
      size += raw.length
    }
    // A file of one piece is also read in browsers, which have no Buffer.
    return parts.length === 1 ? first : Buffer.concat(parts)
  }

  private async pull(): Promise<Uint8Array | undefined> {
    if (this.ended) return undefined
    try {
      for (;;) {
        const { done, value } = await this.source.next()
        if (done) return undefined
        if (value.length === 0) continue
        this.used += value.length
        return value
      }
    } catch (error) {
      this.refused = true
      this.faults.unreadable(error)
      this.ended = true
      return undefined
    }
  }
}

function lineEnd(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && bytes[at] !== 10 && bytes[at] !== 13) at++
  return at
}

/** How many cells of a line are not empty. */
export function countCells(bytes: Uint8Array, start: number, end: number, separator: number): number {
  let cells = 0
  let inCell = false
  for (let i = start; i < end; i++) {
    const now = bytes[i] !== separator
    if (now && !inCell) cells++
    inCell = now
  }
  return cells
}
