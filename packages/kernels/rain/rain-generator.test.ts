/** Generated rain has the climate it was asked for. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumber } from '../statistics/calendar.ts'
import { atSeason, generateRain, monthPosition } from './rain-generator.ts'

const all = (value: number) => new Array<number>(12).fill(value)
const climate = { wetAfterDry: all(0.2), wetAfterWet: all(0.6), wetDayMm: all(12), shape: 0.7 }
const parameters = { firstDay: dayNumber(2000, 1, 1), days: 60_000, correlation: 0.5, seed: 4 }
const near = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) < tolerance, `${actual} is not near ${expected}`)

test('rain has the wet-day share, the chain and the gamma amounts it was asked for', () => {
  const [rain] = generateRain([climate], parameters)
  const wet = rain.filter((amount) => amount > 0)
  // Richardson (1981): share of wet days = p01 / (1 + p01 - p11)
  near(wet.length / rain.length, 0.2 / (1 + 0.2 - 0.6), 0.01)
  const stayed = rain.filter((amount, i) => i > 0 && amount > 0 && rain[i - 1] > 0)
  near(stayed.length / wet.length, 0.6, 0.015)
  const mean = wet.reduce((a, b) => a + b) / wet.length
  near(mean, 12, 0.3)
  // Gamma: variance = mean^2 / shape
  near(wet.reduce((a, b) => a + (b - mean) ** 2, 0) / wet.length, 144 / 0.7, 12)
})

test('neighbouring sub-basins are wet together, and without correlation they are not', () => {
  const both = (correlation: number) => {
    const [a, b] = generateRain([climate, climate], { ...parameters, correlation })
    return a.filter((amount, i) => amount > 0 && b[i] > 0).length / a.length
  }
  near(both(0), (1 / 3) ** 2, 0.01)
  assert.ok(both(0.5) > 0.155)
})

test('a longer run and one more sub-basin leave the earlier rain as it was', () => {
  const short = generateRain([climate, climate], { ...parameters, days: 300 })
  const long = generateRain([climate, climate, climate], { ...parameters, days: 400 })
  assert.deepEqual(long[1].slice(0, 300), short[1])
})

test('the season is read from the middles of the months, over New Year too', () => {
  assert.ok(Math.abs(monthPosition(dayNumber(2023, 1, 16))) < 0.02)
  assert.ok(Math.abs(monthPosition(dayNumber(2023, 7, 16)) - 6) < 0.02)
  const months = [10, ...all(0).slice(0, 10), 20]
  near(atSeason(months, 11.5), 15, 1e-12)
  near(atSeason(months, monthPosition(dayNumber(2023, 12, 31))), 15, 0.3)
})
