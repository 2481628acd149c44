/** Series and stations a file names badly: unknown units and stations, hostile names, too many, names in seven scripts, no name at all. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { recordsOfKind } from '@lanmei/store/records'
import { type Bench, kratieSeries, openBench } from './take-in-bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench?.close())

const long = {
  time: { column: 'date', zone: 'Z' },
  series: { property: 'water-level', unit: 'm', procedure: 'manual' },
  columns: { station: 'station', value: 'value' },
}
const options = { format: 'profile-csv', profile: long }
const row = (station: string, i = 1, value: number | string = 1) =>
  `"${station.replaceAll('"', '""')}",19${String(50 + (i % 50)).padStart(2, '0')}-01-01,${value}\n`
const head = 'station,date,value\n'
const stationNames = async () =>
  (await recordsOfKind(bench.context.store.pool, 'station')).map(
    ({ fields }) => (fields as { name: { en: string } }).name.en,
  )

test('an unknown unit refuses its series, naming the unit and what could be read; the other series are stored', async () => {
  const profile = { ...long, columns: { ...long.columns, unit: 'unit' } }
  const taken = await bench.take(
    'units.csv',
    'station,date,value,unit\nKH_014901,1901-01-01,1,m\nKH_014901,1901-01-02,2,furlong\nKH_014901,1901-01-03,300,cm\nKH_014901,1901-01-04,4,m3/s\nKH_014901,1901-01-05,5,"; DROP TABLE"\n',
    { format: 'profile-csv', profile },
  )
  assert.equal(taken.counts.refused, 3)
  assert.deepEqual(taken.codes(), ['unknown-unit'])
  const notices = taken.told('unknown-unit')
  assert.deepEqual(notices.map(({ line, read }) => [line, read]).sort(), [
    [3, 'furlong'],
    [5, 'm3/s'],
    [6, '; DROP TABLE'],
  ])
  for (const { expected } of notices) assert.match(expected ?? '', /become m$/)
  assert.deepEqual((await bench.stored()).slice(0, 2), ['1901-01-01T00:00:00Z 1', '1901-01-03T00:00:00Z 3'])
})

test('an unknown station refuses its values and names the fix; with --create-stations it is made', async () => {
  const text = head + row('Nowhere upon River') + row('KH_014901', 2)
  const refused = await bench.take('unknown.csv', text, options)
  assert.deepEqual([refused.counts.stored, refused.counts.refused], [1, 1])
  const [notice] = refused.told('unknown-station')
  assert.equal(notice.line, 2)
  assert.equal(notice.read, 'Nowhere upon River')
  assert.match(notice.expected ?? '', /station table.*--create-stations/)
  const made = await bench.take('unknown.csv', text, { ...options, createStations: true })
  assert.deepEqual([made.counts.stored, made.counts.unchanged], [1, 1])
})

test('names with marks of HTML and SQL are kept as text and do no harm', async () => {
  const names = [
    '<script>alert(1)</script>',
    "Robert'); DROP TABLE observation;--",
    'a" onload="x',
    '../../../etc/passwd',
    '$' + '{jndi:ldap://x}',
    '{{7*7}}',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '%00%0a',
    'line\nend',
    '=cmd|calc',
  ]
  const taken = await bench.take('names.csv', head + names.map((name, i) => row(name, i)).join(''), {
    ...options,
    createStations: true,
  })
  assert.equal(taken.counts.stored, names.length, JSON.stringify(taken.notices))
  const known = await stationNames()
  for (const name of names) assert.ok(known.includes(name), name)
  assert.ok((await bench.stored()).length > 0, 'the table is still there')
})

test('names in seven scripts: each is a station of its own or is refused, none is mixed with another', async () => {
  const names = [
    'ក្រចេះ',
    'ສະຕຶງແຕຣງ',
    'ရန်ကုန်',
    'เชียงแสน',
    'Tân Châu',
    '景洪',
    'Stung Treng 2',
    'ក្រុងក្រចេះ',
    'เชียงคาน',
    '允景洪',
    '៣',
    '๓',
  ]
  const codes = ['A ក', 'A ខ', 'A គ']
  const all = [...names, ...codes]
  const taken = await bench.take('scripts.csv', head + all.map((name, i) => row(name, i, i)).join(''), {
    ...options,
    createStations: true,
  })
  assert.equal(taken.counts.read, all.length)
  // What was stored lies in as many series as there are names: one value each.
  const { rows } = await bench.context.store.pool.query(
    `SELECT k.id, count(*)::int AS n FROM series_key k JOIN observation o ON o.series = k.key WHERE k.id NOT LIKE 'KH\\_%' GROUP BY 1`,
  )
  assert.deepEqual(
    rows.filter(({ n }) => n > 1),
    [],
  )
  for (const notice of taken.told('unknown-station')) {
    assert.ok(all.includes(notice.read ?? ''), String(notice.read))
    assert.match(notice.expected ?? '', /letters, digits|another code/)
  }
})

test('value columns named in seven scripts are read by a profile that names them', async () => {
  const columns = ['水位', 'Water level', 'កម្ពស់ទឹក', 'ລະດັບນ້ຳ', 'ရေအမှတ်', 'ระดับน้ำ', 'Mực nước']
  const profile = {
    time: { column: 'ngày', zone: 'Z' },
    series: { property: 'water-level', unit: 'm' },
    columns: {
      values: columns.map((column, i) => ({
        column,
        series: { station: 'KH_014901', procedure: `way-${i}` },
      })),
    },
  }
  const taken = await bench.take('seven.csv', `ngày,${columns.join(',')}\n1930-01-01,1,2,3,4,5,6,x\n`, {
    format: 'profile-csv',
    profile,
  })
  assert.deepEqual([taken.counts.stored, taken.counts.refused], [6, 1])
  assert.equal(taken.told('malformed-number')[0].column, 'Mực nước')
  assert.deepEqual(await bench.stored('KH_014901.water-level.way-3'), ['1930-01-01T00:00:00Z 4'])
})

test('codes that are too long for a series are refused, and the rest is stored', async () => {
  const taken = await bench.take(
    'long.csv',
    head + row('x'.repeat(120)) + row('y'.repeat(5000)) + row('z'.repeat(60)) + row('KH_014901', 31),
    { ...options, createStations: true },
  )
  assert.equal(taken.counts.stored, 2)
  assert.equal(taken.counts.refused, 2)
  assert.deepEqual(taken.codes(), ['malformed-record', 'unknown-station'])
})

test('more series than a file may hold are refused and counted, with bounded notices', async () => {
  const count = 20_050
  const text =
    head + Array.from({ length: count }, (_, i) => `none-${i},1950-01-01,1\n`).join('') + row('KH_014901', 32)
  const taken = await bench.take('many.csv', text, options)
  assert.equal(taken.counts.read, count + 1)
  assert.ok(taken.told('too-many-series').length > 0)
  assert.equal(taken.counts.refused + taken.counts.stored, count + 1)
})

test('a table with a date and a value and nothing else is refused with the fix named', async () => {
  const taken = await bench.take('kratie.csv', 'date,value\n1960-01-01,7.5\n1960-01-02,7.6\n')
  assert.deepEqual([taken.counts.read, taken.counts.stored, taken.counts.refused], [2, 0, 2])
  const [notice] = taken.notices.filter(({ refused }) => refused)
  assert.equal(notice.file, 'kratie.csv')
  assert.match(`${notice.expected}`, /profile/)
  assert.match(`${notice.expected}`, /folder/)
  assert.equal(taken.filesTaken > 0 && taken.counts.read > taken.counts.refused, false)
})

test('a table of a known property without a station is refused with the fix named', async () => {
  const taken = await bench.take('water level.csv', 'date,water level (m)\n1960-01-01,7.5\n')
  assert.equal(taken.counts.refused, 1)
  const [notice] = taken.notices.filter(({ refused }) => refused)
  assert.match(`${notice.expected}`, /profile/)
  const made = await bench.take('water level.csv', 'date,water level (m)\n1960-01-01,7.5\n', {
    createStations: true,
  })
  assert.equal(made.counts.stored, 0, 'a station without a name is not made')
})

test('days and months that could be either way round are read one way only, and it is said which', async () => {
  const taken = await bench.take(
    'KH_014901 water level m.csv',
    'date,level (m)\n03/04/1961,1\n05/06/1961,2\n',
  )
  assert.equal(taken.counts.stored, 2)
  const said = taken.told('profile-guessed').map(({ read, expected }) => `${read} ${expected}`)
  assert.match(said.join(), /dmy/)
  assert.match(said.join(), /mdy|month first|either/, 'and that it could be the other way')
})

test('times without a zone and serial dates of a spreadsheet are read as the notice says', async () => {
  const taken = await bench.take('KH_014901 level m.csv', 'time,level (m)\n36526.5,1\n36527.25,2\n')
  assert.equal(taken.counts.stored, 2)
  assert.match(taken.told('profile-guessed')[0].read ?? '', /excel-serial.*\+07:00/)
  assert.ok((await bench.stored('KH_014901.water-level.manual')).includes('2000-01-01T05:00:00Z 1'))
})

test('a station table with facts out of every range is read row by row; a bad row spoils itself alone', async () => {
  const taken = await bench.take(
    'stations/bad.csv',
    `station,name,country,latitude,longitude,drainage_km2,zero_gauge_m_msl,alarm_level_m
LA_099001,First,Laos,18,103,100,1,5
LA_099002,Negative,Laos,18,103,-5,1,5
LA_099003,North of the pole,Laos,98,103,5,1,5
LA_099004,No numbers,Laos,eighteen,x,#DIV/0!,NaN,1e999
,No code,Laos,18,103,5,1,5
LA_099006,${'n'.repeat(5000)},Laos,18,103,5,1,5
bad code!,Marks,Laos,18,103,5,1,5
LA_099008,Magic,constructor,18,103,5,1,5
LA_099009,Magic too,__proto__,18,103,5,1,5
LA_099010,Last,Laos,18.5,103,100,1,5
`,
    { stationTable: true },
  )
  const made = (await recordsOfKind(bench.context.store.pool, 'station')).map(({ id }) => id)
  assert.ok(made.includes('LA_099001') && made.includes('LA_099010'))
  assert.ok(made.includes('LA_099008'))
  assert.equal(taken.counts.read, 10)
  const [negative] = taken.told('malformed-record')
  assert.deepEqual(
    [negative.line, negative.read, negative.column],
    [3, 'LA_099002', 'station /drainageAreaKm2'],
  )
})

test('after all of it the store verifies', async () => {
  assert.deepEqual((await bench.verify()).difference, undefined)
  assert.ok((await bench.stored(kratieSeries)).length > 0)
})
