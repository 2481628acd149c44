/** Cursors of lists: whole numbers with points between. */
import { problem } from '@lanmei/model/problem'

/** The numbers of a cursor; undefined without one. @throws invalid-parameter */
export function numbersIn(cursor: string | undefined, count: number): number[] | undefined {
  if (cursor === undefined) return undefined
  const parts = cursor.split('.')
  if (parts.length !== count || !parts.every((part) => /^\d{1,9}$/.test(part)))
    throw problem('invalid-parameter', { field: 'cursor', expected: 'the `next` of an answer' })
  return parts.map(Number)
}
