/** Texts along the drawn line: none over another, none outside, the wanted ones first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fit } from './fit.ts'

const widths = { narrow: 320, medium: 436, wide: 670 } as const
const rooms = ['narrow', 'medium', 'wide'] as const
const wishes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.string({ minLength: 3, maxLength: 18 }),
  }),
  { maxLength: 40 },
)

test('in no width do two texts of a row touch, or a text leave the drawing', () => {
  fc.assert(
    fc.property(wishes, (wanted) => {
      const placed = fit(wanted, 2, 14)
      for (const room of rooms) {
        const px = widths[room]
        const shown = placed.filter((one) => rooms.indexOf(one.room) <= rooms.indexOf(room))
        const spans = shown.map(({ at, text, anchor, row }) => {
          // As wide as the widest script would be counted.
          const width = text.length * 7.2
          const from = at * px - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2)
          return { row, from, to: from + width }
        })
        for (const a of spans) {
          assert.ok(a.from >= -1 && a.to <= px + 1)
          for (const b of spans) assert.ok(a === b || a.row !== b.row || a.to <= b.from || b.to <= a.from)
        }
      }
    }),
  )
})

test('the first wish comes before a later one at the same place', () => {
  const placed = fit(
    [
      { at: 0.5, text: 'Vientiane' },
      { at: 0.505, text: 'Nong Khai' },
    ],
    2,
    14,
  )
  assert.deepEqual(
    placed.map(({ text }) => text),
    ['Vientiane'],
  )
})

test('a text stands in the narrowest drawing that has room for it', () => {
  const placed = fit(
    [
      { at: 0.4, text: 'Nakhon Phanom' },
      { at: 0.6, text: 'Luang Prabang' },
    ],
    1,
    14,
  )
  assert.deepEqual(
    placed.map(({ room }) => room),
    ['narrow', 'wide'],
  )
})
