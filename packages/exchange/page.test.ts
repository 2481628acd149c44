/** Pages: arithmetic at the borders, and shapes that are refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from './byte-text.ts'
import { commitmentOf } from './commitment.ts'
import { checkEntry, type Entry, entryLeafHash, leafBytes } from './entry.ts'
import {
  checkPage,
  entriesPerPage,
  isComplete,
  pageBytes,
  pageOf,
  pagePath,
  pageRange,
  pagesIn,
  parsePageNumber,
} from './page.ts'
import { sha256 } from './sha256.ts'

const entryAt = (seq: number): Entry => ({
  node: 'la.example',
  seq,
  at: '2026-03-01T06:00:00.000Z',
  kind: 'block',
  id: 'LA_011901:water-level:manual',
  version: seq + 1,
  audience: 'public',
  commitment: '00'.repeat(32),
})

test('every entry is on one page, and the ranges of the pages cover the journal once', () => {
  fc.assert(
    fc.property(fc.nat(2_000), (size) => {
      const covered: number[] = []
      for (let page = 0; page < pagesIn(size); page++) {
        const { from, to } = pageRange(page, size)
        assert.equal(isComplete(page, size), to - from === entriesPerPage)
        for (let seq = from; seq < to; seq++) {
          assert.equal(pageOf(seq), page)
          covered.push(seq)
        }
      }
      assert.deepEqual(covered, [...Array(size).keys()])
    }),
  )
  assert.deepEqual(pageRange(4, 10), { from: 1024, to: 1024 })
})

test('page numbers have one spelling', () => {
  assert.equal(pagePath(12), '/journal/pages/12')
  for (const page of [0, 1, 256, pageOf(Number.MAX_SAFE_INTEGER)])
    assert.equal(parsePageNumber(String(page)), page)
  for (const text of ['', '01', '-1', '1.0', '1e3', ' 1', '99999999999999', 'x'])
    assert.equal(parsePageNumber(text), undefined)
})

test('a page is taken only when its entries are those it must hold', () => {
  const page = { node: 'la.example', page: 1, entries: [entryAt(256), entryAt(257)] }
  assert.deepEqual(checkPage(JSON.parse(new TextDecoder().decode(pageBytes(page))), 'la.example', 1), {
    ok: true,
    value: page,
  })
  const reason = (value: unknown, number = 1, node = 'la.example') => {
    const checked = checkPage(value, node, number)
    return checked.ok ? 'ok' : checked.reason
  }
  assert.equal(reason({ ...page, entries: [entryAt(257)] }), 'seq-mismatch')
  assert.equal(reason({ ...page, entries: [entryAt(256), entryAt(256)] }), 'seq-mismatch')
  assert.equal(reason({ ...page, entries: [{ ...entryAt(256), node: 'th.example' }] }), 'malformed')
  assert.equal(reason({ ...page, entries: [{}] }), 'malformed')
  assert.equal(reason({ ...page, entries: Array(257).fill(entryAt(256)) }), 'malformed')
  assert.equal(reason({ ...page, more: 1 }), 'malformed')
  assert.equal(reason(page, 2), 'malformed')
  assert.equal(reason(page, 1, 'th.example'), 'malformed')
  fc.assert(fc.property(fc.anything(), (value) => assert.equal(reason(value), 'malformed')))
})

test('an entry has exactly its eight members, each well formed', () => {
  const entry = entryAt(0)
  assert.deepEqual(checkEntry(entry), { ok: true, value: entry })
  for (const name of Object.keys(entry)) {
    const { [name as keyof Entry]: _, ...rest } = entry
    assert.equal(checkEntry(rest).ok, false, name)
    for (const value of [null, '', -1, 0.5, {}, 'ä ö', 'x\n', 'AB'.repeat(80)])
      assert.equal(checkEntry({ ...entry, [name]: value }).ok, false, `${name} ${value}`)
  }
  assert.equal(checkEntry({ ...entry, extra: 1 }).ok, false)
  fc.assert(fc.property(fc.anything(), (value) => assert.equal(checkEntry(value).ok, false)))
})

test('the leaf hash is SHA-256 of a zero byte and the canonical entry', () => {
  const text =
    `{"at":"2026-03-01T06:00:00.000Z","audience":"public","commitment":"${'00'.repeat(32)}",` +
    '"id":"LA_011901:water-level:manual","kind":"block","node":"la.example","seq":5,"version":6}'
  assert.equal(new TextDecoder().decode(leafBytes(entryAt(5))), text)
  assert.deepEqual(entryLeafHash(entryAt(5)), sha256(new TextEncoder().encode(`\0${text}`)))
})

test('a commitment is SHA-256 of the salt and the body, and wants a salt of 32 bytes', () => {
  const salt = new Uint8Array(32).fill(1)
  const body = new TextEncoder().encode('{}')
  assert.equal(commitmentOf(salt, body), toHex(sha256(Uint8Array.of(...salt, ...body))))
  assert.throws(() => commitmentOf(salt.slice(1), body), TypeError)
})
