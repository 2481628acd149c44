/** The first set-up: where its code is found, and that nothing half-filled is sent. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeIn, type SetUpForm, setUpWrong } from './present.ts'

const whole: SetUpForm = {
  code: 'abc',
  party: 'la',
  languages: ['lo', 'en'],
  name: 'Noy',
  email: 'noy@example.la',
  password: 'a long pass phrase',
}

test('the code is found after the # sign and in the query', () => {
  assert.equal(codeIn('', '#code=abc_-1'), 'abc_-1')
  assert.equal(codeIn('?code=xyz', ''), 'xyz')
  assert.equal(codeIn('', ''), '')
})

test('a whole form has nothing wrong with it', () => {
  assert.deepEqual(setUpWrong(whole), {})
})

test('everything missing is named at once', () => {
  const nothing = { code: ' ', party: '', languages: [], name: '', email: '', password: '' }
  assert.deepEqual(Object.keys(setUpWrong(nothing)).sort(), Object.keys(whole).sort())
  assert.equal(setUpWrong({ ...whole, password: 'short' }).password, 'problem.password-short')
})
