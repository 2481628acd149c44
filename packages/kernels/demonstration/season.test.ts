/** The simulated season has the shape of the river and is the same everywhere. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { annualExtremes } from '../statistics/annual-extremes.ts'
import { civilDate, dayNumber } from '../statistics/calendar.ts'
import { type ZoneId, zones } from './basin-zones.ts'
import { type RiverNode, type SeasonParameters, simulateSeason } from './season.ts'

function node(
  id: string,
  areaKm2: number,
  latitudeDegrees: number,
  zone: ZoneId,
  downstream: number,
  travelDays: number,
): RiverNode {
  return { id, areaKm2, latitudeDegrees, ...zones[zone], downstream, travelDays, weight: 0.2 }
}

/** A coarse Mekong of 646,000 km2 (catchment areas of the gauges: MRC, rounded). */
const nodes: RiverNode[] = [
  node('plateau', 53_800, 31, 'plateau', 1, 4),
  node('upper gorge', 35_000, 26, 'plateau', 2, 2),
  node('Jinghong', 53_000, 23, 'gorge', 3, 1.5),
  node('Chiang Saen', 47_200, 21, 'north', 4, 2),
  node('Luang Prabang', 79_000, 20, 'north', 5, 2),
  node('Vientiane', 31_000, 18.5, 'north', 6, 2),
  node('Nakhon Phanom', 74_000, 17.5, 'east', 8, 2),
  node('Ubon', 120_000, 15.3, 'khorat', 8, 1),
  node('Pakse', 52_000, 15.5, 'east', 9, 1.5),
  node('Stung Treng', 90_000, 13.8, 'south', 10, 1),
  { ...node('Kratie', 11_000, 12.8, 'south', -1, 0), rating: [{ fromLevelM: 2, a: 135, h0: 2, b: 2 }] },
]
const parameters: SeasonParameters = {
  firstDay: dayNumber(2020, 1, 1),
  days: 6 * 365,
  readingsPerDay: 1,
  readingHour: 7,
  zoneHours: 7,
  correlation: 0.1,
  seed: 1,
}
const kratie = nodes.length - 1

test('the simulated Kratie is lowest around April and highest from July to October, in the size of the real one', () => {
  const { times, discharge, level } = simulateSeason(nodes, parameters)
  const flow = discharge[kratie]
  const boundary = { zoneHours: 7, dayStartHour: 0 }
  const means = Array.from({ length: 12 }, (_, m) => {
    const values = flow.filter((_, i) => civilDate(parameters.firstDay + i).month === m + 1)
    return values.reduce((a, b) => a + b) / values.length
  })
  const lowest = means.indexOf(Math.min(...means)) + 1
  const highest = means.indexOf(Math.max(...means)) + 1
  assert.ok(lowest >= 3 && lowest <= 5, `lowest month ${lowest}`)
  assert.ok(highest >= 8 && highest <= 9, `highest month ${highest}`)
  // Long-term means at Kratie are about 2,200 m3/s in April and 36,000 in September.
  assert.ok(means[3] > 1400 && means[3] < 2600, `April ${means[3]}`)
  const floods = annualExtremes(times, flow, {
    extreme: 'highest',
    firstMonth: 1,
    boundary,
    completeness: 0.9,
  })
  const peaks = floods.filter((year) => year.complete).map((year) => year.value)
  const meanPeak = peaks.reduce((a, b) => a + b) / peaks.length
  assert.ok(meanPeak > 33_000 && meanPeak < 50_000, `mean peak ${meanPeak}`)
  assert.ok(Math.min(...level[kratie]) > 4 && Math.max(...level[kratie]) < 26)
  assert.ok(Number.isNaN(level[0][0]), 'no level without a rating curve')
})

test('the same seed gives the same season, a longer run begins with it, another seed gives another', () => {
  const short = simulateSeason(nodes, { ...parameters, days: 100 })
  const long = simulateSeason(nodes, { ...parameters, days: 130 })
  assert.deepEqual(long.discharge[kratie].slice(0, 100), short.discharge[kratie])
  assert.deepEqual(long.rain[3].slice(0, 100), short.rain[3])
  const other = simulateSeason(nodes, { ...parameters, days: 100, seed: 2 })
  assert.notDeepEqual(other.discharge[kratie], short.discharge[kratie])
})

test('the season is frozen: a change of these numbers is a change of every demonstration', () => {
  const { discharge } = simulateSeason(nodes, { ...parameters, days: 240 })
  assert.deepEqual(
    [0, 120, 239].map((day) => discharge[kratie][day]),
    FROZEN,
  )
})
const FROZEN = [5423.9, 1831.7, 33614.1]

test('two readings a day hold the morning ones and lie between them in the evening', () => {
  const once = simulateSeason(nodes, { ...parameters, days: 50 })
  const twice = simulateSeason(nodes, { ...parameters, days: 50, readingsPerDay: 2 })
  assert.equal(new Date(twice.times[0]).toISOString(), '2020-01-01T00:00:00.000Z')
  assert.equal(new Date(twice.times[1]).toISOString(), '2020-01-01T12:00:00.000Z')
  for (let day = 0; day < 49; day++) {
    const [a, evening, b] = twice.discharge[kratie].slice(2 * day, 2 * day + 3)
    assert.equal(a, once.discharge[kratie][day])
    assert.ok(evening >= Math.min(a, b) && evening <= Math.max(a, b))
  }
  assert.deepEqual(twice.rain, once.rain)
})

test('nodes out of order are refused with the name of the node', () => {
  const wrong = nodes.map((given, i) => (i === 4 ? { ...given, downstream: 2 } : given))
  assert.throws(() => simulateSeason(wrong, parameters), /Luang Prabang/)
})
