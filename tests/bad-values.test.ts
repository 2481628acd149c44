/** Numbers and times that are none: each is refused with its place, the rows around it are stored. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Bench, kratieLevels, kratieSeries, openBench } from './take-in-bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench?.close())

/** A file with one bad row between good ones; each call uses days nobody used before. */
let year = 1900
async function between(row: (day: string) => string, name = kratieLevels) {
  year++
  const head = 'date,value\n'
  const taken = await bench.take(
    name,
    `${head}${year}-03-01,1.25\n${row(`${year}-03-02`)}\n${year}-03-03,1.75\n`,
  )
  const rows = (await bench.stored()).filter((line) => line.startsWith(`${year}-03`))
  return { taken, rows, good: [`${year}-03-01T00:00:00Z 1.25`, `${year}-03-03T00:00:00Z 1.75`] }
}

const noNumbers = [
  '#DIV/0!',
  '#N/A',
  '5.4.2',
  '1e999',
  '-1e999',
  'NaN',
  'nan',
  'Infinity',
  '-inf',
  '--5',
  '+-5',
  '5-',
  '0x10',
  '1_000',
  '1 000',
  '5,4',
  '1.5m',
  '١٢',
  '１２',
  '๑๒',
  '១២',
  '၁၂',
  '໑໒',
  '−5',
  '1\u00a05',
  '5\u0000',
  "'5",
  '=1+1',
  'true',
  '…',
]
for (const text of noNumbers)
  test(`${JSON.stringify(text)} is no number: it alone is refused, with its place`, async () => {
    const { taken, rows, good } = await between((day) => `${day},"${text}"`)
    assert.deepEqual(rows, good)
    assert.deepEqual(taken.counts.refused, 1)
    const [notice] = taken.told('malformed-number')
    assert.equal(notice.file, kratieLevels)
    assert.equal(notice.line, 3)
    assert.equal(notice.column, 'value')
    assert.equal(notice.read, text.replace('\u0000', '␀').trim())
    assert.equal(notice.expected, 'a number')
    assert.equal(notice.series?.includes('KH_014901'), true)
  })

test('a number that overflows only when it is converted to the unit of the series is refused too', async () => {
  const profile = {
    time: { column: 'date', zone: 'Z' },
    series: { station: 'KH_014901', property: 'water-level', unit: 'km' },
    columns: { values: [{ column: 'value' }] },
  }
  const taken = await bench.take('a.csv', 'date,value\n1890-01-01,1e308\n1890-01-02,0.001\n', {
    format: 'profile-csv',
    profile,
  })
  if (taken.told('unknown-unit').length) {
    assert.equal(taken.counts.refused, 2)
    return
  }
  assert.equal(taken.counts.refused, 1)
  assert.equal(taken.told('malformed-number')[0].line, 2)
})

const noTimes: [string, string][] = [
  ['1950-04-31', 'impossible-date'],
  ['1950-02-29', 'impossible-date'],
  ['1900-02-29', 'impossible-date'],
  ['1950-00-10', 'impossible-date'],
  ['1950-13-10', 'impossible-date'],
  ['1950-01-00', 'impossible-date'],
  ['1950-01-01T25:00', 'impossible-date'],
  ['1950-01-01T24:01', 'impossible-date'],
  ['1950-01-01T10:60', 'impossible-date'],
  ['0000-01-01', 'impossible-date'],
  ['0001-01-01', 'impossible-date'],
  ['1799-12-31', 'time-out-of-range'],
  ['2200-01-01', 'time-out-of-range'],
  ['9999-12-31', 'time-out-of-range'],
  ['2150-01-01', 'time-in-future'],
  ['01/03/1950', 'malformed-time'],
  ['1950/03/01', 'malformed-time'],
  ['1950-3-1', 'malformed-time'],
  ['50-03-01', 'malformed-time'],
  ['19500301', 'malformed-time'],
  ['36586', 'malformed-time'],
  ['1950-03-01T10:00+99:00', 'malformed-time'],
  ['1950-03-01T10:00 Asia/Bangkok', 'malformed-time'],
  ['1950-03-01T1000', 'malformed-time'],
  ['yesterday', 'malformed-time'],
  ['', 'malformed-time'],
  ['๒๕๔๓-๐๑-๐១', 'malformed-time'],
  ['+1950-03-01', 'malformed-time'],
  ['-1950-03-01', 'malformed-time'],
]
for (const [text, code] of noTimes)
  test(`the time ${JSON.stringify(text)} is refused as ${code}`, async () => {
    const { taken, rows, good } = await between(() => `${text},1.5`)
    assert.deepEqual(rows, good)
    assert.deepEqual(taken.counts.refused, 1)
    assert.deepEqual(taken.codes(), [code])
    const [notice] = taken.notices.filter((item) => item.code === code)
    assert.equal(notice.line, 3)
    assert.equal(notice.column, 'date')
    if (code !== 'time-in-future') assert.equal(notice.read, text)
    assert.ok(notice.expected, 'says what was expected')
  })

test('29 February of a leap year, hour 24 and a leap second are times', async () => {
  const taken = await bench.take(
    kratieLevels,
    'date,value\n1952-02-29,1\n1952-03-01T24:00,2\n1952-06-30T23:59:60,3\n',
  )
  assert.deepEqual(taken.codes(), [])
  assert.equal(taken.counts.stored, 3)
})

test('values are stored bit for bit as the file writes them', async () => {
  const written = [
    '0.1',
    '1e-7',
    '5e-324',
    '123456789.123456789',
    '-0',
    '.5',
    '5.',
    '+3',
    '1E2',
    '0.30000000000000004',
  ]
  const lines = written.map((text, i) => `1880-01-${String(i + 1).padStart(2, '0')},${text}`)
  await bench.take(kratieLevels, `date,value\n${lines.join('\n')}\n`)
  const rows = (await bench.stored()).filter((line) => line.startsWith('1880-01'))
  assert.deepEqual(
    rows.map((row) => Number(row.split(' ')[1])),
    written.map((text) => Number(text) + 0),
  )
})

test('a file of bad rows alone stores nothing and counts every one', async () => {
  const before = await bench.stored()
  const taken = await bench.take(kratieLevels, `date,value\n${'1950-02-30,x\n'.repeat(5000)}`)
  assert.equal(taken.counts.refused, 5000)
  assert.equal(taken.counts.read, 5000)
  assert.ok(taken.notices.length < 1100, 'and does not say so five thousand times')
  assert.deepEqual(await bench.stored(), before)
})

test('after all of it the store verifies', async () => {
  const result = await bench.verify()
  assert.deepEqual(result.difference, undefined)
  assert.ok(result.values > 100)
  assert.ok((await bench.stored(kratieSeries)).length > 100)
})
