/** Tests of guessing a profile, on invented tables. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codesOf, readText } from '../reading-test.ts'
import { guess } from './guess.ts'
import { checkUploadedProfile } from './profile.ts'
import { profileCsv } from './reader.ts'

const look = (text: string, name = 'upload.csv') => guess(name, new TextEncoder().encode(text))
const asks = (text: string, name?: string) => look(text, name)?.questions.map(({ about }) => about)

test('date and value are found, and the zone is asked for', () => {
  const found = look('date,value\n2001-01-01,1\n2001-01-02,2\n', 'LA_013901_level.csv')
  assert.deepEqual(found?.profile, {
    guessed: true,
    separator: ',',
    time: { column: 'date', format: 'iso', zone: '+07:00', dayReadAt: '07:00' },
    series: { property: 'water-level', station: 'LA_013901' },
    columns: { values: [{ column: 'value' }] },
  })
  assert.deepEqual(
    found?.questions.map(({ about }) => about),
    ['zone', 'unit'],
  )
})

test('dates that could be read both ways are reported, others are settled by a day above 12', () => {
  assert.ok(asks('date,value\n03/04/2001,1\n04/05/2001,2\n')?.includes('date-order'))
  const day = look('date,value\n03/04/2001,1\n25/04/2001,2\n')
  assert.equal(day?.profile.time?.format, 'dmy')
  assert.ok(day?.reasons.some(({ about }) => about === 'date-order'))
  assert.equal(look('date,value\n03/04/2001,1\n04/25/2001,2\n')?.profile.time?.format, 'mdy')
})

test('semicolons with decimal commas are told from commas', async () => {
  const text = 'Ngày;Giờ;Mực nước (cm)\n31/12/2001;7;12,5\n31/12/2001;19;-3,25\n'
  const found = look(text)
  assert.equal(found?.profile.separator, ';')
  assert.equal(found?.profile.decimal, ',')
  assert.deepEqual(found?.profile.time, { column: 'Ngày', format: 'dmy', zone: '+07:00', hour: 'Giờ' })
  assert.deepEqual(found?.profile.series, { property: 'water-level', unit: 'cm' })
  const all = await readText(profileCsv, 'upload.csv', text)
  assert.deepEqual(
    all.values.map(({ time, value }) => [time.slice(0, 13), value]),
    [
      ['2001-12-31T00', 12.5],
      ['2001-12-31T12', -3.25],
    ],
  )
  assert.deepEqual(codesOf(all), ['profile-guessed'])
})

test('times that name their zone leave no question of zone', () => {
  assert.ok(
    !asks('time,level_m\n2001-01-01T00:00:00+07:00,1\n2001-01-02T00:00:00+07:00,1\n')?.includes('zone'),
  )
})

test('a table with one series a line is seen by its columns', () => {
  const text =
    'station;parameter;unit;timestamp;value;quality;remark\nA;WL;m;2001-01-01T00:00Z;1;good;x\nB;Q;m3/s;2001-01-01T00:00Z;1;bad;y\n'
  assert.deepEqual(look(text)?.profile.columns, {
    unit: 'unit',
    property: 'parameter',
    ignore: ['remark'],
    value: 'value',
    station: 'station',
    flag: 'quality',
  })
  assert.deepEqual(look(text)?.questions, [])
})

test('columns named by codes make a wide table', () => {
  const found = look('date,KH_014501,LA_013901\n2001-01-01,1,\n2001-01-02,,2\n')
  assert.deepEqual(found?.profile.columns, { wide: {} })
})

test('codes for missing values are found where numbers stand', () => {
  assert.deepEqual(look('date,v\n2001-01-01,1\n2001-01-02,-9999\n2001-01-03,NA\n')?.profile.missing, [
    '-9999',
    'NA',
  ])
})

test('lines above the head, Buddhist years and files without a head are seen', () => {
  assert.equal(
    look('Station report\n\ndate,value,x\n2001-01-01,1,2\n2001-01-02,1,2\n')?.profile.headerLine,
    3,
  )
  assert.equal(look('date,value\n25/12/2544,1\n26/12/2544,1\n')?.profile.time?.calendar, 'buddhist')
  const bare = look('2001-01-01 07:00\t1.5\n2001-01-02 07:00\t1.5\n')
  assert.equal(bare?.profile.headerLine, 0)
  assert.equal(bare?.profile.time?.column, 1)
})

test('a table without times or without numbers is not guessed', () => {
  assert.equal(look('id,name\n1,a\n2,b\n'), undefined)
  assert.equal(look('date,name\n2001-01-01,a\n'), undefined)
  assert.equal(look(''), undefined)
})

test('whatever the bytes, guessing does not throw and its profile fits the schema', () => {
  const pieces = fc.constantFrom(
    'date',
    ',',
    ';',
    '\n',
    '2001-01-01',
    '1.5',
    '"',
    '\t',
    '01/02/2001',
    'KH_014501',
    '-9999',
    'x',
    '\u0000',
  )
  const text = fc.oneof(
    fc.string(),
    fc.array(pieces, { maxLength: 60 }).map((p) => p.join('')),
  )
  fc.assert(
    fc.property(text, (given) => {
      const found = look(given)
      if (found) checkUploadedProfile(found.profile)
    }),
    { numRuns: 2000 },
  )
})
