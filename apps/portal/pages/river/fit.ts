/** Which texts find room along the drawn line, and where, in every width it may have. Pure. */

export type Anchor = 'start' | 'middle' | 'end'
/** The narrowest drawing a text still has room in: a phone, half a screen, a whole one. */
export type Room = 'narrow' | 'medium' | 'wide'
export type Fitted<T> = T & { anchor: Anchor; row: number; room: Room }
type Wish = { at: number; text: string }

/** Width of the drawn line in CSS pixels from which on each room is given. Known to page.css, too. */
const rooms: readonly (readonly [room: Room, px: number])[] = [
  ['narrow', 320],
  ['medium', 436],
  ['wide', 670],
]

/** Pixels a text takes; wide scripts count more. */
function widthOf(text: string): number {
  let px = 0
  for (const sign of text)
    px += /[\u1000-\u109f\u1780-\u17ff\u3000-\u9fff\uff00-\uffef]/.test(sign) ? 12 : 7.2
  return px
}

/** Where a text about a place stands without leaving a drawing `px` wide. */
function anchorOf({ at, text }: Wish, px: number): Anchor {
  const half = (widthOf(text) + 10) / 2
  if (at * px < half) return 'start'
  return (1 - at) * px < half ? 'end' : 'middle'
}

function stretch({ at, text }: Wish, anchor: Anchor, px: number): { from: number; to: number } {
  const width = widthOf(text) + 10
  const from = at * px - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2)
  return { from, to: from + width }
}

/**
 * Gives texts their places in rows, the most wanted first and no two over each other in any width of the drawing.
 * `apartPx` keeps the places themselves apart. A text without room is left out.
 */
export function fit<T extends Wish>(wanted: readonly T[], rowCount: number, apartPx: number): Fitted<T>[] {
  const placed: { wish: T; fitted: Fitted<T> }[] = []
  for (const [room, px] of rooms)
    for (const wish of wanted) {
      if (placed.some((other) => other.wish === wish)) continue
      if (placed.some(({ wish: other }) => Math.abs(other.at - wish.at) * px < apartPx)) continue
      const anchor = anchorOf(wish, px)
      const { from, to } = stretch(wish, anchor, px)
      const isFree = (row: number) =>
        placed.every(({ fitted }) => {
          const taken = stretch(fitted, fitted.anchor, px)
          return fitted.row !== row || to < taken.from || from > taken.to
        })
      const row = Array.from({ length: rowCount }, (_, place) => place).find(isFree)
      if (row !== undefined) placed.push({ wish, fitted: { ...wish, anchor, row, room } })
    }
  return placed.map(({ fitted }) => fitted).sort((a, b) => a.at - b.at)
}
