/** Tests of collecting notices. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { NoticeBook } from './notice-book.ts'

test('after a thousand notices of one code the rest comes as one that sums what was refused', () => {
  const book = new NoticeBook('a.csv')
  for (let line = 1; line <= 5000; line++) book.add('malformed-number', { line, refused: 2 })
  book.add('malformed-time', { line: 3, refused: 1 })
  const all = [...book.take(), ...book.close()].map(({ notice }) => notice)
  assert.equal(all.length, 1002)
  assert.equal(
    all.reduce((sum, { refused }) => sum + refused, 0),
    10_001,
  )
  assert.deepEqual(all.at(-1), {
    code: 'malformed-number',
    file: 'a.csv',
    line: 1001,
    refused: 8000,
    read: '4000 more of this kind from here on',
  })
})

test('control characters in what was read are made visible', () => {
  const book = new NoticeBook('a.csv')
  book.add('malformed-number', { read: 'a\u0000\n' })
  assert.equal(book.take()[0].notice.read, 'a␀␊')
})
