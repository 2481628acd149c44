/**
 * The fold: what the tables of one series must hold, from its blocks and flaggings in the order of the journal. Pure. The only
 * place that says it besides the taking in itself; `verify` compares the tables with it, `rebuild` writes them from it.
 */
import { firstFlags } from '../take-in/flagging-body.ts'
import { GrowingColumns } from './growing-columns.ts'
import { SortedRows } from './sorted-rows.ts'

/** Number and time of an entry. */
export type At = { seq: number; at: string }
/** Columns of a block; NaN is a missing value. `checked`: the rules run when it was taken in. */
export type FoldBlock = {
  checked?: string[]
  times: Float64Array
  values: Float64Array
  flags?: ArrayLike<number>
}
/** Columns of a flagging; `rule` points into `rules`. */
export type FoldFlagging = {
  rules: string[]
  times: Float64Array
  flags: ArrayLike<number>
  rule: ArrayLike<number>
}
/** What the journal cannot mean: told as a sentence about the entry. */
export type FoldFault = string | undefined

/** Columns of `superseded`: time, entry, superseded by, value, flag. */
export const supersededColumns = 5
/** Columns of `flags`: time, entry, flag, number of the rule. */
export const flagColumns = 4

export class SeriesFold {
  readonly rows = new SortedRows()
  /** Number of the entry behind each ordinal in the rows. */
  readonly origins: number[] = []
  readonly superseded = new GrowingColumns(supersededColumns)
  readonly flags = new GrowingColumns(flagColumns)
  readonly rules: string[] = ['intake']
  blocks = 0
  flaggings = 0
  revisions = 0
  lastEntry: At | undefined

  /** Takes a block in. */
  block(entry: At, body: FoldBlock): FoldFault {
    const { times, values, checked } = body
    const fault = columnFault(times, values, ...(body.flags ? [body.flags] : []))
    if (fault) return fault
    const flags = firstFlags((checked?.length ?? 0) > 0, values, body.flags)
    this.blocks++
    this.lastEntry = entry
    const origin = this.origins.push(entry.seq) - 1
    const columns = { times, values, flags }
    for (let i = 0, near = 0; i < times.length; ) {
      const place = this.rows.seek(times[i], near)
      near = place.chunk
      if (this.rows.has(place, times[i])) {
        const chunk = this.rows.chunks[place.chunk]
        const { row } = place
        const before = this.origins[chunk.origins[row]]
        this.superseded.push(times[i], before, entry.seq, chunk.values[row], chunk.flags[row])
        chunk.values[row] = values[i]
        chunk.flags[row] = flags[i]
        chunk.origins[row] = origin
        chunk.judged[row] = 0
        this.revisions++
        i++
        continue
      }
      const next = this.rows.timeAt(place)
      let end = i + 1
      while (end < times.length && times[end] < next) end++
      this.rows.insert(place, columns, i, end, origin)
      i = end
    }
    return undefined
  }

  /** Takes judgements in: the newest holds; the flag before the first of them is kept under the rule `intake`. */
  flagging(entry: At, body: FoldFlagging): FoldFault {
    const { times, flags, rule, rules } = body
    if (flags.length !== times.length || rule.length !== times.length) return 'has columns of unequal length'
    this.flaggings++
    this.lastEntry = entry
    const numbers = rules.map((name) => this.ruleNumber(name))
    const order = Uint32Array.from(times, (_, i) => i).sort((a, b) => times[a] - times[b])
    for (let n = 0, near = 0; n < order.length; n++) {
      const i = order[n]
      if (n > 0 && times[order[n - 1]] === times[i]) return 'judges a time twice'
      if (numbers[rule[i]] === undefined) return 'names a rule that is not in its list'
      const place = this.rows.seek(times[i], near)
      near = place.chunk
      if (this.rows.has(place, times[i])) {
        const chunk = this.rows.chunks[place.chunk]
        const { row } = place
        if (!chunk.judged[row])
          this.flags.push(times[i], this.origins[chunk.origins[row]], chunk.flags[row], 0)
        chunk.judged[row] = 1
        chunk.flags[row] = flags[i]
      }
      this.flags.push(times[i], entry.seq, flags[i], numbers[rule[i]])
    }
    return undefined
  }

  private ruleNumber(name: string): number {
    const known = this.rules.indexOf(name)
    return known >= 0 ? known : this.rules.push(name) - 1
  }

  /** Rows of `flags` in the order of the table's reading: by entry, then by time. */
  flagOrder(): Uint32Array {
    const { flags } = this
    const order = new Uint32Array(flags.length).map((_, i) => i)
    return order.sort((a, b) => flags.at(a, 1) - flags.at(b, 1) || flags.at(a, 0) - flags.at(b, 0))
  }
}

function columnFault(times: Float64Array, ...others: ArrayLike<number>[]): FoldFault {
  if (others.some((column) => column.length !== times.length)) return 'has columns of unequal length'
  for (let i = 1; i < times.length; i++) if (!(times[i] > times[i - 1])) return 'has times that do not rise'
  return times.length ? undefined : 'is empty'
}
