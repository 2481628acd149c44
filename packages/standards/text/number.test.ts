/** Tests of reading numbers from bytes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseNumber } from './number.ts'

const read = (text: string, decimal = 46) => {
  const bytes = new TextEncoder().encode(`x${text}y`)
  return parseNumber(bytes, 1, bytes.length - 1, decimal)
}

const decimalText = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^[0-9]{0,25}$/),
    fc.option(fc.stringMatching(/^[0-9]{0,30}$/), { nil: undefined }),
    fc.option(fc.integer({ min: -330, max: 310 }), { nil: undefined }),
  )
  .filter(([, whole, fraction]) => whole !== '' || (fraction ?? '') !== '')
  .map(([sign, whole, fraction, power]) => {
    const point = fraction === undefined ? '' : `.${fraction}`
    return `${sign}${whole}${point}${power === undefined ? '' : `e${power}`}`
  })

test('every decimal number is read as Number(text) reads it, bit for bit', () => {
  fc.assert(
    fc.property(decimalText, (text) => {
      const expected = Number(text)
      assert.ok(Object.is(read(text), Number.isFinite(expected) ? expected : Number.NaN), text)
    }),
    { numRuns: 20_000 },
  )
})

test('the shortest text of any double gives that double back', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const text = Object.is(value, -0) ? '-0' : String(value)
      assert.ok(Object.is(read(text), value), text)
    }),
    { numRuns: 20_000 },
  )
})

test('text that is no decimal number gives NaN', () => {
  for (const text of [
    '',
    ' ',
    '.',
    '-',
    '+.',
    'e5',
    '1e',
    '1e+',
    '1.2.3',
    '18..6',
    '#DIV/0!',
    '*',
    'H',
    '0x10',
  ])
    assert.ok(Number.isNaN(read(text)), text)
  for (const text of ['Infinity', 'NaN', '1 2', '1,2', '--1', '1e400', '1_000', '٣', '1\u00002'])
    assert.ok(Number.isNaN(read(text)), text)
})

test('blanks around a number do not matter', () => {
  assert.equal(read('  \t3.5 '), 3.5)
})

test('a decimal comma is read where it is asked for, and a point is then refused', () => {
  assert.equal(read('-1234,5', 44), -1234.5)
  assert.equal(read('12345678901234567890,5', 44), Number('12345678901234567890.5'))
  assert.ok(Number.isNaN(read('1.5', 44)))
})
