/** A source as pieces of UTF-8, whatever encoding of Unicode it is in; what is no text is told once. */
import type { Source } from '@lanmei/model/reading'
import type { NoticeBook } from '../notice-book.ts'
import { lineFaults } from '../profile-csv/table-lines.ts'
import { textKind } from '../text/decode.ts'

const headBytes = 4096

export class TextPieces {
  /** Bytes of the source used so far. */
  used = 0
  /** True when the source is no text or could not be read to its end. */
  refused = false
  private readonly source: Source
  private readonly faults: ReturnType<typeof lineFaults>
  private decoder: TextDecoder | undefined
  private readonly encoder = new TextEncoder()

  constructor(source: Source, book: NoticeBook) {
    this.source = source
    this.faults = lineFaults(book)
  }

  async *all(): AsyncGenerator<Uint8Array> {
    let waiting: Uint8Array[] | undefined = []
    try {
      for await (const bytes of this.source.open()) {
        this.used += bytes.length
        if (waiting === undefined) yield this.inUtf8(bytes)
        else {
          waiting.push(bytes)
          if (this.used < headBytes) continue
          const head = this.begin(Buffer.concat(waiting))
          waiting = undefined
          if (head === undefined) return
          yield head
        }
      }
    } catch (error) {
      this.refused = true
      this.faults.unreadable(error)
    }
    if (waiting !== undefined) {
      const head = this.begin(Buffer.concat(waiting))
      if (head !== undefined) yield head
    }
  }

  /** Judges the first bytes; undefined: they are no text. */
  private begin(head: Uint8Array): Uint8Array | undefined {
    const kind = textKind(head)
    if (kind.binary) {
      this.refused = true
      this.faults.binary(kind.binary)
      return undefined
    }
    if (kind.encoding !== 'utf-8') {
      this.decoder = new TextDecoder(kind.encoding)
      if (!kind.marked) this.faults.encoding(kind.encoding)
    }
    return this.inUtf8(head.subarray(kind.markBytes))
  }

  private inUtf8(bytes: Uint8Array): Uint8Array {
    return this.decoder === undefined
      ? bytes
      : this.encoder.encode(this.decoder.decode(bytes, { stream: true }))
  }
}
