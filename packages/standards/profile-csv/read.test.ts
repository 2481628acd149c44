/** Tests of the table engine, on invented tables. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@lanmei/model/problem'
import { codesOf, gather, sourceOf } from '../reading-test.ts'
import { mostColumns } from '../text/cells.ts'
import { type CsvProfile, checkProfile } from './profile.ts'
import { readCsv } from './read.ts'

const plain: CsvProfile = {
  time: { column: 'time', zone: '+07:00' },
  series: { station: 'X', property: 'water-level', procedure: 'manual' },
  columns: { values: [{ column: 'value' }] },
}
const read = (text: string | Uint8Array, profile: CsvProfile = plain) =>
  gather(readCsv(sourceOf('a/b.csv', text), checkProfile(profile)))

test('stamps without a zone are taken in the zone of the profile, others in their own', async () => {
  const all = await read('time,value\n2001-01-01T07:00,1\n2001-01-01T07:00Z,2\n2001-01-01,3\n')
  assert.deepEqual(
    all.values.map(({ time }) => time.slice(0, 16)),
    ['2001-01-01T00:00', '2001-01-01T07:00', '2000-12-31T17:00'],
  )
})

test('one series a line: station, property, unit and flag from columns', async () => {
  const profile: CsvProfile = {
    time: { column: 'when', format: 'dmy', clock: 'clock', zone: '+07:00' },
    series: { procedure: 'manual' },
    columns: { station: 'site', property: 'what', unit: 'unit', value: 'v', flag: 'q' },
    flags: { E: 8 },
    missing: ['-', '-9999'],
  }
  const all = await read(
    'site,what,unit,when,clock,v,q\nA,water-level,m,31/12/2001,07:00,1.5,E\nB,rainfall,mm,31/12/2001,19:30,-,\nA,water-level,m,1/1/2002,07:00,-9999,what?\n',
    profile,
  )
  assert.deepEqual(
    all.values.map(({ key, time, value, flag, line }) => [key, time.slice(0, 16), value, flag, line]),
    [
      ['A|water-level|manual', '2001-12-31T00:00', 1.5, 8, 2],
      ['A|water-level|manual', '2002-01-01T00:00', Number.NaN, 0, 4],
      ['B|rainfall|manual', '2001-12-31T12:30', Number.NaN, 0, 3],
    ],
  )
  assert.equal(all.series.get('B|rainfall|manual')?.unit, 'mm')
  assert.deepEqual(codesOf(all), ['unknown-flag'])
})

test('semicolons, decimal commas, comments and a head further down', async () => {
  const profile: CsvProfile = {
    separator: ';',
    decimal: ',',
    comment: '#',
    headerLine: 3,
    time: { column: 1, format: 'dmy', zone: '+07:00', dayReadAt: '07:00' },
    columns: { values: [{ column: 2, series: { station: 'S' } }] },
  }
  const all = await read('Trạm;;\n\nNgày;Mực nước (cm)\n# note\n01/02/2020;-12,5\n', profile)
  assert.deepEqual(
    all.values.map(({ time, value, line }) => [time.slice(0, 16), value, line]),
    [['2020-02-01T00:00', -12.5, 5]],
  )
})

test('a table without a head is read by numbers of columns', async () => {
  const profile: CsvProfile = {
    headerLine: 0,
    time: { column: 2, format: 'unix-seconds', zone: 'Z' },
    columns: { values: [{ column: 1, series: { station: 'S' } }] },
  }
  assert.deepEqual(
    (await read('5.5,978307200\n', profile)).values.map(({ time, value }) => [time.slice(0, 10), value]),
    [['2001-01-01', 5.5]],
  )
})

test('Latin-1 text is read and said to be guessed', async () => {
  const latin = Buffer.from('time,value,caf\xe9\n2001-01-01T00:00,1,x\n', 'latin1')
  const all = await read(latin)
  assert.equal(all.values.length, 1)
  assert.deepEqual(codesOf(all), ['encoding-guessed', 'unknown-column'])
  assert.equal(all.notices[1].column, 'café')
})

test('cells in quotation marks are read, also over line ends, and later lines keep their numbers', async () => {
  const all = await read('time,value,note\n2001-01-01T00:00,"1.5","a\nb ""c"", d"\n"2001-01-02T00:00",2,\n')
  assert.deepEqual(
    all.values.map(({ value, line }) => [value, line]),
    [
      [1.5, 2],
      [2, 4],
    ],
  )
})

test('a quotation that is never closed spoils its line only', async () => {
  const rest = Array.from({ length: 3000 }, (_, i) => `${2000 + (i % 100)}-01-01T00:00,${i}`).join('\n')
  const all = await read(`time,value\n2001-01-01T00:00,"1\n${rest}\n`)
  assert.equal(all.values.length, 3000)
  assert.equal(all.refused, 1)
  assert.deepEqual(codesOf(all), ['unclosed-quote'])
})

test('a line with a million columns is refused and the rest is read', async () => {
  const wide = `2001-01-02T00:00${',1'.repeat(mostColumns)}`
  const million = `2001-01-02T00:00${',1'.repeat(1_000_000)}`
  const all = await gather(
    readCsv(sourceOf('a.csv', `time,value\n${wide}\n${million}\n2001-01-03T00:00,3\n`, 1 << 16), plain),
  )
  assert.deepEqual(
    all.values.map(({ value, line }) => [value, line]),
    [[3, 4]],
  )
  assert.deepEqual(
    all.notices.map(({ code, line, refused }) => [code, line, refused]),
    [
      ['too-many-columns', 2, mostColumns],
      ['line-too-long', 3, 1_000_000],
    ],
  )
})

test('a million-column head is refused', async () => {
  assert.deepEqual(codesOf(await read(`time${',a'.repeat(30_000)}\n1,2\n`)), ['too-many-columns'])
})

test('without a column that is needed nothing is read and every line counts as refused', async () => {
  const all = await read('when,value\n2001-01-01,1\n2001-01-02,2\n')
  assert.deepEqual([all.values.length, all.refused], [0, 2])
  assert.equal(all.notices[0].code, 'missing-column')
  assert.equal(all.notices[0].expected, 'time')
})

test('a line with fewer cells than the head is refused: it was torn, or its values have slipped', async () => {
  const profile: CsvProfile = { time: { column: 't', zone: 'Z' }, columns: { wide: {} } }
  const all = await read('t,A,B\n2001-01-01,1,2\n2001-01-02,3\n2001-01-03,4,5,,\n', profile)
  assert.deepEqual(all.values.map(({ value }) => value).sort(), [1, 2, 4, 5])
  assert.deepEqual(
    all.notices.map(({ code, line, refused }) => [code, line, refused]),
    [['wrong-cell-count', 3, 1]],
  )
})

test('a zip named .csv is told to be no text', async () => {
  const all = await read(Buffer.from('504b030414000000', 'hex'))
  assert.deepEqual(codesOf(all), ['binary-content'])
})

test('the values given plus the values refused are the filled cells, whatever they hold', async () => {
  const cells = ['1', '2.5', 'x', '', '1e999', '-', '#REF!', '0', ' ', '7']
  const times = ['2001-01-01', '2001-02-30', '', 'x', '2001-01-02T12:00', '9999-01-01']
  const profile: CsvProfile = { time: { column: 't', zone: 'Z' }, columns: { wide: {} } }
  const lines: string[] = []
  let filled = 0
  for (let i = 0; i < 500; i++) {
    const row = [0, 1, 2].map((c) => cells[(i * 7 + c * 3) % cells.length])
    filled += row.filter((cell) => cell.trim() !== '').length
    lines.push([times[i % times.length], ...row].join(','))
  }
  const all = await read(`t,A,B,C\n${lines.join('\n')}`, profile)
  assert.equal(all.values.length + all.refused, filled)
})

test('buffers are not used again after they were given', async () => {
  const lines = Array.from({ length: 40_000 }, (_, i) => `${i},${i}`).join('\n')
  const profile: CsvProfile = {
    headerLine: 0,
    time: { column: 1, format: 'unix-seconds', zone: 'Z' },
    columns: { values: [{ column: 2, series: { station: 'S' } }] },
  }
  const columns: Float64Array[] = []
  for await (const event of readCsv(sourceOf('a', lines, 4096), profile))
    if (event.type === 'values') columns.push(event.values)
  assert.deepEqual(
    columns.map((c) => c.length),
    [16_384, 16_384, 7232],
  )
  assert.deepEqual(
    columns.flatMap((c) => [...c]),
    Array.from({ length: 40_000 }, (_, i) => i),
  )
})

test('a profile that does not fit its schema is a problem of the request', () => {
  for (const bad of [
    null,
    { colums: {} },
    { time: { column: 'a', zone: 'local' } },
    { file: { pattern: '(' } },
  ])
    assert.throws(
      () => checkProfile(bad),
      (error) => isProblem(error) && error.code === 'profile-invalid',
    )
})
