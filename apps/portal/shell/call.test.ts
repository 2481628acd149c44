/** What a refusal is called, and the words for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '@lanmei/model/language'
import { problem, problemCodes } from '@lanmei/model/problem'
import en from '../texts/en.json' with { type: 'json' }
import { refusalOf, refusalText, SignInRefused, signInCode } from './call.ts'
import { makeReader, type Texts } from './reader.ts'

const english = makeReader({ language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }, en)

test('a refusal keeps the code and the details the node gave', () => {
  assert.deepEqual(refusalOf(problem('conflict', { field: 'email' })), {
    code: 'conflict',
    details: { field: 'email' },
  })
  assert.equal(refusalOf(new TypeError('Failed to fetch')).code, 'unreachable')
  assert.equal(refusalOf(new SignInRefused('code-wrong')).code, 'code-wrong')
  assert.equal(refusalOf(new Error('x')).code, 'internal')
})

test('a refusal of the sign-in gets one of our codes', () => {
  assert.equal(signInCode({ code: 'INVALID_EMAIL_OR_PASSWORD', status: 401 }), 'sign-in-wrong')
  assert.equal(signInCode({ code: 'too-many-requests', status: 429 }), 'too-many-requests')
  assert.equal(signInCode({ code: 'NEVER_HEARD', status: 400 }), 'internal')
  assert.equal(signInCode({ status: 401 }), 'not-signed-in')
})

test('a known reason is said instead of the general sentence', () => {
  const general = refusalText(english, { code: 'not-allowed', details: { reason: 'no words for this' } })
  const precise = refusalText(english, { code: 'not-allowed', details: { reason: 'second-factor-needed' } })
  assert.equal(general, en['problem.not-allowed'])
  assert.match(precise, /second factor/)
  assert.equal(refusalText(english, { code: 'never-heard', details: {} }), en['problem.internal'])
})

test('every problem of the node has words in every language', async () => {
  for (const language of languages) {
    const texts = (await import(`../texts/${language}.json`, { with: { type: 'json' } })).default as Texts
    for (const code of Object.keys(problemCodes)) assert.ok(texts[`problem.${code}`], `${language} ${code}`)
  }
})
