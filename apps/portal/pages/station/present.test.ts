/** What the Station page makes of what the node tells. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages } from '@lanmei/model/language'
import { type ActionFunctionArgs, RouterContextProvider } from 'react-router'
import { doorsContext } from '../../shell/doors.ts'
import { makeReader } from '../../shell/reader.ts'
import type { Series } from '../../shell/told.ts'
import { areaFile, riverAnswer, stations } from '../../test-data-river.ts'
import en from '../../texts/en.json' with { type: 'json' }
import { readFlagForm, writeFlags } from './flagging.ts'
import {
  authorWritten,
  curlLine,
  datumKeys,
  downloads,
  factsOf,
  fromWallClock,
  hereOf,
  limitsOf,
  pickSeries,
  rainBeside,
  ribbonLine,
  viewOf,
  wallClock,
  windowOf,
} from './present.ts'

const reader = makeReader({ language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }, en)
const station = stations.find(({ id }) => id === 'LA_013901') ?? stations[0]
const series = (id: string, property: string, more: Partial<Series> = {}) =>
  ({
    id,
    property,
    count: 10,
    first: '1960-01-01T00:00:00Z',
    last: '2026-08-20T00:00:00Z',
    ...more,
  }) as Series
const nowMs = Date.parse('2026-08-20T06:00:00Z')
const dayMs = 86_400_000

test('the asked series is shown, else the one the state rests on, else level before rain', () => {
  const calm = { ...station, now: { ...station.now, series: undefined } }
  const all = [series('r', 'rainfall'), series('w', 'water-level')]
  assert.equal(pickSeries(all, calm, 'r')?.id, 'r')
  assert.equal(pickSeries(all, calm, 'unheard-of')?.id, 'w')
  assert.equal(pickSeries(all, { ...calm, now: { ...calm.now, series: 'r' } }, null)?.id, 'r')
  assert.equal(pickSeries([], calm, null), undefined)
})

test('rain hangs above anything but rain', () => {
  const all = [series('r', 'rainfall'), series('w', 'water-level')]
  assert.equal(rainBeside(all, all[1])?.id, 'r')
  assert.equal(rainBeside(all, all[0]), undefined)
  assert.equal(rainBeside([series('r', 'rainfall', { count: 0 }), all[1]], all[1]), undefined)
})

test('a living series reaches to now, an ended one to its end', () => {
  assert.equal(limitsOf(series('w', 'water-level'), nowMs).to, nowMs + dayMs)
  const ended = limitsOf(series('w', 'water-level', { last: '1994-12-31T00:00:00Z' }), nowMs)
  assert.equal(ended.to, Date.parse('1995-01-01T00:00:00Z'))
})

test('the stretch of the address is kept, nonsense falls back to the last year', () => {
  const limits = limitsOf(series('w', 'water-level'), nowMs)
  const asked = windowOf(limits, '2000-01-01', '2001-01-01')
  assert.equal(asked.from, Date.UTC(2000, 0, 1))
  assert.equal(windowOf(limits, '2001-01-01', '2000-01-01').to, limits.to)
  assert.equal(windowOf(limits, 'x', null).to - windowOf(limits, 'x', null).from, 365 * dayMs)
  assert.ok(windowOf(limits, '1700-01-01', '1701-01-01').from >= limits.from)
})

test('facts leave out what is not known', () => {
  const terms = factsOf(station, { drainageAreaKm2: 545000 }, { party: 'Lao PDR' }, reader)
  assert.ok(terms.some(({ text }) => text === '86.490 m'))
  assert.ok(terms.some(({ text }) => text === '545,000 km²'))
  assert.ok(!terms.some(({ term }) => term === 'Owner'))
})

test('a tributary station stands at the mouth of its river, one at the coast nowhere', () => {
  const { sourceKm, line } = ribbonLine(riverAnswer(), reader)
  const at = (id: string) => hereOf(stations.find((one) => one.id === id) ?? station, sourceKm)
  assert.equal(at('TH_UBON')?.at.toFixed(3), line.places.find(({ id }) => id === 'TH_013801')?.at.toFixed(3))
  assert.equal(at('VN_71580'), undefined)
})

test('wall-clock times of a station become instants and back', () => {
  assert.equal(fromWallClock('2026-08-20T07:00', 'Asia/Vientiane'), Date.parse('2026-08-20T00:00:00Z'))
  assert.equal(fromWallClock('2026-08-20T06:30', 'Asia/Yangon'), Date.parse('2026-08-20T00:00:00Z'))
  assert.equal(wallClock(Date.parse('2026-08-20T00:00:00Z'), 'Asia/Vientiane'), '2026-08-20T07:00')
  assert.ok(Number.isNaN(fromWallClock('yesterday', 'Asia/Vientiane')))
})

test('a judgement needs an order of times, a known flag and a comment', () => {
  const form = (fields: Record<string, string>) => {
    const data = new FormData()
    const all = {
      zone: 'Asia/Vientiane',
      series: 'w',
      from: '2026-08-01T07:00',
      to: '2026-08-02T07:00',
      flag: 'bad',
      comment: 'ice',
    }
    for (const [name, value] of Object.entries({ ...all, ...fields })) data.set(name, value)
    return readFlagForm(data)
  }
  assert.deepEqual(form({}), {
    series: 'w',
    from: '2026-08-01T00:00:00.000Z',
    to: '2026-08-02T00:00:00.000Z',
    flag: 'bad',
    comment: 'ice',
  })
  assert.deepEqual(form({ to: '2026-07-01T07:00' }), { done: false, reason: 'range' })
  assert.deepEqual(form({ to: '' }), { done: false, reason: 'range' })
  assert.deepEqual(form({ flag: 'dubious' }), { done: false, reason: 'flag' })
  assert.deepEqual(form({ comment: '  ' }), { done: false, reason: 'comment' })
})

test('every form of the data has an address, and the shell line quotes it', () => {
  const { address } = downloads('a b.c', { from: 0, to: dayMs })[0]
  assert.equal(
    address,
    '/api/series/a%20b.c/observations?from=1970-01-01T00%3A00Z&to=1970-01-02T00%3A00Z&format=csv',
  )
  assert.equal(
    curlLine('http://node.test', 'w.1'),
    "curl -o w.1.csv 'http://node.test/api/series/w.1/observations?format=csv'",
  )
})

test('an unknown view is the history', () => {
  assert.equal(viewOf('statistics'), 'statistics')
  assert.equal(viewOf('nothing'), 'history')
  assert.equal(viewOf(null), 'history')
})

test('a refusal by the node is told to the form, not thrown away with what was typed', async () => {
  const form = new FormData()
  const fields = {
    zone: 'UTC',
    series: 'w',
    from: '2026-08-01T07:00',
    to: '2026-08-02T07:00',
    flag: 'bad',
    comment: 'ice',
  }
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  const context = new RouterContextProvider()
  context.set(doorsContext, {
    fetch: async () => Response.json({ code: 'not-allowed', reference: 'r1' }, { status: 403 }),
  })
  const request = new Request('http://portal.test/stations/x', { method: 'POST', body: form })
  const result = await writeFlags({ request, context, params: {} } as unknown as ActionFunctionArgs)
  assert.deepEqual(result, {
    done: false,
    reason: 'refused',
    refusal: { code: 'not-allowed', details: { status: 403, reference: 'r1' } },
  })
})

test('an author is shown by role, a program by its name', () => {
  assert.equal(authorWritten('role:la-officer#p-12ab'), 'la-officer')
  assert.equal(authorWritten('demonstration'), 'demonstration')
})

test('every datum of the catalogue has words in every language, another one stays English', () => {
  const told = new Set(stations.flatMap(({ gaugeZero }) => (gaugeZero ? [gaugeZero.datum] : [])))
  assert.ok(told.size > 0)
  for (const language of languages) {
    const words = areaFile(`texts/${language}`)
    for (const datum of told) assert.ok(words[`datum.${datumKeys[datum]}`], `${language} ${datum}`)
  }
  const strange = { ...station, gaugeZero: { heightM: 1, datum: 'Ha Tien 1960', source: '' } }
  const fact = factsOf(strange, {}, { party: 'x' }, reader).find(({ detail }) => detail === 'Ha Tien 1960')
  assert.equal(fact?.detailLang, 'en')
})
