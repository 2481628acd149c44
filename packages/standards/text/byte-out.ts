/** Writes numbers, times and text straight into bytes: the fast way out for CSV and JSON. */
import { formatInstant } from '@lanmei/model/instant'

const powers = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
/** Smallest whole numbers of 1, 2, 3 ... digits more. */
const tens = Float64Array.from({ length: 11 }, (_, i) => 10 ** i)
const dayMs = 86_400_000
const encoder = new TextEncoder()

export class ByteOut {
  private bytes: Uint8Array<ArrayBuffer>
  private at = 0
  private day = Number.NaN
  private decimals = 0
  private readonly dayText = new Uint8Array(11)

  constructor(size = 1 << 16) {
    this.bytes = new Uint8Array(size)
  }

  get length(): number {
    return this.at
  }

  /** The bytes written since the last call; the writer begins anew. */
  take(): Uint8Array<ArrayBuffer> {
    const taken = this.bytes.slice(0, this.at)
    this.at = 0
    return taken
  }

  byte(value: number): void {
    this.room(1)
    this.bytes[this.at++] = value
  }

  text(value: string): void {
    this.room(value.length * 3)
    this.at += encoder.encodeInto(value, this.bytes.subarray(this.at)).written
  }

  /** RFC 3339 in UTC as formatInstant writes it. */
  instant(ms: number): void {
    const day = Math.floor(ms / dayMs)
    if (!Number.isInteger(ms) || (day !== this.day && !this.newDay(day, ms))) {
      this.text(formatInstant(ms))
      return
    }
    this.room(24)
    const { bytes } = this
    let at = this.at
    // Faster than set() for so few bytes.
    for (let i = 0; i < 11; i++) bytes[at++] = this.dayText[i]
    const ofDay = (ms - day * dayMs) | 0
    const fraction = ofDay % 1000
    const seconds = (ofDay / 1000) | 0
    const minutes = (seconds / 60) | 0
    const hour = (minutes / 60) | 0
    at = two(bytes, at, hour)
    bytes[at++] = 58
    at = two(bytes, at, minutes - hour * 60)
    bytes[at++] = 58
    at = two(bytes, at, seconds - minutes * 60)
    if (fraction !== 0) {
      bytes[at++] = 46
      bytes[at++] = 48 + ((fraction / 100) | 0)
      at = two(bytes, at, fraction % 100)
    }
    bytes[at++] = 90
    this.at = at
  }

  /**
   * A number as String(value) writes it, with -0 kept. A decimal of at most 15 digits that gives the double back is the
   * shortest one without trailing zeros, because no two such decimals share a double; all else goes through String.
   */
  number(value: number): void {
    // Values of one series mostly have as many decimals as the one before.
    const usual = Math.round(value * powers[this.decimals])
    if (usual % 10 !== 0 && Math.abs(usual) < 1e9 && usual / powers[this.decimals] === value) {
      this.decimal(usual, this.decimals)
      return
    }
    for (let decimals = 0; decimals <= 6; decimals++) {
      const scaled = Math.round(value * powers[decimals])
      if (Math.abs(scaled) >= 1e9) break
      if (scaled / powers[decimals] === value && value !== 0) {
        this.decimals = decimals
        this.decimal(scaled, decimals)
        return
      }
    }
    this.text(Object.is(value, -0) ? '-0' : String(value))
  }

  private decimal(scaled: number, decimals: number): void {
    this.room(16)
    const { bytes } = this
    let rest = scaled | 0
    if (rest < 0) {
      bytes[this.at++] = 45
      rest = -rest
    }
    let width = decimals + 1
    while (width < 10 && rest >= tens[width]) width++
    const point = decimals === 0 ? -1 : this.at + width - decimals
    const end = this.at + width + (decimals === 0 ? 0 : 1)
    for (let at = end - 1; at >= this.at; at--) {
      if (at === point) bytes[at] = 46
      else {
        const next = (rest / 10) | 0
        bytes[at] = 48 + rest - next * 10
        rest = next
      }
    }
    this.at = end
  }

  private newDay(day: number, ms: number): boolean {
    if (!(ms >= -62_135_596_800_000 && ms < 253_402_300_800_000)) return false
    encoder.encodeInto(new Date(day * dayMs).toISOString().slice(0, 11), this.dayText)
    this.day = day
    return true
  }

  private room(wanted: number): void {
    if (this.at + wanted <= this.bytes.length) return
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + wanted))
    larger.set(this.bytes.subarray(0, this.at))
    this.bytes = larger
  }
}

function two(bytes: Uint8Array, at: number, value: number): number {
  const tens = (value / 10) | 0
  bytes[at] = 48 + tens
  bytes[at + 1] = 48 + value - tens * 10
  return at + 2
}
