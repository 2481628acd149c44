/** Tests of cutting lines into cells. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Cells, guessSeparator, mostColumns, splitText } from './cells.ts'

test('cells written by RFC 4180 come back, with any separator', () => {
  const separator = fc.constantFrom(',', ';', '\t', '|')
  fc.assert(
    fc.property(
      separator,
      fc.array(
        fc.string({ unit: 'grapheme' }).map((s) => s.trim()),
        { minLength: 1 },
      ),
      (mark, cells) => {
        const line = cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(mark)
        assert.deepEqual(splitText(line, mark), cells)
      },
    ),
  )
})

test('empty cells are cells, and blanks make no content', () => {
  assert.deepEqual(splitText(',a, ,', ','), ['', 'a', '', ''])
  const bytes = new TextEncoder().encode('a, ,')
  const cells = new Cells()
  assert.equal(cells.split(bytes, 0, bytes.length, 44), 3)
  assert.deepEqual(
    [0, 1, 2, 3].map((i) => cells.isEmpty(i)),
    [false, true, true, true],
  )
})

test('an open quotation and too many columns are told, not thrown', () => {
  const open = new TextEncoder().encode('a,"b')
  const many = new TextEncoder().encode(','.repeat(mostColumns))
  const cells = new Cells()
  assert.equal(cells.split(open, 0, open.length, 44), -2)
  assert.equal(cells.split(many, 0, many.length, 44), -1)
  assert.equal(cells.split(many, 0, many.length - 1, 44), mostColumns)
})

test('the separator with most cells is taken', () => {
  assert.equal(guessSeparator('a;b;c,d'), ';')
  assert.equal(guessSeparator('a'), ',')
})
