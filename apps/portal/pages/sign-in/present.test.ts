/** Signing in: what is found wrong before sending, codes as people type them, and the way back. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeDigits, credentialsWrong, nextPage } from './present.ts'

test('what is missing or malformed is named at its field', () => {
  assert.deepEqual(credentialsWrong({ email: '', password: '' }), {
    email: 'form.email-missing',
    password: 'form.password-missing',
  })
  assert.deepEqual(credentialsWrong({ email: 'noy', password: 'x' }), { email: 'form.email-malformed' })
  assert.deepEqual(credentialsWrong({ email: ' noy@example.la ', password: 'x' }), {})
})

test('a code may be typed with spaces and in the digits of any of the scripts', () => {
  assert.equal(codeDigits('123 456'), '123456')
  assert.equal(codeDigits('၁၂၃၄၅၆'), '123456')
  assert.equal(codeDigits('១២៣៤៥៦'), '123456')
  assert.equal(codeDigits('໑໒໓໔໕໖'), '123456')
  assert.equal(codeDigits('๑๒๓๔๕๖'), '123456')
  assert.equal(codeDigits('１２３４５６'), '123456')
})

test('after signing in one comes back to the page asked for, never to another site', () => {
  assert.equal(nextPage('?next=%2Fupload%3Fa%3D1'), '/upload?a=1')
  assert.equal(nextPage('?next=//evil.invalid'), '/')
  assert.equal(nextPage('?next=/sign-in'), '/')
  assert.equal(nextPage(''), '/')
})
