/** Tests of the descriptive statistics; references computed with numpy 2.4 by the commands given. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { aggregate, aggregation } from './aggregation.ts'
import { annualExtremes } from './annual-extremes.ts'
import { calendarColumns, civilDate, dayNumber, dayOfLeapYear, localDay } from './calendar.ts'
import { climatology, climatologyRow } from './climatology.ts'
import { downsampling } from './downsampling.ts'
import { flowDurationCurve } from './flow-duration.ts'
import { percentileRank } from './percentile-rank.ts'
import { quantile, sortedPresent, weibullPositions, weibullQuantile } from './quantile.ts'

const f = (...values: number[]) => Float64Array.from(values)
const near = (actual: number, expected: number, tolerance = 1e-10) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`)
const indochina = { zoneHours: 7, dayStartHour: 0 }
const at = (text: string) => Date.parse(text)

const sample = f(12.5, 3.1, 8.8, NaN, 99.0, 45.2, 17.6, 17.6, 28.9, 0.4, 63.3, 21.7)

test('quantiles of type 7 and of Weibull equal those of numpy', () => {
  // numpy.quantile(x, [0, .05, .1, .5, .77, .95, 1]) and the same with method='weibull'
  const sorted = sortedPresent(sample)
  const type7 = [0.4, 1.75, 3.1, 17.6, 40.31, 81.15, 99.0]
  const weibull = [0.4, 0.4, 0.94, 17.6, 49.544, 99.0, 99.0]
  for (const [k, p] of [0, 0.05, 0.1, 0.5, 0.77, 0.95, 1].entries()) {
    near(quantile(sorted, p), type7[k])
    near(weibullQuantile(sorted, p), weibull[k])
  }
  assert.ok(Number.isNaN(quantile(f(), 0.5)))
  assert.deepEqual([...weibullPositions(4)], [0.2, 0.4, 0.6, 0.8])
})

test('the flow duration curve gives the value exceeded a share of the time', () => {
  // nine values: exceedance 1/10, 5/10, 9/10 are the highest, the middle and the lowest
  const curve = flowDurationCurve(f(5, 1, 9, 3, NaN, 7, 2, 8, 4, 6), [0.1, 0.5, 0.9])
  assert.deepEqual(
    [...curve].map((value) => Math.round(value * 1e9) / 1e9),
    [9, 5, 1],
  )
})

test('calendar and Date agree on every day from 1600 to 2400', () => {
  for (let day = -135_140; day < 157_000; day++) {
    const date = new Date(day * 86_400_000)
    const civil = civilDate(day)
    assert.ok(
      civil.year === date.getUTCFullYear() &&
        civil.month === date.getUTCMonth() + 1 &&
        civil.day === date.getUTCDate(),
      `day ${day}`,
    )
    assert.equal(dayNumber(civil.year, civil.month, civil.day), day)
  }
})

test('the 366-day calendar keeps 29 February as 60 and 1 March as 61', () => {
  assert.equal(dayOfLeapYear(2, 29), 60)
  assert.equal(dayOfLeapYear(3, 1), 61)
  assert.equal(dayOfLeapYear(12, 31), 366)
  const times = f(at('2023-02-28T17:00Z'), at('2024-02-28T17:00Z'), at('2024-02-28T16:59Z'))
  const { years, slots } = calendarColumns(times, indochina)
  assert.deepEqual([...years], [2023, 2024, 2024])
  assert.deepEqual([...slots], [61, 60, 59])
})

test('a day that begins at 07:00 holds the night before', () => {
  const reading = at('2020-05-02T06:59:00+07:00')
  assert.equal(localDay(reading, { zoneHours: 7, dayStartHour: 7 }), dayNumber(2020, 5, 1))
  assert.equal(localDay(reading + 60_000, { zoneHours: 7, dayStartHour: 7 }), dayNumber(2020, 5, 2))
})

/** Nine years of a made series; the same integers are made in the Python below. */
function madeSeries() {
  let state = 12345
  const n = 365 * 9 + 2
  const times = new Float64Array(n)
  const values = new Float64Array(n)
  for (let i = 0; i < n; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    times[i] = at('1998-12-31T17:00Z') + i * 86_400_000
    values[i] = (state % 10_000) / 100 + civilDate(localDay(times[i], indochina)).month * 3
  }
  return { times, values }
}

test('climatology percentiles equal numpy over the same window, over New Year and on 29 February too', () => {
  // s = (s*1664525+1013904223) % 2**32; v = (s%10000)/100 + month*3; day slots counted in the year 2000;
  // numpy.percentile(v[isin(slot, slot-5..slot+5)], [10, 50, 90])
  const { times, values } = madeSeries()
  const { years, slots } = calendarColumns(times, indochina)
  const table = climatology(values, years, slots, { halfWindow: 5, percentiles: [10, 50, 90] })
  const expected = new Map([
    [1, [17.342, 68.2, 117.818]],
    [60, [16.017, 59.25, 91.879]],
    [200, [30.684, 76.52, 113.304]],
    [366, [19.786, 73.07, 122.234]],
  ])
  for (const [slot, row] of expected) {
    for (const [p, value] of row.entries()) near(climatologyRow(table, slot)[p], value)
    assert.equal(table.years[slot - 1], 9)
  }
})

