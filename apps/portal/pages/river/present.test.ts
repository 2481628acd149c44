/** The verdict on the river, and the places of its stations and names. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeReader } from '../../shell/reader.ts'
import type { Station, WaterState } from '../../shell/told.ts'
import { riverAnswer, stations } from '../../test-data-river.ts'
import en from '../../texts/en.json' with { type: 'json' }
import {
  along,
  attention,
  borderLabels,
  borderTicks,
  breakKm,
  byWeight,
  countsOf,
  heightOf,
  heights,
  labels,
  mainStem,
  markLabel,
  reporting,
  verdictOf,
} from './present.ts'

const reader = makeReader({ language: 'en', theme: 'auto', calendar: 'gregory', ownNumerals: false }, en)
const standing = (state: WaterState, riverKm: number, more: Partial<Station['now']> = {}): Station => ({
  ...stations[0],
  id: `s${riverKm}`,
  riverKm,
  thresholds: [
    { level: 'alarm', property: 'water-level', value: 11, source: '' },
    { level: 'flood', property: 'water-level', value: 12, source: '' },
  ],
  now: { state, freshness: state === 'unknown' ? 'none' : 'fresh', simulated: false, ...more },
})

test('one station above a warning level decides the verdict, whatever the others say', () => {
  const calm = [1, 2, 3, 4].map((km) => standing('normal', km))
  assert.equal(verdictOf(calm), 'normal')
  assert.equal(verdictOf([...calm, standing('alarm', 9)]), 'alarm')
  assert.equal(verdictOf([...calm, standing('alarm', 9), standing('flood', 10)]), 'flood')
})

test('a river of which fewer than three stations speak is unknown, never normal', () => {
  assert.equal(verdictOf([standing('normal', 1), standing('normal', 2), standing('unknown', 3)]), 'unknown')
  assert.equal(verdictOf([]), 'unknown')
  const silent = [1, 2, 3].map((km) => standing('normal', km, { freshness: 'silent' }))
  assert.equal(verdictOf(silent), 'unknown')
})

test('without a majority the river is mixed', () => {
  const four = [standing('high', 1), standing('low', 2), standing('normal', 3), standing('below-normal', 4)]
  assert.equal(verdictOf(four), 'mixed')
  assert.equal(verdictOf([standing('low', 1), standing('below-normal', 2), standing('normal', 3)]), 'low')
})

test('attention goes first to floods, then to the upstream station', () => {
  const order = attention([
    standing('low', 5),
    standing('alarm', 100),
    standing('alarm', 900),
    standing('flood', 3),
    standing('normal', 4),
  ])
  assert.deepEqual(
    order.map(({ riverKm }) => riverKm),
    [3, 900, 100, 5],
  )
})

test('every level station is counted once, rain gauges are not', () => {
  const total = countsOf(stations).reduce((sum, { count }) => sum + count, 0)
  assert.equal(total, stations.filter(({ stationType }) => !/rain|weather/.test(stationType)).length)
  assert.ok(total < stations.length)
})

test('the line runs from the source to the sea without a jump where its scale changes', () => {
  assert.equal(along(4909, 4909), 0)
  assert.equal(along(0, 4909), 1)
  assert.ok(Math.abs(along(breakKm + 1e-9, 4909) - along(breakKm - 1e-9, 4909)) < 1e-9)
  assert.equal(along(5200, 4909), 0)
})

test('a station stands in its lane: percentiles below, alarm and flood by their own levels', () => {
  assert.equal(heightOf(standing('unknown', 1)), undefined)
  assert.equal(heightOf(standing('normal', 1, { percentile: 44 })), 44)
  assert.equal(heightOf(standing('normal', 1)), 50)
  const alarm = heightOf(standing('alarm', 1, { value: 11.5 })) ?? 0
  assert.ok(alarm > heights.alarm && alarm < heights.flood)
  const flood = heightOf(standing('flood', 1, { value: 40 })) ?? 0
  assert.ok(flood > heights.flood && flood < heights.top)
})

test('the urgent names are written first, then those of the large towns', () => {
  const { stations: all, line } = riverAnswer()
  const onPhone = (of: Station[]) =>
    labels(mainStem(of), line[0].km, reader, 320).map(({ station }) => station.id)
  assert.ok(onPhone(all).includes('TH_013801'), 'the station in flood')
  const calm = all.map((one) => ({
    ...one,
    now: { ...one.now, state: 'normal', freshness: 'fresh' } as const,
  }))
  assert.ok(onPhone(calm).includes('LA_011901'))
  assert.ok(onPhone(calm).includes('KH_019801'))
})

test('silent stations do not count as reporting, rain gauges not at all', () => {
  const told = [standing('normal', 3), standing('normal', 2, { freshness: 'silent' }), standing('unknown', 1)]
  assert.deepEqual(reporting([...told, { ...told[0], stationType: 'rain-gauge' }]), { speaking: 1, all: 3 })
})

test('what needs attention is drawn last, what is unknown first', () => {
  const order = byWeight([standing('flood', 3), standing('unknown', 2), standing('normal', 1)])
  assert.deepEqual(
    order.map(({ now }) => now.state),
    ['unknown', 'normal', 'flood'],
  )
})

test('states that meet at one place share one tick', () => {
  const ticks = borderTicks([
    { km: 2612, parties: ['cn', 'mm'] },
    { km: 2612, parties: ['la', 'mm'] },
    { km: 227, parties: ['kh', 'vn'] },
  ])
  assert.deepEqual(ticks, [
    { km: 2612, parties: ['cn', 'mm', 'la'] },
    { km: 227, parties: ['kh', 'vn'] },
  ])
})

test('a border without room has no words', () => {
  const near = borderLabels(
    [
      { km: 1000, parties: ['a', 'b'] },
      { km: 990, parties: ['c', 'd'] },
    ],
    4909,
    (id) => id.repeat(9),
    670,
  )
  assert.deepEqual(
    near.map(({ text, anchor }) => [text, anchor]),
    [['aaaaaaaaa · bbbbbbbbb', 'middle']],
  )
})

test('a mark says name, state, value, change and local time', () => {
  const label = markLabel(
    standing('alarm', 1, { value: 11.4, change24h: 0.2, time: '2026-08-20T00:00:00Z' }),
    reader,
  )
  assert.match(label, /Above alarm level · 11\.40 m · \+0\.20 in 24 h · 20 Aug 2026, 08:00 UTC\+8$/)
})
