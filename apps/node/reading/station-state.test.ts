/** States of stations: old is never now, unknown is never normal, warnings come before what is usual. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { KeptSeries } from './catalogue.ts'
import { mainSeries } from './main-series.ts'
import { matches } from './search.ts'
import { freshnessOf, type Newest, stationState } from './station-state.ts'

const percentiles = [0, 5, 10, 25, 50, 75, 90, 95, 100]
const usual = { years: 30, percentiles, row: [0, 1, 2, 3, 4, 5, 6, 7, 8] }
const newest: Newest = {
  series: 's',
  simulated: false,
  ms: 0,
  value: 4,
  flag: 1,
  freshness: 'fresh',
  thresholds: [],
  usual,
}
const stateOf = (changes: Partial<Newest>) => stationState({ ...newest, ...changes }).state
const level = (name: string, value: number) => [{ level: name, property: 'water-level', value, source: '' }]

test('the climatology tells low from high', () => {
  const states = [0.5, 2, 3, 4, 5, 5.5, 7, 7.5].map((value) => stateOf({ value }))
  assert.deepEqual(states, [
    'low',
    'below-normal',
    'normal',
    'normal',
    'normal',
    'above-normal',
    'above-normal',
    'high',
  ])
})

test('warning levels hold from the level on, the flood before the alarm', () => {
  const thresholds = [...level('alarm', 6), ...level('flood', 7)]
  assert.deepEqual(
    [5.9, 6, 7].map((value) => stateOf({ value, thresholds })),
    ['above-normal', 'alarm', 'flood'],
  )
  assert.equal(stateOf({ value: 4, thresholds: level('low', 4) }), 'low')
})

test('without climatology and below the warning levels the state is unknown, not normal', () => {
  assert.equal(stateOf({ usual: undefined, thresholds: level('alarm', 9) }), 'unknown')
  assert.equal(stateOf({ usual: { ...usual, years: 4 } }), 'unknown')
  assert.equal(stateOf({ usual: { ...usual, row: usual.row.map(() => Number.NaN) } }), 'unknown')
})

test('an old value is shown with its time but is no state of now', () => {
  const { state, value, freshness } = stationState({
    ...newest,
    freshness: 'silent',
    thresholds: level('flood', 1),
  })
  assert.deepEqual([state, value, freshness], ['unknown', 4, 'silent'])
})

test('a bad or missing value gives no state', () => {
  assert.equal(stateOf({ flag: 4 }), 'unknown')
  assert.equal(stateOf({ value: null, flag: 9 }), 'unknown')
})

test('freshness goes by the interval of the series', () => {
  assert.deepEqual(
    [0, 2, 2.1, 3, 3.1].map((age) => freshnessOf(age, 1)),
    ['fresh', 'fresh', 'late', 'late', 'silent'],
  )
})

function series(id: string, fields: Record<string, unknown>, lastMs: number): KeptSeries {
  const standard = { origin: 'observed', property: 'water-level', procedure: 'manual', cadenceSeconds: 3600 }
  return {
    id,
    fields: { ...standard, ...fields },
    state: { rows: 5, firstMs: 0, lastMs },
  } as unknown as KeptSeries
}

test('the main series is observed, living, a level, read by hand', () => {
  const now = 1e12
  const choose = (...all: KeptSeries[]) => mainSeries(all, now)?.id
  assert.equal(choose(series('simulated', { origin: 'simulated' }, now), series('old', {}, 0)), 'old')
  assert.equal(choose(series('silent', {}, 0), series('living', { procedure: 'telemetry' }, now)), 'living')
  assert.equal(choose(series('q', { property: 'discharge' }, now), series('h', {}, now)), 'h')
  assert.equal(choose(series('rain', { property: 'rainfall' }, now), series('h', {}, 0)), 'h')
  assert.equal(choose(series('t', { procedure: 'telemetry' }, now), series('m', {}, now - 1)), 'm')
  assert.equal(choose(series('a', { procedure: 'a' }, now - 1), series('b', { procedure: 'b' }, now)), 'b')
  assert.equal(mainSeries([], now), undefined)
})

test('search takes parts of words in any script, without the accents of Latin letters', () => {
  const name = { en: 'Tan Chau', vi: 'Tân Châu', km: 'តាន់ចូវ', th: 'เตินเจิว' }
  for (const question of ['tan ch', 'TÂN', 'ចូវ', 'เจิว', '019803'])
    assert.ok(matches(question, name, ['VN_019803']), question)
  assert.ok(!matches('chau doc', name, []))
  // In Thai and Khmer marks are vowels: without them it is another word.
  assert.ok(!matches('เจว', name, []))
})
