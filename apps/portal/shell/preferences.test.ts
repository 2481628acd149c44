/** What a visitor chose, and what is guessed before anything was chosen. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acceptedLanguage, changedCookie, readPreferences, wayBack } from './preferences.ts'

const headers = (cookie: string, accept = '') => new Headers({ cookie, 'accept-language': accept })

test('the first visit follows Accept-Language by weight, then by place', () => {
  assert.equal(acceptedLanguage('fr-FR, km;q=0.7, vi-VN;q=0.9'), 'vi')
  assert.equal(acceptedLanguage('lo-LA,lo,en'), 'lo')
  assert.equal(acceptedLanguage('zh;q=0, my;q=0.1'), 'my')
})

test('a header that names none of the seven, or nothing, means English', () => {
  assert.equal(acceptedLanguage('fr, de'), 'en')
  assert.equal(acceptedLanguage(null), 'en')
  assert.equal(acceptedLanguage('*'), 'en')
})

test('a choice is kept in the cookie beside earlier choices', () => {
  const first = changedCookie(headers(''), new URLSearchParams({ language: 'km' }), false)
  assert.match(first ?? '', /^lanmei-view=language%3Dkm; Path=\//)
  const second = changedCookie(
    headers((first ?? '').split(';')[0]),
    new URLSearchParams({ theme: 'dark' }),
    true,
  )
  assert.match(second ?? '', /; Secure$/)
  const read = readPreferences(headers((second ?? '').split(';')[0], 'zh'))
  assert.deepEqual(read, { language: 'km', theme: 'dark', calendar: 'gregory', ownNumerals: false })
})

test('an invalid choice changes nothing', () => {
  assert.equal(
    changedCookie(headers(''), new URLSearchParams({ language: 'fr', theme: 'pink' }), false),
    undefined,
  )
})

test('a broken cookie falls back to the defaults', () => {
  assert.equal(readPreferences(headers('lanmei-view=%E0%A4%A; x=1', 'th')).language, 'th')
})

test('Thai readers begin with the Buddhist era, own numerals exist only where the language has them', () => {
  assert.equal(readPreferences(headers('', 'th')).calendar, 'buddhist')
  assert.equal(readPreferences(headers('lanmei-view=numerals%3Down%26language%3Dvi')).ownNumerals, false)
  assert.equal(readPreferences(headers('lanmei-view=numerals%3Down%26language%3Dmy')).ownNumerals, true)
})

test('the way back never leads to another site', () => {
  assert.equal(wayBack('/stations/pakse?from=2020'), '/stations/pakse?from=2020')
  for (const bad of ['//evil.invalid', '/\\evil.invalid', 'https://evil.invalid', '/a b', '', null])
    assert.equal(wayBack(bad), '/')
})
