/** Values of one series that wait for the next batch, in growing columns, and the times its file has shown so far. */
import { SeenTimes } from './seen-times.ts'

export type Columns = { times: Float64Array; values: Float64Array; flags?: Uint8Array }
/** Values of one file; `file` is its number in the load. */
export type FileColumns = Columns & { source: string; file: number }

// Small: a file may hold twenty thousand series.
const leastRows = 32

export class Pending {
  private times = new Float64Array(leastRows)
  private values = new Float64Array(leastRows)
  private flags: Uint8Array | undefined
  private seen = new SeenTimes()
  private rising = true
  /** From which row on the values come from which file. */
  private files: { from: number; source: string; file: number }[]
  private readonly keepsTaken: boolean
  private taken: Columns[] = []
  length = 0

  /** `keepsTaken`: valueAt() knows what was taken out, too; for a dry run, where no store knows it. */
  constructor(source = '', file = 0, keepsTaken = false) {
    this.files = [{ from: 0, source, file }]
    this.keepsTaken = keepsTaken
  }

  /** A new file begins: the same stamp may stand in two files. */
  newFile(source: string, file: number): void {
    this.seen = new SeenTimes()
    this.taken = []
    this.rising = true
    if (this.from === this.length) this.files.pop()
    this.files.push({ from: this.length, source, file })
  }

  /** The first row of the present file. */
  private get from(): number {
    return this.files[this.files.length - 1].from
  }

  /** Takes a value; false when the file has shown this time before. */
  add(ms: number, value: number, flag: number): boolean {
    if (!this.seen.add(ms)) return false
    if (this.length === this.times.length) this.grow()
    if (this.length > this.from && ms <= this.times[this.length - 1]) this.rising = false
    this.times[this.length] = ms
    // A zero has no sign here: the canonical form knows none.
    this.values[this.length] = value === 0 ? 0 : value
    if (flag !== 0) this.flags ??= new Uint8Array(this.times.length)
    if (this.flags) this.flags[this.length] = flag
    this.length++
    return true
  }

  /** The value of the present file that waits at a time, or undefined. */
  valueAt(ms: number): number | undefined {
    const times = this.times.subarray(this.from, this.length)
    const place = this.rising ? placeOf(times, ms) : times.lastIndexOf(ms)
    if (place >= 0) return this.values[this.from + place]
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

  /** The waiting columns file by file, each by time and strictly rising; empties them. */
  take(): FileColumns[] {
    const { length, files } = this
    const parts = files.flatMap(({ from, source, file }, i) => {
      const to = files[i + 1]?.from ?? length
      if (from === to) return []
      const columns: Columns = {
        times: this.times.subarray(from, to),
        values: this.values.subarray(from, to),
        ...(this.flags ? { flags: this.flags.subarray(from, to) } : {}),
      }
      return [{ ...byTime(columns), source, file }]
    })
    this.times = new Float64Array(leastRows)
    this.values = new Float64Array(leastRows)
    this.flags = undefined
    this.length = 0
    this.rising = true
    this.files = [{ ...files[files.length - 1], from: 0 }]
    if (this.keepsTaken) this.taken.push(...parts)
    return parts
  }
}

function byTime({ times, values, flags }: Columns): Columns {
  if (times.every((ms, i) => i === 0 || ms > times[i - 1]))
    return { times, values, ...(flags ? { flags } : {}) }
  const order = Uint32Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b])
  return {
    times: Float64Array.from(order, (i) => times[i]),
    values: Float64Array.from(order, (i) => values[i]),
    ...(flags ? { flags: Uint8Array.from(order, (i) => flags[i]) } : {}),
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
