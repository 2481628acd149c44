/** Administration: forms, ids and passwords. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isId } from '@lanmei/model/record'
import { makeReader } from '../../shell/reader.ts'
import {
  firstPassword,
  inForce,
  organisationIdOf,
  personWrong,
  type RecordItem,
  roleIdOf,
  wordsOf,
} from './present.ts'

const english = makeReader({ language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }, {})

test('a person needs a name, an address, a long first password and a role', () => {
  const nothing = { name: '', email: '', password: '', roles: [] }
  assert.deepEqual(Object.keys(personWrong(nothing)).sort(), ['email', 'name', 'password', 'roles'])
  const whole = { name: 'Noy', email: 'noy@example.la', password: 'abcd-efgh-jkmn', roles: ['la-officer'] }
  assert.deepEqual(personWrong(whole), {})
})

test('a first password is long enough, in groups, and does not depend on the bytes at the end of the range', () => {
  const password = firstPassword((bytes) => bytes.map((_, i) => (i % 2 ? 255 : i * 3)))
  assert.match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  assert.notEqual(
    firstPassword((bytes) => bytes.fill(1)),
    firstPassword((bytes) => bytes.fill(2)),
  )
})

test('ids are readable, valid, and taken by nobody else', () => {
  const role = { party: 'la', area: 'water', duty: 'officer' }
  assert.equal(roleIdOf(role, []), 'la-water-officer')
  assert.equal(roleIdOf({ ...role, area: '*' }, ['la-officer']), 'la-officer-2')
  assert.equal(organisationIdOf('vi', { vi: 'Đài Khí tượng' }, []), 'vi-dai-khi-tuong')
  assert.equal(organisationIdOf('la', { lo: 'ກົມອຸຕຸນິຍົມ' }, ['la-organisation']), 'la-organisation-2')
  assert.ok(isId(organisationIdOf('la', { en: '--- "x" / y' }, [])))
})

test('languages left empty are left out', () => {
  assert.deepEqual(wordsOf({ en: ' Pakse ', lo: '', zh: '  ' }), { en: 'Pakse' })
  assert.equal(wordsOf({ en: '' }), undefined)
})

test('records that are withdrawn are not shown, the others stand by name', () => {
  const make = (id: string, name: string, ended = false) =>
    ({ id, ended, fields: { name: { en: name } } }) as never as RecordItem
  const list = inForce([make('1', 'Zeta'), make('2', 'Alpha'), make('3', 'Beta', true)], english)
  assert.deepEqual(
    list.map(({ id }) => id),
    ['2', '1'],
  )
})
