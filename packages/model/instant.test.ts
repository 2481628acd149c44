/** Times are read exactly or not at all. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { earliestMs, formatInstant, formatLocal, latestMs, parseInstant, parseOffset } from './instant.ts'

test('what is written is read back to the millisecond', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: earliestMs, max: latestMs - 1 }),
      fc.integer({ min: -720, max: 840 }),
      (ms, offset) => {
        assert.equal(parseInstant(formatInstant(ms)), ms)
        const whole = Math.floor(ms / 1000) * 1000
        assert.equal(parseInstant(formatLocal(whole, offset)), whole)
      },
    ),
  )
})

test('fractions keep their milliseconds', () => {
  for (const digits of ['1', '57', '290', '001', '9999'])
    assert.equal(
      parseInstant(`2020-01-01T00:00:00.${digits}Z`),
      Date.UTC(2020, 0, 1) + Number(`${digits}00`.slice(0, 3)),
    )
})

test('dates that do not exist are no times', () => {
  for (const text of [
    '2023-02-29',
    '2024-04-31',
    '2024-13-01',
    '2024-00-10',
    '2024-01-01T25:00Z',
    '2024-01-01T23:60Z',
    '24-01-01',
    'now',
    '',
  ])
    assert.ok(Number.isNaN(parseInstant(text)), text)
  assert.ok(!Number.isNaN(parseInstant('2024-02-29')))
})

test('the first century is not taken for the twentieth', () => {
  assert.ok(parseInstant('0099-06-01') < earliestMs)
})

test('a time without a zone is taken in the zone given', () => {
  assert.equal(parseInstant('2024-01-01T07:00', 420), Date.UTC(2024, 0, 1))
  assert.equal(parseInstant('2024-01-01T07:00+06:30', 420), Date.UTC(2024, 0, 1, 0, 30))
  assert.equal(parseOffset('-0330'), -210)
  assert.ok(Number.isNaN(parseOffset('+7')))
})
