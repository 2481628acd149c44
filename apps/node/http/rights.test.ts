/** Rights follow the duty, the area and the party of the roles somebody holds. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asHeldHere, personAsking } from '../people/asker.ts'
import { nobody } from './bind.ts'
import { checkRight, dutyIn } from './rights.ts'

const since = new Date()
const role = (party: string, area: string, duty: string) => ({
  person: 'p',
  id: `${party}-${area}-${duty}`,
  party,
  area,
  duty,
  since,
})
const person = (...roles: ReturnType<typeof role>[]) =>
  personAsking({ id: 'p', pseudonym: 'p-1' }, asHeldHere(roles, 'la'), true, 0)

test('an officer of one area may act there, and not in another or in what concerns all', () => {
  const officer = person(role('la', 'energy', 'officer'))
  assert.doesNotThrow(() => checkRight('officer', officer, 'energy'))
  assert.throws(() => checkRight('officer', officer, 'water'), /not-allowed/)
  assert.throws(() => checkRight('officer', officer), /not-allowed/)
})

test('a role for all areas holds in each', () => {
  assert.doesNotThrow(() => checkRight('administrator', person(role('la', '*', 'administrator')), 'water'))
})

test('a role of another party gives no more than reading here', () => {
  const guest = person(role('kh', '*', 'administrator'))
  assert.equal(dutyIn('water', guest), 'reader')
  assert.throws(() => checkRight('contributor', guest, 'water'), /not-allowed/)
})

test('the highest duty of several roles counts in its own area only', () => {
  const both = person(role('la', 'water', 'contributor'), role('la', 'energy', 'officer'))
  assert.equal(dutyIn('water', both), 'contributor')
  assert.equal(dutyIn('energy', both), 'officer')
})

test('a key holds its duty everywhere, and nobody holds any', () => {
  assert.doesNotThrow(() =>
    checkRight('contributor', { ...nobody, kind: 'key', duty: 'contributor' }, 'water'),
  )
  assert.throws(() => checkRight('signed-in', nobody), /not-signed-in/)
})
