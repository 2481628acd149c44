/** Tests of the checks that look at whole series. The real cases are those that the basin collection describes. */
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { dailyGrid } from './daily-grid.ts'
import { dateShifts } from './date-shift.ts'
import { datumJumps } from './datum-jump.ts'
import { fitRiverModel, riverConsistency } from './river-consistency.ts'
import { straightLine } from './straight-line.ts'

const DAY = 86_400_000
const collection = new URL('../../../../shared/data/hydro/', import.meta.url)
const skip = existsSync(collection) ? false : 'the basin collection (../shared/data/hydro) is not here'
const day = (time: number) => new Date(time).toISOString().slice(0, 10)

function readColumns(path: string): { times: Float64Array; columns: Map<string, Float64Array> } {
  const [head, ...lines] = readFileSync(new URL(path, collection), 'utf8').trim().split('\n')
  const cells = lines.map((line) => line.split(','))
  const times = Float64Array.from(cells, ([at]) => Date.parse(at.length === 10 ? at : `${at}Z`))
  const names = head.trim().split(',').slice(1)
  const read = (k: number) =>
    Float64Array.from(cells, (row) => (row[k + 1]?.trim() ? Number(row[k + 1]) : NaN))
  return { times, columns: new Map(names.map((name, k) => [name, read(k)])) }
}
function readSeries(path: string) {
  const { times, columns } = readColumns(path)
  return { times, values: columns.get('value') as Float64Array }
}

/** A river-like daily series: seasons and floods, the same on every run. */
function river(n: number): Float64Array {
  let state = 12345
  let flood = 0
  return Float64Array.from({ length: n }, (_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    flood = flood * 0.8 + (state % 7 === 0 ? (state % 1000) / 700 : 0)
    return 5 + 3 * Math.sin((2 * Math.PI * i) / 365) + flood
  })
}

test('a lasting jump is found at its first value and a short flood is not a jump', () => {
  const values = river(1000).map((value, i) =>
    i >= 400 && i < 700 ? value + 100 : i > 200 && i < 206 ? 90 : value,
  )
  const times = values.map((_, i) => i * DAY)
  const { jumps, segments } = datumJumps(times, values, { shift: 50, window: 30 })
  assert.deepEqual(
    jumps.map((jump) => [jump.index, Math.round(jump.shift / 10)]),
    [
      [400, 10],
      [700, -10],
    ],
  )
  assert.deepEqual(
    segments.map((segment) => [segment.first, segment.last, Math.round(segment.offset / 10)]),
    [
      [0, 399, 0],
      [400, 699, 10],
      [700, 999, 0],
    ],
  )
})

test('Kontum stands 512 m higher from 1995-01-01 and 500 m lower again from 2009-06-01 local time', {
  skip,
}, () => {
  const { times, values } = readSeries('mrc-export-2023/water-level/VN_440201_Kontum.csv')
  const { jumps } = datumJumps(times, values, { shift: 50, window: 30 })
  assert.equal(day(jumps[0].time), '1995-01-01')
  assert.ok(Math.abs(jumps[0].shift - 512) < 1)
  assert.equal(day(jumps[1].time + 7 * 3_600_000), '2009-06-01')
  assert.ok(Math.abs(jumps[1].shift + 500) < 1)
})

test('Duc Xuyen stands 411 m higher from 1995-01-01 and falls near zero in 2013', { skip }, () => {
  const { times, values } = readSeries('mrc-export-2023/water-level/VN_450701_Duc-Xuyen.csv')
  const { jumps } = datumJumps(times, values, { shift: 50, window: 30 })
  assert.equal(day(jumps[0].time), '1995-01-01')
  assert.ok(Math.abs(jumps[0].shift - 411) < 1)
  assert.equal(day(jumps[1].time), '2013-04-15')
})

test('the main-stem gauges have no datum jump', { skip }, () => {
  for (const name of ['KH_014901_Kratie', 'LA_013901_Pakse', 'TH_010501_Chiang-Saen']) {
    const { times, values } = readSeries(`mrc-export-2023/water-level/${name}.csv`)
    assert.deepEqual(datumJumps(times, values, { shift: 50, window: 30 }).jumps, [])
  }
})

