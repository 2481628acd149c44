/** Tests of reading portal exports, on invented readings. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, gather, readText, sourceOf } from '../reading-test.ts'
import { mrcExport } from './reader.ts'

const level = 'mrc-export-2023/water-level/LA_013901_Pakse.csv'

test('kind, station and procedure come from folder and file name', async () => {
  const { series } = await readText(mrcExport, level, 'date,value\n2001-05-01,1.25\n')
  assert.deepEqual(
    [...series.values()],
    [
      {
        key: 'LA_013901|water-level|manual',
        station: 'LA_013901',
        stationName: 'Pakse',
        property: 'water-level',
        unit: 'm',
        procedure: 'manual',
        aggregation: 'instantaneous',
        cadenceSeconds: 86_400,
        columns: { time: 'date', value: 'value' },
      },
    ],
  )
})

test('a bare date is the reading of 07:00 local time', async () => {
  const all = await readText(mrcExport, level, 'date,value\n2001-05-01,1.25\n2001-05-02,-0.5')
  assert.deepEqual(
    all.values.map(({ time, value, line }) => [time, value, line]),
    [
      ['2001-05-01T00:00:00.000Z', 1.25, 2],
      ['2001-05-02T00:00:00.000Z', -0.5, 3],
    ],
  )
  assert.deepEqual(all.notices, [])
})

test('stamps are UTC although the portal labels them UTC+07:00, and that is said once', async () => {
  const all = await readText(mrcExport, level, 'time,value\n2006-09-01T00:00,1\n2006-09-01T12:00,2\n')
  assert.deepEqual(
    all.values.map(({ time }) => time),
    ['2006-09-01T00:00:00.000Z', '2006-09-01T12:00:00.000Z'],
  )
  assert.deepEqual(codesOf(all), ['time-zone-corrected'])
})

test('the file as the portal gives it is read too, in the zone the profile says', async () => {
  const name = 'up/rainfall-telemetry/CN_092600_Jinghong.csv'
  const text = '# made up\nTimestamp (UTC+07:00),Value (mm),Grade\n2010-07-31 13:15:00,0.2,1\n'
  const all = await readText(mrcExport, name, text)
  assert.deepEqual(
    all.values.map(({ time, line }) => [time, line]),
    [['2010-07-31T13:15:00.000Z', 3]],
  )
  assert.deepEqual(codesOf(all), ['time-zone-corrected', 'unknown-column'])
  const kept = await gather(mrcExport.read(sourceOf(name, text), { stampZone: '+07:00' }))
  assert.deepEqual(
    kept.values.map(({ time }) => time),
    ['2010-07-31T06:15:00.000Z'],
  )
  assert.deepEqual(codesOf(kept), ['unknown-column'])
})

test('bad lines are refused one by one with their place, and the rest is read', async () => {
  const text =
    'date,value\r\n2001-05-01,#DIV/0!\r\n2001-02-30,1\r\nyesterday,2\r\n2001-05-02,\r\n2001-05-03,3\r\n2001-05-04,4,5\r\n1700-01-01,6\r\n'
  const all = await readText(mrcExport, level, text)
  assert.deepEqual(
    all.values.map(({ value }) => value),
    [3],
  )
  assert.equal(all.refused, 5)
  assert.deepEqual(
    all.notices.map(({ code, line, column, read }) => [code, line, column, read]),
    [
      ['malformed-number', 2, 'value', '#DIV/0!'],
      ['impossible-date', 3, 'date', '2001-02-30'],
      ['malformed-time', 4, 'date', 'yesterday'],
      ['wrong-cell-count', 7, undefined, '3 cells'],
      ['time-out-of-range', 8, 'date', '1700-01-01'],
    ],
  )
})

test('other folders, other names and other heads are not taken for exports', () => {
  const head = new TextEncoder().encode('date,value\n')
  assert.equal(mrcExport.recognise(level, head).confidence, 1)
  assert.equal(mrcExport.recognise('x/water-level/LA_013901_Pakse.csv', head).confidence, 0.9)
  assert.equal(mrcExport.recognise('historic/water-level/Koh-Khel.csv', head).confidence, 0)
  assert.equal(mrcExport.recognise(level, new TextEncoder().encode('a,b\n')).confidence, 0)
})

test('an empty file and a file without values are told', async () => {
  assert.deepEqual(codesOf(await readText(mrcExport, level, '')), ['empty-file'])
  assert.deepEqual(codesOf(await readText(mrcExport, level, 'date,value\n')), ['no-values'])
})
