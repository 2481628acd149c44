/** Texts along the drawn line: none over another, none outside, the wanted ones first. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fit, rooms } from './fit.ts'

const wishes = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    text: fc.string({ minLength: 3, maxLength: 18 }),
  }),
  { maxLength: 40 },
)

test('no two texts of a row touch, and none leaves the drawing', () => {
  fc.assert(
    fc.property(wishes, fc.constantFrom(...rooms), (wanted, { px }) => {
      const spans = fit(wanted, 2, 14, px).map(({ at, text, anchor, row }) => {
        const width = text.length * 7.4
        const from = at * px - (anchor === 'start' ? 0 : anchor === 'end' ? width : width / 2)
        return { row, from, to: from + width }
      })
      for (const a of spans) {
        assert.ok(a.from >= -1 && a.to <= px + 1)
        for (const b of spans) assert.ok(a === b || a.row !== b.row || a.to <= b.from || b.to <= a.from)
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
    670,
  )
  assert.deepEqual(
    placed.map(({ text }) => text),
    ['Vientiane'],
  )
})

test('a wider drawing has room for more', () => {
  const wanted = [
    { at: 0.4, text: 'Nakhon Phanom' },
    { at: 0.6, text: 'Luang Prabang' },
  ]
  assert.equal(fit(wanted, 1, 14, 320).length, 1)
  assert.equal(fit(wanted, 1, 14, 670).length, 2)
})

test('marks above and below letters take no room of their own', () => {
  const two = (text: string) =>
    fit(
      [
        { at: 0.4, text },
        { at: 0.6, text },
      ],
      1,
      14,
      320,
    ).length
  assert.equal(two('ກກກກກກ'), 2)
  assert.equal(two('ກີ່ກີ່ກີ່ກີ່ກີ່ກີ່'), 2)
})
