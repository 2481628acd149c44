/** Tests of reading station tables, on invented stations. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { codesOf, readText } from '../reading-test.ts'
import { stationTable } from './reader.ts'
import { utmToGeographic } from './utm.ts'

test('codes, places and facts are read; what says nothing is left out', async () => {
  const all = await readText(
    stationTable,
    'stations.csv',
    'station,name,country,river,latitude,longitude,main_stem_order\nLA_013901,"Pakse, old",Lao PDR,N/A,15.1,105.8,9\n',
  )
  assert.deepEqual(all.stations, [
    { code: 'LA_013901', name: 'Pakse, old', country: 'LA', latitude: 15.1, longitude: 105.8 },
  ])
  assert.deepEqual(all.notices, [])
})

test('codes without a country get it from the agency or the country, with their leading zero', async () => {
  const all = await readText(
    stationTable,
    'list.csv',
    'hymos_id,name,river,agency\n014501,A,Mekong,"DHRW, Cambodia (15 stations)"\n10402,B,Mekong,"DMH, Lao PDR (43 stations)"\n039801,C,Bassac,"NCHMF, HMS, Viet Nam (44 stations)"\n200101,D,,somebody\n',
  )
  assert.deepEqual(
    all.stations.map(({ code }) => code),
    ['KH_014501', 'LA_010402', 'VN_039801', '200101'],
  )
  assert.deepEqual(codesOf(all), ['station-incomplete'])
})

test('places off the earth and at 0, 0 are told and left out', async () => {
  const all = await readText(
    stationTable,
    's.csv',
    'station,name,lat,lon\nVN_1,Tan Chau,0.0,0.0\nVN_2,B,95,105\nVN_3,C,x,105\n',
  )
  assert.deepEqual(all.stations, [
    { code: 'VN_1', name: 'Tan Chau', country: 'VN' },
    { code: 'VN_2', name: 'B', country: 'VN' },
    { code: 'VN_3', name: 'C', country: 'VN' },
  ])
  assert.deepEqual(codesOf(all), ['station-incomplete', 'station-incomplete', 'malformed-number'])
})

test('a station without a code is given by its name, with a notice', async () => {
  const all = await readText(
    stationTable,
    'g.csv',
    'station_code,name,country,longitude,latitude,altitude_m\n,A Luoi,Vietnam,107.28,16.22,560\n,,Thailand,1,1,\n',
  )
  assert.deepEqual(all.stations, [
    { code: '', name: 'A Luoi', country: 'VN', latitude: 16.22, longitude: 107.28, altitudeM: 560 },
  ])
  assert.deepEqual(codesOf(all), ['station-incomplete', 'station-incomplete'])
})

test('gauge zeros and levels are read with their source', async () => {
  const zero = await readText(
    stationTable,
    'z.csv',
    'station,name,river,country,drainage_km2,zero_gauge_m_msl,observed_data_used\nKH_014901,K,Mekong,Cambodia,646000,-1.08,1962\n',
  )
  assert.equal(zero.stations[0].gaugeZeroM, -1.08)
  assert.equal(zero.stations[0].drainageAreaKm2, 646_000)
  const alarm = await readText(
    stationTable,
    'a.csv',
    'station,name,alarm_level_m,flood_level_m,where_stated\nKH_014901,K,22.0,,"a paper, 2011"\n',
  )
  assert.deepEqual(alarm.stations, [
    { code: 'KH_014901', name: 'K', country: 'KH', alarmLevelM: 22, source: 'a paper, 2011' },
  ])
})

test('tables of dams and of observations are not taken for stations', () => {
  const sure = (text: string) => stationTable.recognise('a.csv', new TextEncoder().encode(text)).confidence
  assert.equal(sure('id,name,country,longitude,latitude,capacity_mw\n'), 0)
  assert.equal(sure('date,value\n'), 0)
  assert.equal(sure('upstream,downstream,km\n'), 0)
})

/** Transverse Mercator forward by the same author's series (Karney 2011, equations 7-9, 35 and 11), for a round trip. */
function geographicToUtm(latitude: number, longitude: number, zone: number) {
  const f = 1 / 298.257223563
  const n = f / (2 - f)
  const radius = (6_378_137 / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
  const e = Math.sqrt(f * (2 - f))
  const alpha = [
    n / 2 - (2 / 3) * n ** 2 + (5 / 16) * n ** 3 + (41 / 180) * n ** 4,
    (13 / 48) * n ** 2 - (3 / 5) * n ** 3 + (557 / 1440) * n ** 4,
    (61 / 240) * n ** 3 - (103 / 140) * n ** 4,
    (49_561 / 161_280) * n ** 4,
  ]
  const tau = Math.tan((latitude * Math.PI) / 180)
  const lambda = ((longitude - (zone * 6 - 183)) * Math.PI) / 180
  const sigma = Math.sinh(e * Math.atanh((e * tau) / Math.hypot(1, tau)))
  const tauPrime = tau * Math.hypot(1, sigma) - sigma * Math.hypot(1, tau)
  const xiPrime = Math.atan2(tauPrime, Math.cos(lambda))
  const etaPrime = Math.asinh(Math.sin(lambda) / Math.hypot(tauPrime, Math.cos(lambda)))
  let xi = xiPrime
  let eta = etaPrime
  for (const [i, a] of alpha.entries()) {
    const j = 2 * (i + 1)
    xi += a * Math.sin(j * xiPrime) * Math.cosh(j * etaPrime)
    eta += a * Math.cos(j * xiPrime) * Math.sinh(j * etaPrime)
  }
  return { eastingM: 500_000 + 0.9996 * radius * eta, northingM: 0.9996 * radius * xi }
}

test('UTM 38N of 33.3 N 44.4 E is as published with GeographicLib', () => {
  const { latitude, longitude } = utmToGeographic(444_140.54, 3_684_706.36, 38)
  assert.ok(Math.abs(latitude - 33.3) < 1e-7, String(latitude))
  assert.ok(Math.abs(longitude - 44.4) < 1e-7, String(longitude))
})

test('UTM forward and back meet within a tenth of a millimetre over the whole basin and beyond its zone', () => {
  const place = fc.tuple(
    fc.double({ min: 8, max: 34, noNaN: true }),
    fc.double({ min: 93, max: 110, noNaN: true }),
  )
  fc.assert(
    fc.property(place, ([latitude, longitude]) => {
      const { eastingM, northingM } = geographicToUtm(latitude, longitude, 48)
      const back = utmToGeographic(eastingM, northingM, 48)
      assert.ok(Math.abs(back.latitude - latitude) < 1e-9 && Math.abs(back.longitude - longitude) < 1e-9)
    }),
  )
})

test('eastings and northings are turned by the zone in the name of the file, and asked for without', async () => {
  const text = 'name,easting_m,northing_m\nMiddle,500000,1658325.9935\n'
  const all = await readText(stationTable, 'points-utm48n.csv', text)
  assert.ok(Math.abs((all.stations[0].latitude ?? 0) - 15) < 1e-6, String(all.stations[0].latitude))
  assert.equal(all.stations[0].longitude, 105)
  assert.equal((await readText(stationTable, 'points.csv', text)).stations[0].latitude, undefined)
})
