/** Values of one series that wait for the next batch, in growing columns, and the times its file has shown so far. */
import { SeenTimes } from './seen-times.ts'

export type Columns = { times: Float64Array; values: Float64Array; flags?: Uint8Array }
export type FileColumns = Columns & { source: string }

// Small: a file may hold twenty thousand series.
const leastRows = 32

export class Pending {
  private times = new Float64Array(leastRows)
  private values = new Float64Array(leastRows)
  private flags: Uint8Array | undefined
  private seen = new SeenTimes()
  private rising = true
  /** From which row on the values come from which file. */
  private files = [{ from: 0, source: '' }]
  private readonly keepsTaken: boolean
  private taken: Columns[] = []
  length = 0

  /** `keepsTaken`: valueAt() knows what was taken out, too; for a dry run, where no store knows it. */
  constructor(source = '', keepsTaken = false) {
    this.files[0].source = source
    this.keepsTaken = keepsTaken
  }

  /** A new file begins: the same stamp may stand in two files. */
  newFile(source = ''): void {
    this.seen = new SeenTimes()
    this.taken = []
    const last = this.files[this.files.length - 1]
    if (last.from === this.length) last.source = source
    else if (last.source !== source) this.files.push({ from: this.length, source })
  }

  /** Takes a value; false when the file has shown this time before. */
  add(ms: number, value: number, flag: number): boolean {
    if (!this.seen.add(ms)) return false
    if (this.length === this.times.length) this.grow()
    if (this.length > 0 && ms <= this.times[this.length - 1]) this.rising = false
    this.times[this.length] = ms
    // A zero has no sign here: the canonical form knows none.
    this.values[this.length] = value === 0 ? 0 : value
    if (flag !== 0) this.flags ??= new Uint8Array(this.times.length)
    if (this.flags) this.flags[this.length] = flag
    this.length++
    return true
  }

  /** The value waiting at a time, or undefined. */
  valueAt(ms: number): number | undefined {
    const times = this.times.subarray(0, this.length)
    const place = this.rising ? placeOf(times, ms) : times.lastIndexOf(ms)
    if (place >= 0) return this.values[place]
    for (const columns of this.taken) {
      const found = placeOf(columns.times, ms)
      if (found >= 0) return columns.values[found]
    }
    return undefined
  }

  private grow(): void {
    const wider = (column: Float64Array) => {
      const next = new Float64Array(column.length * 2)
      next.set(column)
      return next
    }
    this.times = wider(this.times)
    this.values = wider(this.values)
    if (this.flags) {
      const next = new Uint8Array(this.times.length)
      next.set(this.flags)
      this.flags = next
    }
  }

  /**
   * The waiting columns file by file, each by time and strictly rising; empties them. Of two values from two files for
   * one time the later file's stays.
   */
  take(): { parts: FileColumns[]; dropped: number } {
    const { length: count, rising, files } = this
    const all: Columns = {
      times: this.times.subarray(0, count),
      values: this.values.subarray(0, count),
      ...(this.flags ? { flags: this.flags.subarray(0, count) } : {}),
    }
    this.times = new Float64Array(leastRows)
    this.values = new Float64Array(leastRows)
    this.flags = undefined
    this.length = 0
    this.rising = true
    this.files = [{ from: 0, source: files[files.length - 1].source }]
    const order = rising ? undefined : inOrder(all.times)
    const parts = files.flatMap(({ from, source }, i) => {
      const to = files[i + 1]?.from ?? count
      if (from === to) return []
      if (files.length === 1 && order === undefined) return [{ ...all, source }]
      const own = order ? order.filter((place) => place >= from && place < to) : range(from, to)
      return own.length ? [{ ...pick(all, own), source }] : []
    })
    if (this.keepsTaken) this.taken.push(...parts)
    return { parts, dropped: order ? count - order.length : 0 }
  }
}

/** Places of the rows by time; of rows with one time the last. */
function inOrder(times: Float64Array): Uint32Array {
  const order = range(0, times.length).sort((a, b) => times[a] - times[b] || a - b)
  return order.filter((place, i) => i + 1 === order.length || times[order[i + 1]] !== times[place])
}

function range(from: number, to: number): Uint32Array {
  return Uint32Array.from({ length: to - from }, (_, i) => from + i)
}

function pick({ times, values, flags }: Columns, places: Uint32Array): Columns {
  return {
    times: Float64Array.from(places, (i) => times[i]),
    values: Float64Array.from(places, (i) => values[i]),
    ...(flags ? { flags: Uint8Array.from(places, (i) => flags[i]) } : {}),
  }
}

/** Place of a time in a rising column, -1 where it is not. */
function placeOf(times: Float64Array, ms: number): number {
  let low = 0
  let high = times.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle] < ms) low = middle + 1
    else high = middle
  }
  return times[low] === ms && high >= 0 ? low : -1
}