test('a few readings of the old datum after the jump, or of the new one before it, do not move it', () => {
  const early = [385, 392]
  const late = [404, 405, 411]
  const values = river(800).map((value, i) =>
    (i >= 400 && !late.includes(i)) || early.includes(i) ? value + 100 : value,
  )
  const times = values.map((_, i) => i * DAY)
  const { jumps } = datumJumps(times, values, { shift: 50, window: 30 })
  assert.deepEqual(
    jumps.map((jump) => jump.index),
    [400],
  )
})

const shiftDefaults = { maximumLag: 3, windowDays: 60, strideDays: 10, correlation: 0.6, margin: 0.3 }

test('a made date shift of two days against a station one day upstream is found to the week', () => {
  const upstream = river(1200)
  const own = upstream.map((_, i) => upstream[Math.max(0, i - 1)] * 1.1)
  const values = own.map((value, i) => (i >= 500 && i < 800 ? own[i - 2] : value))
  const { usualLag, shifts } = dateShifts(values, upstream, shiftDefaults)
  assert.equal(usualLag, 1)
  assert.equal(shifts.length, 1)
  assert.equal(shifts[0].daysLate, 2)
  assert.ok(Math.abs(shifts[0].first - 500) < 7 && Math.abs(shifts[0].last - 799) < 7)
  assert.deepEqual(dateShifts(own, upstream, shiftDefaults).shifts, [])
})

test('Pakse in the flood-management set is dated one day late from 29 February to the end of 2008', {
  skip,
}, () => {
  const { times, columns } = readColumns('fmmp-2000-2014/water-level-daily.csv')
  const pakse = readSeries('mrc-export-2023/water-level/LA_013901_Pakse.csv')
  const copy = dailyGrid(pakse.times, pakse.values, times[0], times.length)
  const { usualLag, shifts } = dateShifts(columns.get('LA_013901') as Float64Array, copy, shiftDefaults)
  assert.equal(usualLag, 0)
  assert.deepEqual(
    shifts.map((shift) => shift.daysLate),
    [1],
  )
  // The river stood still on the first days and the last: nothing can be said about them.
  assert.ok(Math.abs(times[shifts[0].first] - Date.parse('2008-02-29')) <= 3 * DAY)
  assert.ok(Math.abs(times[shifts[0].last] - Date.parse('2008-12-31')) <= 7 * DAY)
})

test('the straight-line segments of the filled daily means are found, all and no others', { skip }, () => {
  const { times, columns } = readColumns('daily-mean-levels-filled/levels-daily.csv')
  const listed = readFileSync(
    new URL('daily-mean-levels-filled/straight-line-segments.csv', collection),
    'utf8',
  )
  const found: string[] = []
  for (const [name, values] of columns) {
    const mask = straightLine(times, values, { count: 7, tolerance: 1e-6, resolution: 0 })
    for (let i = 0; i < mask.length; i++) {
      if (!mask[i]) continue
      const first = i
      while (mask[i + 1]) i++
      found.push(`${name},${day(times[first])},${day(times[i])},${i - first + 1}`)
    }
  }
  assert.deepEqual(found, listed.trim().split(/\r?\n/).slice(1))
})

test('a downstream value that does not fit the river above is marked, although the fit has seen it', () => {
  const upstream = river(1000)
  const down = upstream.map((_, i) => {
    const above = upstream[Math.max(0, i - 2)]
    return 1 + 0.9 * above + 0.02 * above * above + 0.02 * Math.sin(i * 1.7)
  })
  const bad = down.map((value, i) => (i >= 300 && i < 330 ? value + 2 : value))
  const upstreams = [{ values: upstream, lag: 2 }]
  const model = fitRiverModel(bad, upstreams)
  assert.ok(model)
  // The factors the series was made with.
  assert.ok(Math.abs(model.coefficients[1] - 0.9) < 0.03 && Math.abs(model.coefficients[2] - 0.02) < 0.003)
  const mask = riverConsistency(bad, upstreams, model, { deviations: 6, atLeast: 1 })
  assert.deepEqual([mask.indexOf(1), mask.lastIndexOf(1), mask.reduce((a, b) => a + b)], [300, 329, 30])
  assert.equal(fitRiverModel(bad.subarray(0, 25), upstreams), undefined, 'too little to fit')
})
