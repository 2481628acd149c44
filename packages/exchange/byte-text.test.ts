/** Bytes as text: round trips, and one text only for each byte string. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64, fromBase64url, fromHex, toBase64, toBase64url, toHex } from './byte-text.ts'
import { instantText, isInstantText } from './instant-text.ts'

const bytes = fc.uint8Array({ maxLength: 80 })

test('bytes are written as Node writes them and read back', () => {
  fc.assert(
    fc.property(bytes, (b) => {
      assert.equal(toHex(b), Buffer.from(b).toString('hex'))
      assert.equal(toBase64(b), Buffer.from(b).toString('base64'))
      assert.equal(toBase64url(b), Buffer.from(b).toString('base64url'))
      assert.deepEqual(fromHex(toHex(b), b.length), b)
      assert.deepEqual(fromBase64(toBase64(b), b.length), b)
      assert.deepEqual(fromBase64url(toBase64url(b), b.length), b)
    }),
  )
})

test('only one text is taken for a byte string', () => {
  for (const text of ['AA', 'AB==', 'AA==\n', ' AA==', 'AA=', 'A', 'AAA==', '=', 'A-_=', 5, undefined])
    assert.equal(fromBase64(text), undefined, String(text))
  for (const text of ['AB', 'AA==', 'A', 'A+/A']) assert.equal(fromBase64url(text), undefined, text)
  for (const text of ['0', 'AA', '0g', ' 00', 0]) assert.equal(fromHex(text), undefined, String(text))
  assert.equal(fromHex('00', 2), undefined)
  assert.equal(fromBase64('AA==', 2), undefined)
})

test('times have one spelling, and dates that do not exist are refused', () => {
  assert.equal(instantText(0), '1970-01-01T00:00:00.000Z')
  const good = instantText(Date.UTC(2024, 1, 29, 23, 59, 59, 7))
  assert.equal(good, '2024-02-29T23:59:59.007Z')
  assert.ok(isInstantText(good))
  for (const text of [
    '2023-02-29T00:00:00.000Z',
    '2024-01-01T24:00:00.000Z',
    '2024-01-01T00:00:60.000Z',
    '2024-01-01T00:00:00Z',
    '2024-01-01T00:00:00.000+00:00',
    '0000-01-01T00:00:00.000Z',
    '2024-13-01T00:00:00.000Z',
    '+012024-01-01T00:00:00.000Z',
  ])
    assert.equal(isInstantText(text), false, text)
  assert.throws(() => instantText(Number.NaN), RangeError)
  assert.throws(() => instantText(8.64e15), RangeError)
})
