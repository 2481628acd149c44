/** What copies and neighbours say of a series. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Daily } from './daily.ts'
import { dateVerdict, type Witness } from './dates.ts'
import { type PlacedSeries, witnessesOf } from './neighbours.ts'
import { riverVerdict } from './river.ts'
import { travelLag } from './travel-lag.ts'

const days = 2000
const parameters = { maximumLag: 3, windowDays: 60, strideDays: 10, correlation: 0.6, margin: 0.3 }

/** A river that rises and falls by chance, the same every time; stations show it some days later. */
function riverLevels(seed: number): Float64Array {
  let state = seed
  const chance = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  let flood = 0
  return Float64Array.from({ length: days + 20 }, (_, i) => {
    flood = 0.9 * flood + (chance() < 0.15 ? 2 * chance() : 0)
    return 5 + 3 * Math.sin((2 * Math.PI * i) / 365) + flood
  })
}
const river = riverLevels(7)
const station = (lag: number): Daily => ({ firstDay: 0, values: river.slice(10 - lag, 10 - lag + days) })
const witness = (series: string, place: Witness['place'], daily: Daily): Witness => ({ series, place, daily })
const count = (marks: Uint8Array, from = 0, to = marks.length) =>
  marks.subarray(from, to).reduce((sum, mark) => sum + mark, 0)
/** The same readings a day late between two days. */
function late(daily: Daily, from: number, to: number): Daily {
  const values = daily.values.slice()
  for (let i = from; i < to; i++) values[i] = daily.values[i - 1]
  return { ...daily, values }
}

describe('travel time', () => {
  test('is learned from the changes, in both directions', () => {
    assert.equal(travelLag(station(3).values, station(0).values, 0, 5).lag, 3)
    assert.equal(travelLag(station(0).values, station(2).values, -5, 0).lag, -2)
  })
})

describe('wrong dates', () => {
  test('are found by a copy alone', () => {
    const { days: found } = dateVerdict(
      late(station(1), 800, 1100),
      [witness('copy', 'copy', station(1))],
      parameters,
    )
    assert.ok(count(found, 800, 1100) > 280)
    assert.ok(count(found) < 320)
  })

  test('are found by two neighbours, and are the fault of the series they agree against', () => {
    const shifted = late(station(1), 800, 1100)
    const above = witness('above', 'upstream', station(0))
    const below = witness('below', 'downstream', station(3))
    assert.ok(count(dateVerdict(shifted, [above, below], parameters).days, 800, 1100) > 280)
    const others = [witness('shifted', 'downstream', shifted), witness('below', 'downstream', station(3))]
    assert.equal(count(dateVerdict(station(0), others, parameters).days), 0)
  })

  test('are not concluded from one neighbour', () => {
    const one = [witness('above', 'upstream', station(0))]
    assert.equal(count(dateVerdict(late(station(1), 800, 1100), one, parameters).days), 0)
  })
})

describe('a level that does not fit its neighbours', () => {
  const lags = { from: 0, to: 5 }
  const back = { from: -5, to: 0 }
  const limits = { deviations: 6, atLeast: 1 }
  const lifted = (daily: Daily, by: number): Daily => ({
    ...daily,
    values: daily.values.map((value, i) => (i >= 900 && i < 960 ? value + by : value)),
  })
  const neighbours = [
    { series: 'above', daily: station(0), lags },
    { series: 'below', daily: station(3), lags: back },
  ]

  test('is found where two of them say so', () => {
    const { days: found, learned } = riverVerdict(lifted(station(1), 2), neighbours, limits)
    assert.ok(count(found, 900, 960) > 50)
    assert.equal(count(found), count(found, 900, 960))
    assert.deepEqual(
      learned.map(({ lag }) => lag),
      [1, -2],
    )
  })

  test('is not held against a station because of a neighbour', () => {
    const wrong = [{ ...neighbours[0], daily: lifted(station(0), 1.5) }, neighbours[1]]
    assert.equal(count(riverVerdict(station(1), wrong, limits).days), 0)
  })
})

describe('choosing witnesses', () => {
  const year = 365 * 86_400_000
  const series = (id: string, more: Partial<PlacedSeries>): PlacedSeries => ({
    id,
    station: id,
    property: 'water-level',
    procedure: 'manual',
    river: 'mekong',
    firstMs: 0,
    lastMs: 10 * year,
    count: 3650,
    ...more,
  })
  const rules = { line: ['mekong'], withinKm: 500, stations: 2, asTaken: ['manual'] }
  const me = series('me', { riverKm: 1000 })
  const ids = (list: PlacedSeries[]) => list.map(({ id }) => id)

  test('takes near stations with much time in common, on both sides', () => {
    const all = [
      me,
      series('short', { riverKm: 1010, lastMs: year }),
      series('near', { riverKm: 1100 }),
      series('nearer', { riverKm: 1050 }),
      series('far', { riverKm: 1600 }),
      series('below', { riverKm: 900 }),
      series('tide', { riverKm: 950, tidal: true }),
      series('flow', { riverKm: 990, property: 'discharge' }),
    ]
    const found = witnessesOf(me, all, rules)
    assert.deepEqual(ids(found.upstream), ['nearer', 'near'])
    assert.deepEqual(ids(found.downstream), ['below'])
  })

  test('takes the readings themselves as witness for a compilation, never the other way round', () => {
    const list = series('list', { station: 'me', procedure: 'list', riverKm: 1000 })
    assert.deepEqual(ids(witnessesOf(list, [me, list], rules).copy), ['me'])
    assert.deepEqual(ids(witnessesOf(me, [me, list], rules).copy), [])
  })

  test('looks on a tributary only among stations of the same river', () => {
    const here = series('here', { river: 'sekong', riverKm: 668 })
    const all = [here, series('there', { river: 'sekong', riverKm: 668 }), series('stem', { riverKm: 668 })]
    assert.deepEqual(ids(witnessesOf(here, all, rules).beside), ['there'])
  })
})
