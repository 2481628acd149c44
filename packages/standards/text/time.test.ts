/** Tests of reading times from bytes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseInstant } from '@lanmei/model/instant'
import fc from 'fast-check'
import { parseZoned, type TimeFormat, timeParser } from './time.ts'

const read = (text: string, format: TimeFormat = 'iso', ahead = 0) => {
  const bytes = new TextEncoder().encode(text)
  return { ...timeParser(format, ahead)(bytes, 0, bytes.length) }
}
const ms = (text: string, format?: TimeFormat) => read(text, format).ms

const two = (low: number, high: number) =>
  fc.integer({ min: low, max: high }).map((n) => String(n).padStart(2, '0'))

test('an ISO time is read as the model reads it, also where the day does not exist', () => {
  const zone = fc.constantFrom('', 'Z', '+07:00', '-0330')
  const clock = fc.option(fc.tuple(two(0, 25), two(0, 61), fc.option(two(0, 61)), zone))
  const year = fc.integer({ min: 1800, max: 2199 })
  const parser = timeParser('iso')
  fc.assert(
    fc.property(year, two(0, 13), two(0, 32), clock, (y, m, d, c) => {
      const text = `${y}-${m}-${d}${c ? `T${c[0]}:${c[1]}${c[2] === null ? '' : `:${c[2]}`}${c[3]}` : ''}`
      const bytes = new TextEncoder().encode(text)
      assert.ok(Object.is(parser(bytes, 0, bytes.length).ms, parseInstant(text)), text)
    }),
    { numRuns: 20_000 },
  )
})

test('a day that does not exist is told from text that is no date', () => {
  assert.equal(read('2001-02-29').fault, 'impossible-date')
  assert.equal(read('2001-13-01').fault, 'impossible-date')
  assert.equal(read('2001-01-01T25:00').fault, 'impossible-date')
  for (const text of [
    '',
    'x',
    '2001-1-1',
    '2001-01-01T',
    '2001-01-01T1',
    '2001-01-01 10:00 x',
    '2001/01/01',
    '2001-01-0:',
  ])
    assert.equal(read(text).fault, 'malformed-time', text)
})

test('hour 24 is the end of the day, also at the end of a year', () => {
  assert.equal(ms('2001-12-31T24:00'), Date.UTC(2002, 0, 1))
  assert.ok(Number.isNaN(ms('2001-12-31T24:01')))
})

test('dates with the day or the month first are read in the order asked for', () => {
  assert.equal(ms('3/4/2001', 'dmy'), Date.UTC(2001, 3, 3))
  assert.equal(ms('3/4/2001', 'mdy'), Date.UTC(2001, 2, 4))
  assert.equal(ms('31.12.1999 7:05', 'dmy'), Date.UTC(1999, 11, 31, 7, 5))
  assert.equal(ms('2001/4/3', 'ymd'), Date.UTC(2001, 3, 3))
  assert.equal(read('13/13/2001', 'dmy').fault, 'impossible-date')
  for (const text of ['3/4/01', '3/4-2001', '3/4', '3//2001', '123/4/2001'])
    assert.equal(read(text, 'dmy').fault, 'malformed-time', text)
})

test('AM and PM are understood, 12 AM being midnight', () => {
  assert.equal(ms('3/4/2001 12:00 AM', 'mdy'), Date.UTC(2001, 2, 4))
  assert.equal(ms('3/4/2001 12:30:15 pm', 'mdy'), Date.UTC(2001, 2, 4, 12, 30, 15))
  assert.ok(Number.isNaN(ms('3/4/2001 13:00 PM', 'mdy')))
})

test('Buddhist years lie 543 ahead, and leap days follow the common calendar', () => {
  assert.equal(read('29/02/2543', 'dmy', 543).ms, Date.UTC(2000, 1, 29))
  assert.equal(read('29/02/2544', 'dmy', 543).fault, 'impossible-date')
})

test('compact, month, Excel and Unix forms are read', () => {
  assert.equal(ms('20010403', 'compact'), Date.UTC(2001, 3, 3))
  assert.equal(ms('200104031530', 'compact'), Date.UTC(2001, 3, 3, 15, 30))
  assert.equal(ms('1961-02', 'month'), Date.UTC(1961, 1, 1))
  // Excel counts 36892 for 1 January 2001.
  assert.equal(ms('36892', 'excel-serial'), Date.UTC(2001, 0, 1))
  assert.equal(ms('36892.25', 'excel-serial'), Date.UTC(2001, 0, 1, 6))
  assert.equal(ms('978307200', 'unix-seconds'), Date.UTC(2001, 0, 1))
  assert.equal(ms('978307200500', 'unix-milliseconds'), Date.UTC(2001, 0, 1) + 500)
})

test('random bytes never make a parser throw, in any format', () => {
  const formats = ['iso', 'dmy', 'mdy', 'ymd', 'month', 'compact', 'excel-serial', 'unix-seconds'] as const
  fc.assert(
    fc.property(fc.constantFrom(...formats), fc.uint8Array({ maxLength: 40 }), (format, bytes) => {
      const { ms: found, fault } = timeParser(format)(bytes, 0, bytes.length)
      assert.equal(Number.isNaN(found), fault !== undefined)
    }),
  )
})

test('a machine must name the zone', () => {
  assert.equal(parseZoned('2001-01-01T00:00:00+07:00'), Date.UTC(2000, 11, 31, 17))
  assert.ok(Number.isNaN(parseZoned('2001-01-01T00:00:00')))
  assert.ok(Number.isNaN(parseZoned('2001-01-01')))
})
