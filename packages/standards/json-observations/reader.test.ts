/** Tests of reading observations as JSON. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codesOf, readText } from '../reading-test.ts'
import { jsonObservations } from './reader.ts'

const id = 'KH/LA_013901.water-level.manual'
const t1 = '2024-01-01T00:00:00Z'
const t2 = '2024-01-01T19:00:00+07:00'

test('blocks and single observations are read, flags by name or code', async () => {
  const body = {
    blocks: [{ series: id, times: [t1, t2], values: [1.5, null], flags: [1, 9] }],
    observations: [{ series: id, time: Date.UTC(2024, 0, 2), value: -2, flag: 'estimated' }],
  }
  const all = await readText(jsonObservations, 'b.json', JSON.stringify(body, null, 2))
  assert.deepEqual(
    all.values.map(({ key, time, value, flag }) => [key, time.slice(0, 16), value, flag]),
    [
      [id, '2024-01-01T00:00', 1.5, 1],
      [id, '2024-01-01T12:00', Number.NaN, 9],
      [id, '2024-01-02T00:00', -2, 8],
    ],
  )
  assert.deepEqual(all.series.get(id), {
    key: id,
    series: id,
    station: 'LA_013901',
    property: 'water-level',
    procedure: 'manual',
  })
  assert.deepEqual(all.notices, [])
})

test('what cannot be taken is refused item by item', async () => {
  const observations = [
    { series: id, time: '2024-01-01', value: 1 },
    { series: id, time: t1, value: '1' },
    { series: 5, time: t1, value: 1 },
    null,
    { series: id, time: '1700-01-01T00:00:00Z', value: 1 },
    { series: id, time: t1, value: 7, flag: 'odd' },
    { series: id, time: t1 },
  ]
  const blocks = [{ series: id, times: [t1], values: [] }]
  const all = await readText(jsonObservations, 'a.json', JSON.stringify({ blocks, observations }))
  assert.deepEqual(
    all.values.map(({ value, line }) => [value, line]),
    [[7, 6]],
  )
  assert.equal(all.refused, 7)
  assert.deepEqual(
    all.notices.map(({ code, line, column }) => [code, line, column]),
    [
      ['malformed-record', 1, 'blocks[0]'],
      ['malformed-time', 1, 'observations[0]'],
      ['malformed-number', 2, 'observations[1]'],
      ['malformed-record', 3, 'observations[2].series'],
      ['malformed-record', 4, 'observations[3].series'],
      ['time-out-of-range', 5, 'observations[4]'],
      ['unknown-flag', 6, 'observations[5]'],
      ['malformed-number', 7, 'observations[6]'],
    ],
  )
})

test('one observation a line is read as a stream; a broken line spoils itself only', async () => {
  const lines = [
    JSON.stringify({ series: id, time: t1, value: 1 }),
    '{"series":',
    '',
    JSON.stringify({ series: id, time: t2, value: 2 }),
  ]
  const all = await readText(jsonObservations, 'b.ndjson', lines.join('\n'))
  assert.deepEqual(
    all.values.map(({ value, line }) => [value, line]),
    [
      [1, 1],
      [2, 4],
    ],
  )
  assert.deepEqual(codesOf(all), ['malformed-json'])
  assert.equal(all.refused, 1)
})

test('broken or foreign JSON gives one notice', async () => {
  assert.deepEqual(codesOf(await readText(jsonObservations, 'a.json', '{"observations":[')), [
    'malformed-json',
  ])
  assert.deepEqual(codesOf(await readText(jsonObservations, 'a.json', '{"type":"FeatureCollection"}')), [
    'malformed-record',
  ])
  assert.deepEqual(codesOf(await readText(jsonObservations, 'a.json', '')), ['empty-file'])
})

test('GeoJSON and tables are not taken for observations', () => {
  const sure = (text: string) =>
    jsonObservations.recognise('a.json', new TextEncoder().encode(text)).confidence
  assert.equal(sure('{"type":"FeatureCollection","features":[]}'), 0)
  assert.equal(sure('date,value\n'), 0)
  assert.ok(sure('{ "blocks": [] }') > 0.8)
})
