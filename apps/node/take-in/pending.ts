/** Values of one series that wait for the next batch, in growing columns, and the times its file has shown so far. */
import { SeenTimes } from './seen-times.ts'

export type Columns = { times: Float64Array; values: Float64Array; flags?: Uint8Array }

export class Pending {
  private times = new Float64Array(256)
  private values = new Float64Array(256)
  private flags: Uint8Array | undefined
  private seen = new SeenTimes()
  private rising = true
  length = 0

  /** A new file begins: the same stamp may stand in two files. */
  newFile(): void {
    this.seen = new SeenTimes()
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
    const columns = this.times.subarray(0, this.length)
    const place = columns.lastIndexOf(ms)
    return place < 0 ? undefined : this.values[place]
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

  /** The waiting columns by time, strictly rising; empties them. Of two values from two files for one time the later file's stays. */
  take(): { columns: Columns; dropped: number } {
    const times = this.times.slice(0, this.length)
    const values = this.values.slice(0, this.length)
    const flags = this.flags?.slice(0, this.length)
    const count = this.length
    const { rising } = this
    this.length = 0
    this.rising = true
    this.flags = undefined
    if (rising) return { columns: { times, values, ...(flags ? { flags } : {}) }, dropped: 0 }
    const order = Uint32Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b] || a - b)
    const kept = order.filter((place, i) => i + 1 === count || times[order[i + 1]] !== times[place])
    return {
      columns: {
        times: Float64Array.from(kept, (i) => times[i]),
        values: Float64Array.from(kept, (i) => values[i]),
        ...(flags ? { flags: Uint8Array.from(kept, (i) => flags[i]) } : {}),
      },
      dropped: count - kept.length,
    }
  }
}
