/** The present rows of one series by time, in small chunks of columns, so that millions fit and late ones cost no more. */

/** Rows `from` to `to` of a block: times rising; NaN for a missing value. */
export type RunColumns = { times: ArrayLike<number>; values: ArrayLike<number>; flags: ArrayLike<number> }

const capacity = 2048

/** One chunk of rows. `origins` are the ordinals of the entries that gave the values. */
export class Chunk {
  length = 0
  readonly times = new Float64Array(capacity)
  readonly values = new Float64Array(capacity)
  readonly flags = new Uint8Array(capacity)
  readonly origins = new Uint32Array(capacity)
  /** 1 where the flag of the present value was judged after it came. */
  readonly judged = new Uint8Array(capacity)

  columns() {
    return [this.times, this.values, this.flags, this.origins, this.judged]
  }
  get last(): number {
    return this.times[this.length - 1]
  }
}

export type Place = { chunk: number; row: number }

export class SortedRows {
  readonly chunks: Chunk[] = [new Chunk()]
  length = 0

  /** First place at or after a time; `near` is a chunk to look in first. */
  seek(ms: number, near = 0): Place {
    const { chunks } = this
    let low = near > 0 && near < chunks.length && chunks[near - 1].last < ms ? near : 0
    let high = chunks.length - 1
    if (chunks[low].length > 0 && chunks[low].last >= ms) high = low
    while (low < high) {
      const middle = (low + high) >> 1
      if (chunks[middle].length > 0 && chunks[middle].last < ms) low = middle + 1
      else high = middle
    }
    const { times, length } = chunks[low]
    let from = 0
    let to = length
    while (from < to) {
      const middle = (from + to) >> 1
      if (times[middle] < ms) from = middle + 1
      else to = middle
    }
    return { chunk: low, row: from }
  }

  /** Whether a row stands at a place, and for this time. */
  has(place: Place, ms: number): boolean {
    const chunk = this.chunks[place.chunk]
    return place.row < chunk.length && chunk.times[place.row] === ms
  }

  /** The time at a place, or infinity behind the last row. */
  timeAt({ chunk, row }: Place): number {
    const { length, times } = this.chunks[chunk]
    if (row < length) return times[row]
    return this.chunks[chunk + 1]?.times[0] ?? Number.POSITIVE_INFINITY
  }

  /** Puts rows before a place that `seek` gave; all of them fit there. */
  insert({ chunk, row }: Place, rows: RunColumns, from: number, to: number, origin: number): void {
    this.length += to - from
    let at = chunk
    const before = row === 0 ? this.chunks[at - 1] : undefined
    if (before && before.length + (to - from) <= capacity) {
      const start = before.length
      before.length += to - from
      fill(before, start, rows, from, to, origin)
      return
    }
    const here = this.chunks[at]
    if (here.length + (to - from) <= capacity) {
      openGap(here, row, to - from)
      fill(here, row, rows, from, to, origin)
      return
    }
    const tail = row < here.length ? cutTail(here, row) : undefined
    let next = from
    for (let open = here; next < to; ) {
      const end = Math.min(to, next + capacity - open.length)
      const start = open.length
      open.length += end - next
      fill(open, start, rows, next, end, origin)
      next = end
      if (next < to) {
        open = new Chunk()
        this.chunks.splice(++at, 0, open)
      }
    }
    if (tail) this.chunks.splice(at + 1, 0, tail)
  }
}

function openGap(chunk: Chunk, row: number, count: number): void {
  for (const column of chunk.columns()) column.copyWithin(row + count, row, chunk.length)
  chunk.length += count
}

function cutTail(chunk: Chunk, row: number): Chunk {
  const tail = new Chunk()
  const columns = tail.columns()
  chunk.columns().forEach((column, n) => {
    columns[n].set(column.subarray(row, chunk.length))
  })
  tail.length = chunk.length - row
  chunk.length = row
  return tail
}

function fill(chunk: Chunk, start: number, rows: RunColumns, from: number, to: number, origin: number): void {
  for (let i = from, at = start; i < to; i++, at++) {
    chunk.times[at] = rows.times[i]
    chunk.values[at] = rows.values[i]
    chunk.flags[at] = rows.flags[i]
    chunk.origins[at] = origin
    chunk.judged[at] = 0
  }
}
