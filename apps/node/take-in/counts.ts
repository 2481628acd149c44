/** The sum of a load: read = stored + unchanged + revised + refused, always; notices by code. */
import type { Notice } from '@lanmei/model/notice'

export type Counts = {
  read: number
  stored: number
  unchanged: number
  revised: number
  refused: number
  notices: Record<string, number>
}

export function emptyCounts(): Counts {
  return { read: 0, stored: 0, unchanged: 0, revised: 0, refused: 0, notices: {} }
}

/** A notice that refuses values counts them as read and refused. */
export function countNotice(counts: Counts, notice: Notice): void {
  counts.notices[notice.code] = (counts.notices[notice.code] ?? 0) + 1
  counts.read += notice.refused
  counts.refused += notice.refused
}

export function isBalanced({ read, stored, unchanged, revised, refused }: Counts): boolean {
  return read === stored + unchanged + revised + refused
}
