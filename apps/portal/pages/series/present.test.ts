/** The table of series: what is found, in which order, and the addresses that lead there. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeReader } from '../../shell/reader.ts'
import type { Series } from '../../shell/told.ts'
import { addressOf, askedIn, decimalsOf, pageOf, rowsPerPage, unitSymbol } from './present.ts'

const lao = makeReader({ language: 'lo', theme: 'auto', calendar: 'gregory', ownNumerals: false }, {})
const make = (id: string, more: Partial<Series> = {}): Series => ({
  id,
  station: id.split('.')[0],
  property: id.split('.')[1],
  unit: 'm',
  procedure: 'manual',
  aggregation: 'instantaneous',
  origin: 'observed',
  audience: 'public',
  count: 10,
  revisions: 0,
  suspect: 0,
  latest: null,
  silent: false,
  ...more,
})
const stations = [
  { id: 'A1', name: { en: 'Pakse', lo: 'ປາກເຊ', zh: '巴色' } },
  { id: 'B2', name: { en: 'Chiang Saen', lo: 'ຊຽງແສນ' } },
]
const series = [
  make('A1.water-level', { silent: true }),
  make('A1.rainfall', { suspect: 3, count: 90 }),
  make('B2.water-level', { count: 50 }),
]
const ask = (query: string) => pageOf(series, stations, askedIn(new URLSearchParams(query)), lao)
const ids = (query: string) => ask(query).rows.map(({ id }) => id)

test('a station is found by its name in any language, and by its code', () => {
  assert.deepEqual(ids('q=巴色'), ['A1.rainfall', 'A1.water-level'])
  assert.deepEqual(ids('q=chiang+saen'), ['B2.water-level'])
  assert.deepEqual(ids('q=b2'), ['B2.water-level'])
  assert.deepEqual(ids('q=nowhere'), [])
})

test('conditions and properties narrow the table, and it says how many there are in all', () => {
  assert.deepEqual(ids('condition=silent'), ['A1.water-level'])
  assert.deepEqual(ids('property=rainfall'), ['A1.rainfall'])
  const page = ask('condition=suspect')
  assert.deepEqual([page.found, page.all], [1, 3])
  assert.deepEqual(ids('condition=anything'), ids(''))
})

test('the order follows the names in the language of the reader, or what was asked for', () => {
  assert.deepEqual(ids(''), ['B2.water-level', 'A1.rainfall', 'A1.water-level'])
  assert.deepEqual(ids('sort=count')[0], 'A1.rainfall')
})

test('long tables come in pages, and a page past the end is the last one', () => {
  const many = Array.from({ length: rowsPerPage + 1 }, (_, i) => make(`S${i}.water-level`))
  const page = pageOf(many, [], askedIn(new URLSearchParams('page=99')), lao)
  assert.deepEqual([page.page, page.pages, page.rows.length], [2, 2, 1])
})

test('the address keeps the question, and a new filter begins at the first page', () => {
  const asked = askedIn(new URLSearchParams('q=pak&sort=last&page=3'))
  assert.equal(addressOf(asked, { page: 4 }), '?q=pak&sort=last&page=4')
  assert.equal(addressOf(asked, { condition: 'silent' }), '?q=pak&condition=silent&sort=last')
  assert.equal(addressOf(askedIn(new URLSearchParams()), {}), '?')
})

test('units are written as people write them, values with a sensible number of digits', () => {
  assert.equal(unitSymbol('m3/s'), 'm³/s')
  assert.equal(unitSymbol('m'), 'm')
  assert.deepEqual([decimalsOf(12345), decimalsOf(-120), decimalsOf(9.4)], [0, 1, 2])
})
