/** Uploading: what survives a reload, and a guessed profile as questions and answers. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeReader } from '../../shell/reader.ts'
import {
  answersOf,
  answersWrong,
  assumed,
  changed,
  givenByFile,
  isSure,
  kept,
  newsIn,
  offsetOf,
  type Preview,
  rateOf,
  readKept,
  type Transfer,
  withAnswers,
  zoneChoices,
  zoneOfOffset,
} from './present.ts'

const transfer: Transfer = { key: 'k', name: 'a.csv', sizeBytes: 100, sentBytes: 0, state: 'sending' }
const profile = {
  guessed: true,
  separator: ';',
  decimal: ',',
  time: { column: 'Ngày', format: 'dmy', zone: '+07:00', dayReadAt: '07:00' },
  series: { property: 'water-level' },
  columns: { values: [{ column: 'H' }] },
}
const preview: Preview = {
  id: 'u',
  name: 'a.csv',
  sizeBytes: 100,
  complete: true,
  format: 'profile-csv',
  confidence: 0.3,
  profile,
  reasons: [
    { code: 'separator', read: ';' },
    { code: 'question-station' },
    { code: 'question-date-order', read: 'dmy' },
  ],
  head: [],
  rows: [],
  notices: [],
}

test('what arrived survives a reload, what was under way does not pretend to', () => {
  const list = [
    transfer,
    { ...transfer, key: 'l', state: 'arrived' as const, upload: 'u1', sentBytes: 100 },
    { ...transfer, key: 'm', state: 'loading' as const, upload: 'u2', load: 7, sentBytes: 100 },
  ]
  const back = readKept(kept(list))
  assert.deepEqual(
    back.map(({ key, state, load }) => [key, state, load]),
    [
      ['l', 'arrived', undefined],
      ['m', 'loading', 7],
    ],
  )
  assert.equal(back[0].sentBytes, 100)
  assert.deepEqual(readKept('{broken'), [])
  assert.deepEqual(readKept('[1,null]'), [])
})

test('a file chosen again takes the place of the one that was lost', () => {
  const lost = changed([], { type: 'add', transfer: { ...transfer, state: 'lost' } })
  const again = changed(lost, { type: 'add', transfer })
  assert.deepEqual(
    again.map(({ state }) => state),
    ['sending'],
  )
  assert.deepEqual(changed(again, { type: 'set', key: 'k', to: { sentBytes: 50 } })[0].sentBytes, 50)
  assert.deepEqual(changed(again, { type: 'remove', key: 'k' }), [])
})

test('the rate counts only what went over the line this time', () => {
  const resumed = { ...transfer, sentBytes: 80, since: { ms: 0, bytes: 60 } }
  assert.equal(rateOf(resumed, 2000), 10)
  assert.equal(rateOf(resumed, 500), undefined)
})

test('a guessed profile becomes answers, and the answers a confirmed profile', () => {
  const answers = answersOf(profile)
  assert.deepEqual(answers, {
    station: '',
    property: 'water-level',
    unit: '',
    procedure: 'manual',
    zone: '+07:00',
    format: 'dmy',
    separator: ';',
    decimal: ',',
  })
  const confirmed = withAnswers(profile, {
    ...answers,
    station: ' TH_1 ',
    unit: 'cm',
    zone: '+06:30',
    decimal: '.',
  })
  assert.deepEqual(confirmed, {
    separator: ';',
    time: { column: 'Ngày', format: 'dmy', zone: '+06:30', dayReadAt: '07:00' },
    series: { property: 'water-level', station: 'TH_1', unit: 'cm', procedure: 'manual' },
    columns: { values: [{ column: 'H' }] },
  })
})

test('what the file does not say is asked for, what its columns say is not', () => {
  assert.deepEqual(Object.keys(answersWrong(profile, answersOf(profile))).sort(), ['station', 'unit'])
  const wide = { ...profile, series: { unit: 'm', property: 'water-level' }, columns: { wide: {} } }
  assert.deepEqual([...givenByFile(wide)], ['station'])
  assert.deepEqual(answersWrong(wide, answersOf(wide)), {})
  assert.deepEqual([...assumed(preview)], ['station', 'format'])
})

test('only a format known for sure is loaded without questions', () => {
  assert.equal(isSure(preview), false)
  assert.equal(isSure({ ...preview, format: 'mrc-export', profile: null, confidence: 0.95 }), true)
  assert.equal(isSure({ ...preview, format: null, profile: null, confidence: 0 }), false)
})

test('zones are offered once each, with those who use them', () => {
  const english = makeReader({ language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }, {})
  const parties = [
    { id: 'la', name: { en: 'Lao PDR' }, timeZone: 'Asia/Vientiane' },
    { id: 'mm', name: { en: 'Myanmar' }, timeZone: 'Asia/Yangon' },
    { id: 'th', name: { en: 'Thailand' }, timeZone: 'Asia/Bangkok' },
  ]
  assert.deepEqual(zoneChoices(parties, english, 0), [
    ['+06:30', 'UTC+06:30 · Myanmar'],
    ['+07:00', 'UTC+07:00 · Lao PDR, Thailand'],
    ['Z', 'UTC'],
  ])
  assert.equal(offsetOf('UTC', 0), 'Z')
})

test('what the form asks for anyway is no notice, what stands in a line is', () => {
  const notices = [
    { code: 'unknown-property', severity: 'error', refused: 0 },
    { code: 'malformed-number', severity: 'error', refused: 1, line: 22 },
  ] as Preview['notices']
  assert.deepEqual(
    newsIn({ ...preview, notices }).map(({ code }) => code),
    ['malformed-number'],
  )
  assert.equal(newsIn({ ...preview, profile: null, notices }).length, 2)
})

test('a zone of a profile shows times as people there read them', () => {
  const vietnamese = makeReader(
    { language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false },
    {},
  )
  const at = (zone: string) => vietnamese.time(Date.UTC(2021, 0, 1), zoneOfOffset(zone))
  assert.match(at('+07:00'), /07:00 UTC\+7$/)
  assert.match(at('+06:30'), /06:30 UTC\+6:30$/)
  assert.match(at('-03:00'), /31 Dec 2020, 21:00 UTC−3$/)
  for (const zone of ['Z', '+00:00', '+05:45', 'nonsense']) assert.match(at(zone), /00:00 UTC$/, zone)
})
