/** Loads: rates, ends, and notices as a file that a spreadsheet opens safely. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '@lanmei/model/language'
import { noticeCodes } from '@lanmei/model/notice'
import { makeReader, type Texts } from '../../shell/reader.ts'
import en from '../../texts/en.json' with { type: 'json' }
import {
  bytesText,
  codesOf,
  isUnderWay,
  leftText,
  type Notice,
  noticesCsv,
  placeText,
  progressOf,
} from './present.ts'

const english = makeReader({ language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }, en)
const startedAt = '2026-08-20T00:00:00Z'
const after = (seconds: number) => Date.parse(startedAt) + seconds * 1000

test('a running load has a rate and an end; one that waits has neither', () => {
  const load = { bytes: 4000, bytesRead: 1000, startedAt, state: 'running' } as const
  assert.deepEqual(progressOf(load, after(10)), { share: 0.25, bytesPerSecond: 100, secondsLeft: 30 })
  assert.deepEqual(progressOf({ ...load, state: 'waiting' }, after(10)), { share: 0.25 })
  assert.deepEqual(progressOf({ ...load, bytes: 0 }, after(0)), { share: undefined })
  assert.deepEqual(progressOf({ ...load, state: 'done' }, after(10)), { share: 1 })
})

test('waiting, running and interrupted loads go on by themselves', () => {
  assert.ok(isUnderWay({ state: 'waiting' }) && isUnderWay({ state: 'running' }))
  assert.ok(isUnderWay({ state: 'interrupted' }) && !isUnderWay({ state: 'done' }))
})

test('sizes and times are rounded to what one wants to know', () => {
  assert.equal(bytesText(812, english), '812 B')
  assert.equal(bytesText(1_440_000, english), '1.4 MB')
  assert.equal(bytesText(812_345, english), '812 kB')
  assert.match(leftText(42, english), /45/)
  assert.match(leftText(600, english), /10/)
})

test('what refused something stands first', () => {
  const counts = {
    notices: { 'unit-converted': 900, 'malformed-number': 2, 'unknown-column': 5, 'impossible-date': 7 },
  }
  const severities = {
    'unit-converted': 'info',
    'malformed-number': 'error',
    'unknown-column': 'warning',
    'impossible-date': 'error',
  }
  assert.deepEqual(
    codesOf({ counts } as never, severities).map(([code]) => code),
    ['impossible-date', 'malformed-number', 'unknown-column', 'unit-converted'],
  )
})

test('the place of a notice is its line and column', () => {
  assert.equal(placeText({ line: 1204, column: 'value' }, english), 'line 1204, column value')
  assert.equal(placeText({}, english), '')
})

test('notices become CSV that a spreadsheet reads in the right script and cannot be made to calculate', () => {
  const notice: Notice = {
    code: 'malformed-number',
    severity: 'error',
    file: 'a,b.csv',
    line: 3,
    column: 'value',
    read: '=1+1',
    expected: 'a "number"',
    refused: 1,
    load: 1,
    at: startedAt,
  }
  const [head, line, end] = noticesCsv([notice, { ...notice, read: '-3.5' }], english).split('\r\n')
  assert.ok(head.startsWith('\uFEFF'))
  assert.match(line, /^"a,b\.csv",3,value,,[^,]+,malformed-number,[^,]+,'=1\+1,"a ""number""",1$/)
  assert.match(end, /,-3\.5,/)
})

test('every notice has words in every language', async () => {
  for (const language of languages) {
    const texts = (await import(`../../texts/${language}.json`, { with: { type: 'json' } })).default as Texts
    for (const code of Object.keys(noticeCodes)) assert.ok(texts[`notice.${code}`], `${language} ${code}`)
  }
})