test('climatology counts the years that have values and leaves empty windows missing', () => {
  const table = climatology(f(1, 2, NaN), Int32Array.of(2000, 2001, 2002), Uint16Array.of(100, 101, 100), {
    halfWindow: 1,
    percentiles: [50],
  })
  assert.deepEqual(
    [98, 99, 100, 101, 102].map((slot) => table.years[slot - 1]),
    [0, 1, 2, 2, 1],
  )
  assert.equal(table.table[99], 1.5)
  assert.ok(Number.isNaN(table.table[97]))
})

test('percentile rank interpolates, stays within the row and is the inverse of the row', () => {
  const percentiles = [0, 10, 50, 90, 100]
  const row = [1, 2, 4, 8, 9]
  assert.equal(percentileRank(3, row, percentiles), 30)
  assert.equal(percentileRank(0, row, percentiles), 0)
  assert.equal(percentileRank(99, row, percentiles), 100)
  assert.equal(percentileRank(8, row, percentiles), 90)
  assert.equal(percentileRank(0, [0, 0, 0, 5, 9], percentiles), 25, 'ties take their middle')
  assert.ok(Number.isNaN(percentileRank(NaN, row, percentiles)))
})

test('annual extremes keep a flood season whole and tell incomplete years', () => {
  const times: number[] = []
  const values: number[] = []
  for (let day = dayNumber(2000, 4, 1); day < dayNumber(2002, 1, 15); day++) {
    times.push(day * 86_400_000 - 7 * 3_600_000)
    values.push(day === dayNumber(2000, 9, 3) ? 12 : day === dayNumber(2001, 2, 2) ? 11 : 5)
  }
  const extremes = annualExtremes(Float64Array.from(times), Float64Array.from(values), {
    extreme: 'highest',
    firstMonth: 4,
    boundary: indochina,
    completeness: 0.9,
  })
  assert.deepEqual(
    extremes.map(({ year, value, days, complete }) => [year, value, days, complete]),
    [
      [2000, 12, 365, true],
      [2001, 5, 289, false],
    ],
  )
  assert.equal(new Date(extremes[0].time).toISOString(), '2000-09-02T17:00:00.000Z')
})

test('aggregation to days of 07:00, months and years counts, sums and keeps the extremes', () => {
  const times = f(
    at('2020-01-31T06:00+07:00'),
    at('2020-01-31T08:00+07:00'),
    at('2020-02-01T06:30+07:00'),
    at('2020-02-01T07:00+07:00'),
  )
  const values = f(1, 2, NaN, 4)
  const days = aggregate(times, values, 'day', { zoneHours: 7, dayStartHour: 7 })
  assert.deepEqual(
    [...days.times].map((t) => new Date(t).toISOString()),
    ['2020-01-30T00:00:00.000Z', '2020-01-31T00:00:00.000Z', '2020-02-01T00:00:00.000Z'],
  )
  assert.deepEqual([...days.counts], [1, 1, 1])
  const months = aggregate(times, values, 'month', indochina)
  assert.deepEqual([...months.sums], [3, 4])
  assert.deepEqual([...months.means], [1.5, 4])
  assert.deepEqual([...months.lowest, ...months.highest], [1, 4, 2, 4])
  assert.equal(aggregate(times, values, 'year', indochina).counts[0], 3)
  assert.equal(aggregate(times, values, 'hour', indochina).times.length, 3)
})

test('a sum of very many small values loses nothing', () => {
  const values = new Float64Array(100_000).fill(0.1)
  const { sums } = aggregate(
    values.map((_, i) => i),
    values,
    'year',
    indochina,
  )
  assert.equal(sums[0], 10_000)
})

test('aggregation in blocks equals aggregation at once', () => {
  const { times, values } = madeSeries()
  const blocks = aggregation('month', indochina)
  for (let i = 0; i < times.length; i += 97) blocks.add(times.subarray(i, i + 97), values.subarray(i, i + 97))
  assert.deepEqual(blocks.finish(), aggregate(times, values, 'month', indochina))
})

test('downsampling keeps first, lowest, highest and last of each part, in order, and breaks at gaps', () => {
  const times = Float64Array.from({ length: 12 }, (_, i) => i)
  const values = f(5, 9, 1, 4, NaN, NaN, NaN, NaN, 2, 2, 2, 2)
  const sampler = downsampling(0, 12, 3)
  sampler.add(times.subarray(0, 3), values.subarray(0, 3))
  sampler.add(times.subarray(3), values.subarray(3))
  const { times: keptTimes, values: kept } = sampler.finish()
  assert.deepEqual([...keptTimes], [0, 1, 2, 3, 7, 8, 11])
  assert.deepEqual([...kept], [5, 9, 1, 4, NaN, 2, 2])
})

test('downsampling never loses the extremes and does not depend on the blocks', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 200 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 50 }),
      (list, buckets, block) => {
        const values = Float64Array.from(list)
        const times = values.map((_, i) => i * 10)
        const whole = downsampling(0, times.length * 10, buckets)
        whole.add(times, values)
        const kept = whole.finish()
        assert.equal(Math.max(...kept.values), Math.max(...list))
        assert.equal(Math.min(...kept.values), Math.min(...list))
        assert.ok(kept.times.length <= 4 * buckets)
        assert.ok(kept.times.every((time, i) => i === 0 || time > kept.times[i - 1]))
        const parts = downsampling(0, times.length * 10, buckets)
        for (let i = 0; i < values.length; i += block)
          parts.add(times.subarray(i, i + block), values.subarray(i, i + block))
        assert.deepEqual(parts.finish(), kept)
      },
    ),
  )
})
