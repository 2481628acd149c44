/** Which texts find room along the drawn line, and where, for each width it may have. Pure. */

export type Anchor = 'start' | 'middle' | 'end'
export type Fitted<T> = T & { anchor: Anchor; row: number }
export type Wish = { at: number; text: string }

/** Widths of the drawing: a phone, half a screen, a whole one. From `px` on the texts of a room are shown; page.css knows where each begins. */
export const rooms = [
  { room: 'narrow', px: 320 },
  { room: 'medium', px: 436 },
  { room: 'wide', px: 670 },
] as const

const air = 10

/** Pixels a text takes at 14 px, by script; marks above and below take none. */
function widthOf(text: string): number {
  let px = 0
  for (const sign of text.replace(/[\u17d2\u1039]./gu, ''))
    if (/\p{Script=Han}/u.test(sign)) px += 14
    else if (/\p{Mn}/u.test(sign)) px += 0
    else if (/\p{Script=Myanmar}/u.test(sign)) px += /\p{Mc}/u.test(sign) ? 7 : 12
    else if (/\p{Script=Khmer}/u.test(sign)) px += /\p{Mc}/u.test(sign) ? 6 : 9.5
    else px += 7.4
  return px
}

/** Where a text about a place stands without leaving a drawing `px` wide. */
function anchorOf({ at, text }: Wish, px: number): Anchor {
  const half = (widthOf(text) + air) / 2
  if (at * px < half) return 'start'
  return (1 - at) * px < half ? 'end' : 'middle'
}

function stretch({ at, text }: Wish, anchor: Anchor, px: number): { from: number; to: number } {
  const width = widthOf(text) + air
  const from = at * px - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2)
  return { from, to: from + width }
}

/**
 * Gives texts their places in the rows of a drawing `px` wide or wider, the most wanted first and no two over each other.
 * `apartPx` keeps the places themselves apart. A text without room is left out.
 */
export function fit<T extends Wish>(
  wanted: readonly T[],
  rowCount: number,
  apartPx: number,
  px: number,
): Fitted<T>[] {
  const placed: Fitted<T>[] = []
  for (const wish of wanted) {
    if (placed.some((other) => Math.abs(other.at - wish.at) * px < apartPx)) continue
    const anchor = anchorOf(wish, px)
    const { from, to } = stretch(wish, anchor, px)
    const isFree = (row: number) =>
      placed.every((other) => {
        const taken = stretch(other, other.anchor, px)
        return other.row !== row || to < taken.from || from > taken.to
      })
    const row = Array.from({ length: rowCount }, (_, place) => place).find(isFree)
    if (row !== undefined) placed.push({ ...wish, anchor, row })
  }
  return placed.sort((a, b) => a.at - b.at)
}
