/** The own account: passwords, secrets and devices. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceName, newPasswordWrong, secretOf, squaresPath } from './present.ts'

test('a new password must be long, another one, and twice the same', () => {
  const old = 'the old pass phrase'
  assert.deepEqual(newPasswordWrong({ current: old, next: 'short', again: 'short' }), {
    next: 'problem.password-short',
  })
  assert.deepEqual(newPasswordWrong({ current: old, next: old, again: old }), {
    next: 'account.password-same',
  })
  assert.deepEqual(newPasswordWrong({ current: old, next: 'a new pass phrase', again: 'a new pass' }), {
    again: 'account.password-differs',
  })
  assert.deepEqual(
    newPasswordWrong({ current: old, next: 'a new pass phrase', again: 'a new pass phrase' }),
    {},
  )
})

test('the secret of a second factor can be typed off in groups of four', () => {
  assert.equal(
    secretOf('otpauth://totp/Lanmei:noy@example.la?secret=ABCDEFGHIJ&issuer=Lanmei'),
    'ABCD EFGH IJ',
  )
  assert.equal(secretOf('nothing'), '')
})

test('squares in a row become one rectangle', () => {
  assert.equal(
    squaresPath([
      [true, true, false, true],
      [false, false, false, false],
      [true, false, false, false],
    ]),
    'M0 0h2v1h-2zM3 0h1v1h-1zM0 2h1v1h-1z',
  )
})

test('a device is named by its browser and system', () => {
  const phone =
    'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36'
  assert.equal(deviceName(phone), 'Chrome · Android')
  assert.equal(deviceName('curl/8.5'), 'curl/8.5')
  assert.equal(deviceName(undefined), '')
})
