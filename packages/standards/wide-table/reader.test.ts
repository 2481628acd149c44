/** Tests of the shipped profiles, on invented tables. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkProfile } from '../profile-csv/profile.ts'
import { codesOf, readText } from '../reading-test.ts'
import { profileFor, shippedProfiles, wideTable } from './reader.ts'

test('every shipped profile fits the schema, has a title and can be found', () => {
  assert.ok(shippedProfiles().size >= 19)
  for (const [name, profile] of shippedProfiles()) {
    checkProfile(profile)
    assert.ok(profile.title, name)
    assert.ok(profile.match, name)
    if (profile.content !== 'nothing') assert.ok(profile.time?.zone, name)
  }
})

test('columns named by codes become series; empty cells are no values', async () => {
  const all = await readText(
    wideTable,
    'x/fmmp-2000-2014/water-level-daily.csv',
    'date,KH_014501,LA_013901\n2000-01-01,1.5,\n2000-01-02,,2\n',
  )
  assert.deepEqual(
    all.values.map(({ key, time, value, line }) => [key, time, value, line]),
    [
      ['KH_014501|water-level|fmmp', '2000-01-01T00:00:00.000Z', 1.5, 2],
      ['LA_013901|water-level|fmmp', '2000-01-02T00:00:00.000Z', 2, 3],
    ],
  )
  assert.equal(all.series.get('KH_014501|water-level|fmmp')?.unit, 'm')
})

test('a list of estimated days becomes flags of the same series', async () => {
  const all = await readText(
    wideTable,
    'fmmp-2000-2014/rainfall-estimated-flags.csv',
    'station,date\nKH_110404,2003-07-01\n',
  )
  assert.deepEqual(all.flags, [
    { key: 'KH_110404|rainfall|fmmp', time: '2003-07-01T00:00:00.000Z', flag: 8, line: 2 },
  ])
  assert.equal(all.series.get('KH_110404|rainfall|fmmp')?.property, 'rainfall')
})

test('a list of malformed entries refuses each of them', async () => {
  const all = await readText(
    wideTable,
    'fmmp-2000-2014/malformed-values.csv',
    'station,kind,date,text_in_source\nLA_180207,water-level,2014-05-31,#DIV/0!\nKH_110404,rainfall,2009-09-23,5.4.2\n',
  )
  assert.equal(all.refused, 2)
  assert.deepEqual(
    all.notices.map(({ code, line, series, read }) => [code, line, series, read]),
    [
      ['malformed-number', 2, 'LA_180207|water-level|fmmp', '#DIV/0!'],
      ['malformed-number', 3, 'KH_110404|rainfall|fmmp', '5.4.2'],
    ],
  )
})

test('stretches between two days flag every day of them', async () => {
  const all = await readText(
    wideTable,
    'daily-mean-levels-filled/straight-line-segments.csv',
    'station,first_day,last_day,days\nTan Chau,1997-10-30,1997-11-01,3\nTan Chau,1997-11-02,1997-11-01,0\n',
  )
  assert.deepEqual(
    all.flags.map(({ key, time }) => [key, time.slice(0, 10)]),
    [
      ['VN_019803|water-level|filled', '1997-10-30'],
      ['VN_019803|water-level|filled', '1997-10-31'],
      ['VN_019803|water-level|filled', '1997-11-01'],
    ],
  )
  assert.deepEqual(codesOf(all), ['malformed-record'])
})

test('hours 1 to 24 of local time are read, and codes without a country get one', async () => {
  const all = await readText(
    wideTable,
    'delta-subdaily/levels-2011.csv',
    'date,hour,tan_chau_69759,vung_tau_71580\n2011-01-01,7,83,\n2011-01-01,24,,-5\n2011-01-01,25,1,2\n2011-01-01,,3,\n',
  )
  assert.deepEqual(
    all.values.map(({ key, time, value }) => [key, time, value]),
    [
      ['VN_019803|water-level|subdaily', '2011-01-01T00:00:00.000Z', 83],
      ['VN_71580|water-level|subdaily', '2011-01-01T17:00:00.000Z', -5],
    ],
  )
  assert.equal(all.series.get('VN_71580|water-level|subdaily')?.stationName, 'Vung Tau')
  assert.equal(all.series.get('VN_71580|water-level|subdaily')?.unit, 'cm')
  assert.equal(all.refused, 3)
})

test('files named by place get station and datum from the list', async () => {
  const all = await readText(
    wideTable,
    'historic-daily-1924-2002/water-level/Kampong-Luong.csv',
    'date,value\n1950-01-01,2\n1950-01-02,-9999\n',
  )
  const hint = all.series.get('KH_020106|water-level|historic')
  assert.equal(hint?.datum, 'mean sea level: gauge reading + 0.64 m')
  assert.deepEqual(
    all.values.map(({ value }) => value),
    [2, Number.NaN],
  )
  const other = await readText(
    wideTable,
    'historic-daily-1924-2002/discharge/New-Place_Some-River.csv',
    'date,value\n1950-01-01,2\n',
  )
  assert.deepEqual([...other.series.keys()], ['New-Place_Some-River|discharge|historic'])
})

test('each column of a compiled table has its own unit and procedure', async () => {
  const all = await readText(
    wideTable,
    'tonle-sap/prek-kdam-kampong-luong.csv',
    'date,prek_kdam_level_cm,prek_kdam_level_short_record_cm,prek_kdam_discharge_m3s,kampong_luong_level_mrc_cm,kampong_luong_level_telemetry_cm,kampong_luong_level_wupfin_m_amsl\n1990-08-01,300,,-2500,,,1.5\n',
  )
  assert.deepEqual(
    [...all.series.values()].map(({ key, unit }) => [key, unit]),
    [
      ['KH_020102|water-level|compiled', 'cm'],
      ['KH_020102|discharge|compiled', 'm3/s'],
      ['KH_020106|water-level|compiled-wupfin', 'm'],
    ],
  )
})

test('a table without dates is left aside with one notice', async () => {
  const all = await readText(
    wideTable,
    'tonle-sap/lake-area-level-one-season.csv',
    'day_of_year,lake_area_km2,level_m\n245,9136,6.91\n',
  )
  assert.deepEqual(codesOf(all), ['not-observations'])
  assert.equal(all.values.length, 0)
})

test('a shipped profile is not used for a file with other columns', () => {
  assert.equal(profileFor('tonle-sap/prek-kdam-level.csv', new TextEncoder().encode('a,b\n1,2\n')), undefined)
})
