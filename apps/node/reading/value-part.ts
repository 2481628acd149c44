/** A piece of an answer with values: columns of one length. Aggregates have three columns more. */
import type { RowBatch } from '@lanmei/store/copy-reader'

export type ValuePart = Pick<RowBatch, 'count' | 'times' | 'values' | 'flags'> & {
  minimum?: Float64Array
  maximum?: Float64Array
  counts?: Uint32Array
}
