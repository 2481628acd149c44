/** Texts, numbers and times as each language writes them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Language } from '@lanmei/model/language'
import en from '../texts/en.json' with { type: 'json' }
import type { Preferences } from './preferences.ts'
import { makeReader, type Texts } from './reader.ts'

const chosen = (language: Language, more: Partial<Preferences> = {}): Preferences => ({
  language,
  theme: 'auto',
  calendar: 'gregory',
  ownNumerals: false,
  ...more,
})
const texts = async (language: Language): Promise<Texts> =>
  (await import(`../texts/${language}.json`, { with: { type: 'json' } })).default

test('numbers and times follow the numerals and the calendar the reader chose', async () => {
  const ms = Date.UTC(2026, 7, 20, 0, 0)
  const burmese = makeReader(chosen('my', { ownNumerals: true }), await texts('my'))
  assert.equal(burmese.number(12.5, 1), '၁၂.၅')
  const thai = makeReader(chosen('th', { calendar: 'buddhist' }), await texts('th'))
  assert.match(thai.day(ms, 'Asia/Bangkok'), /2569/)
  const english = makeReader(chosen('en'), en)
  assert.match(english.time(ms, 'Asia/Vientiane'), /^20 Aug 2026, 07:00 UTC\+7$/)
  assert.match(english.utc(ms), /00:00 UTC$/)
})

test('what is not known is a dash, never a zero', () => {
  const english = makeReader(chosen('en'), en)
  assert.equal(english.number(null), '–')
  assert.equal(english.number(Number.NaN), '–')
  assert.equal(english.number(undefined), '–')
})

test('a change carries its sign', () => {
  const english = makeReader(chosen('en'), en)
  assert.equal(english.signed(0.25), '+0.25')
  assert.equal(english.signed(-1.5, 1), '−1.5')
  assert.equal(english.signed(0), '±0.00')
})

test('a name in another language says which', () => {
  const lao = makeReader(chosen('lo'), {}, en)
  assert.deepEqual(lao.name({ en: 'Pakse', lo: 'ປາກເຊ' }), { text: 'ປາກເຊ' })
  assert.deepEqual(lao.name({ en: 'Pakse' }), { text: 'Pakse', lang: 'en' })
  assert.deepEqual(lao.name(undefined, 'pakse'), { text: 'pakse' })
})

test('each language groups and points its numbers in its own way', async () => {
  const written = async (language: Language) =>
    makeReader(chosen(language), await texts(language)).number(-12345.678, 1)
  assert.equal(await written('en'), '−12,345.7')
  assert.equal(await written('vi'), '−12.345,7')
  assert.equal(makeReader(chosen('en'), en).number(-0.001), '0.00')
})

test('half-hour zones are told as such', () => {
  assert.match(makeReader(chosen('en'), en).time(0, 'Asia/Yangon'), /06:30 UTC\+6:30$/)
})

test('long ago is told in months and years', () => {
  const english = makeReader(chosen('en'), en)
  const nowMs = Date.UTC(2026, 10, 21)
  const ago = (days: number) => english.ago(nowMs - days * 86_400_000, nowMs)
  assert.equal(ago(45), '45 days ago')
  assert.equal(ago(120), '4 months ago')
  assert.equal(ago(3612), '9 years ago')
})
