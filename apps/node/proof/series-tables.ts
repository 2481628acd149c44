/** What a folded series comes to: rows of each table as columns to encode, and the row of its state. */

import type { CopyColumn } from '@lanmei/store/copy-form'
import type { SeriesState } from '@lanmei/store/series-state'
import { isDoubtful } from '../take-in/state.ts'
import type { SeriesFold } from './fold.ts'
import type { Chunk } from './sorted-rows.ts'

export type TableRows = { columns: CopyColumn[]; count: number }

/** Rows of `observation`, chunk by chunk. */
export function* observationRows(fold: SeriesFold, key: number): Generator<TableRows> {
  for (const chunk of fold.rows.chunks) yield { columns: chunkColumns(fold, chunk, key), count: chunk.length }
}

function chunkColumns(fold: SeriesFold, chunk: Chunk, key: number): CopyColumn[] {
  return [
    { type: 'int4', at: () => key },
    { type: 'time', at: (row) => chunk.times[row] },
    { type: 'float8', at: (row) => chunk.values[row] },
    { type: 'int2', at: (row) => chunk.flags[row] },
    { type: 'int8', at: (row) => fold.origins[chunk.origins[row]] },
  ]
}

/** Rows of `observation_superseded`, by the entry that replaced them and time. */
export function supersededRows({ superseded }: SeriesFold, key: number): TableRows {
  const column = (type: 'time' | 'int8' | 'float8' | 'int2', n: number): CopyColumn => ({
    type,
    at: (row) => superseded.at(row, n),
  })
  return {
    columns: [
      { type: 'int4', at: () => key },
      column('time', 0),
      column('int8', 1),
      column('int8', 2),
      column('float8', 3),
      column('int2', 4),
    ],
    count: superseded.length,
  }
}

/** Rows of `observation_flag`, by entry and time. */
export function flagRows(fold: SeriesFold, key: number): TableRows {
  const { flags, rules } = fold
  const order = fold.flagOrder()
  return {
    columns: [
      { type: 'int4', at: () => key },
      { type: 'time', at: (row) => flags.at(order[row], 0) },
      { type: 'int8', at: (row) => flags.at(order[row], 1) },
      { type: 'int2', at: (row) => flags.at(order[row], 2) },
      { type: 'text', at: (row) => rules[flags.at(order[row], 3)] },
    ],
    count: flags.length,
  }
}

/** The row of `series_state`, counted anew from the rows. */
export function stateOf(fold: SeriesFold, key: number): SeriesState {
  const { blocks, flaggings, revisions, rows, lastEntry } = fold
  let [count, suspect] = [0, 0]
  let [minimum, maximum]: (number | null)[] = [null, null]
  for (const chunk of rows.chunks)
    for (let row = 0; row < chunk.length; row++) {
      if (isDoubtful(chunk.flags[row])) suspect++
      const value = chunk.values[row]
      if (Number.isNaN(value)) continue
      count++
      if (minimum === null || value < minimum) minimum = value
      if (maximum === null || value > maximum) maximum = value
    }
  const newest = rows.chunks[rows.chunks.length - 1]
  const last = newest.length - 1
  return {
    key,
    blocks,
    flaggings,
    rows: rows.length,
    count,
    revisions,
    suspect,
    firstMs: rows.chunks[0].times[0],
    lastMs: newest.times[last],
    lastValue: Number.isNaN(newest.values[last]) ? null : newest.values[last],
    lastFlag: newest.flags[last],
    minimum,
    maximum,
    lastEntry: lastEntry?.seq ?? null,
    receivedMs: lastEntry ? Date.parse(lastEntry.at) : Number.NaN,
  }
}

/** The same as the table's columns are read for the proof. */
export function stateRow(state: SeriesState): Record<string, number | string | null> {
  const instant = (ms: number) => (Number.isNaN(ms) ? null : new Date(ms).toISOString().replace('Z', '000Z'))
  return {
    blocks: state.blocks,
    flaggings: state.flaggings,
    rows: state.rows,
    count: state.count,
    revisions: state.revisions,
    suspect: state.suspect,
    first_time: instant(state.firstMs),
    last_time: instant(state.lastMs),
    last_value: state.lastValue,
    last_flag: state.lastFlag,
    minimum: state.minimum,
    maximum: state.maximum,
    last_entry: state.lastEntry,
    received_at: instant(state.receivedMs),
  }
}
