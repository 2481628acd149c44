/** Parts a stream of JSON text into the items of its lists "blocks" and "observations": a file of any size in the memory of one item. */

export type ListName = 'blocks' | 'observations'
/** An item as text; `tooLong` where it was longer than `longestItemBytes` and was let go. */
export type Item = { list: ListName; place: number; text: Uint8Array; tooLong: boolean }

/** A block of some two hundred thousand values; what JSON makes of a hostile item takes fifty times its size. */
export const longestItemBytes = 6 << 20
const longestKey = 1000

const code = (sign: string) => sign.charCodeAt(0)
const quote = code('"')
const backslash = code('\\')
const comma = code(',')
const openList = code('[')
const closeList = code(']')
const openObject = code('{')
const closeObject = code('}')

/** Push pieces of UTF-8 and take the items of each, then end(); `fault` says what is wrong with the text around them. */
export class ItemScanner {
  /** Undefined while all is well. What comes behind a fault is not read. */
  fault: string | undefined
  /** True when one of the lists was there. */
  found = false
  private state: 'start' | 'key' | 'in-key' | 'colon' | 'value' | 'skip' | 'items' | 'item' | 'end' = 'start'
  private key = ''
  private list: ListName = 'observations'
  private isBare = false
  private readonly places = { blocks: 0, observations: 0 }
  private expectsItem = false
  private isFirst = false
  /** Inside an item or a skipped value. */
  private depth = 0
  private inText = false
  private isEscaped = false
  private parts: Uint8Array[] = []
  private size = 0;

  /** The items that end in this piece. */
  *push(piece: Uint8Array): Generator<Item> {
    let begin = 0
    for (let at = 0; at < piece.length && this.fault === undefined; at++) {
      const byte = piece[at]
      if (this.state === 'item' || this.state === 'skip') {
        if (!this.closes(byte)) continue
        if (this.state === 'skip') this.state = 'key'
        else {
          this.keep(piece.subarray(begin, at))
          yield this.take()
        }
        at--
      } else if (this.state === 'in-key') this.inKey(byte)
      else if (byte === 32 || (byte >= 9 && byte <= 13)) continue
      else if (this.state === 'items') {
        if ((byte === comma && this.expectsItem) || (byte === closeList && this.expectsItem && !this.isFirst))
          yield this.take()
        if (this.betweenItems(byte)) begin = at--
      } else if (this.around(byte)) at--
    }
    if (this.state === 'item') this.keep(piece.subarray(begin))
  }

  /** The text is at its end: gives the item that was cut off, if there is one. */
  *end(): Generator<Item> {
    if (this.fault === undefined && this.state !== 'end') this.fault = 'the text ends too early'
    if (this.state === 'item') yield this.take()
  }

  /** Whether an item or a skipped value is at its end before this byte. */
  private closes(byte: number): boolean {
    if (this.inText) {
      if (this.isEscaped) this.isEscaped = false
      else if (byte === backslash) this.isEscaped = true
      else if (byte === quote) this.inText = false
      return false
    }
    if (byte === comma) return this.depth === 0
    if (byte === quote) this.inText = true
    else if (byte === openList || byte === openObject) this.depth++
    else if (byte === closeList || byte === closeObject) {
      if (this.depth === 0) return true
      this.depth--
    }
    return false
  }

  private inKey(byte: number): void {
    if (this.isEscaped) this.isEscaped = false
    else if (byte === backslash) this.isEscaped = true
    else if (byte === quote) {
      this.state = 'colon'
      return
    }
    if (this.key.length < longestKey) this.key += String.fromCharCode(byte)
  }

  /** True when an item begins with this byte. */
  private betweenItems(byte: number): boolean {
    const begins = byte !== comma && byte !== closeList && byte !== closeObject
    if (byte === closeObject) this.fault = 'a list that is closed by }'
    else if (byte === closeList) this.state = this.isBare ? 'end' : 'key'
    else if (begins) this.state = 'item'
    this.expectsItem = byte === comma
    this.isFirst = false
    return begins
  }

  /** Outside of lists. True when the byte begins a value that is skipped. */
  private around(byte: number): boolean {
    const { state } = this
    if (state === 'start' && byte === openObject) this.state = 'key'
    else if (state === 'start' && byte === openList) {
      this.isBare = true
      this.openItems('observations')
    } else if (state === 'key' && byte === quote) {
      this.key = ''
      this.state = 'in-key'
    } else if (state === 'key' && byte === closeObject) this.state = 'end'
    else if (state === 'key' && byte === comma) return false
    else if (state === 'colon' && byte === code(':')) this.state = 'value'
    else if (state === 'value') {
      if (byte === openList && (this.key === 'blocks' || this.key === 'observations'))
        this.openItems(this.key)
      else {
        this.state = 'skip'
        return true
      }
    } else this.fault = `${JSON.stringify(String.fromCharCode(byte))} where it cannot stand`
    return false
  }

  private openItems(list: ListName): void {
    this.found = true
    this.list = list
    this.state = 'items'
    this.expectsItem = true
    this.isFirst = true
  }

  private keep(part: Uint8Array): void {
    this.size += part.length
    if (this.size <= longestItemBytes) this.parts.push(part)
    else this.parts = []
  }

  /** The item gathered, empty where commas stand around nothing. */
  private take(): Item {
    const item = {
      list: this.list,
      place: this.places[this.list]++,
      text: this.parts.length === 1 ? this.parts[0] : Buffer.concat(this.parts),
      tooLong: this.size > longestItemBytes,
    }
    this.parts = []
    this.size = 0
    this.state = 'items'
    return item
  }
}
