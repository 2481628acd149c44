/** The reference facts of the water area: names, places, river-km, references, thresholds, sources, demonstration network. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  assertNames,
  assertScript,
  assertSourced,
  type Json,
  languages,
  type Named,
  readArea,
} from './area-files.ts'

const states = ['kh', 'cn', 'la', 'mm', 'th', 'vn']
const read = (file: string): Json => readArea('water', file)

/** Distance in km from a place to a line of points, on a plane that is good enough for a few km. */
function distanceKm(longitude: number, latitude: number, points: Json[]): number {
  const east = 111.2 * Math.cos((latitude * Math.PI) / 180)
  const at = points.map((p) => [(p.lon - longitude) * east, (p.lat - latitude) * 111.2])
  let best = Infinity
  for (let i = 1; i < at.length; i++) {
    const [[x, y], [u, v]] = [at[i - 1], at[i]]
    const length = (u - x) ** 2 + (v - y) ** 2
    const share = length === 0 ? 0 : Math.min(1, Math.max(0, -(x * (u - x) + y * (v - y)) / length))
    best = Math.min(best, Math.hypot(x + share * (u - x), y + share * (v - y)))
  }
  return best
}

describe('reference facts of water', () => {
  const list = (file: string) => read(`${file}.json`)[file] as Named[]
  const area = read('area.json')
  const parties = list('parties')
  const organisations = list('organisations')
  const rivers = list('rivers')
  const stations = list('stations')
  const dams = list('dams')
  const ids = (items: Json[]) => new Set(items.map((item) => item.id))
  const known = {
    party: ids(parties),
    organisation: ids(organisations),
    river: ids(rivers),
    station: ids(stations),
    dam: ids(dams),
  }
  const properties = ids(area.observedProperties)
  const gauges = () => stations.filter((s) => s.river === 'mekong' && s.stationType !== 'rain-gauge')
  const falling = (km: number[], where: string) => {
    for (let i = 1; i < km.length; i++) assert.ok(km[i] <= km[i - 1], `${where}: ${km[i - 1]} then ${km[i]}`)
  }

  test('names the six states in their order, in seven languages', () => {
    assert.deepEqual([...known.party], states)
    assertNames(parties, 'party')
    for (const party of parties) {
      for (const code of languages) assertScript(code, party.officialName[code], party.id)
      assert.equal(
        new Intl.DateTimeFormat('en', { timeZone: party.timeZone }).resolvedOptions().timeZone.length > 0,
        true,
      )
      assertSourced(party, party.id)
    }
  })

  test('names organisations, rivers, stations and dams in seven languages and their scripts', () => {
    assertNames(organisations, 'organisation')
    assertNames(rivers, 'river')
    assertNames(stations, 'station')
    assertNames(dams, 'dam')
  })

  test('holds enough to show: 50 stations, 30 dams, every state with a service', () => {
    assert.ok(stations.filter((s) => s.stationType !== 'rain-gauge').length >= 50)
    assert.ok(dams.length >= 30)
    for (const state of states)
      assert.ok(
        organisations.some((o) => o.party === state),
        state,
      )
    for (const state of states)
      assert.ok(
        stations.some((s) => s.party === state),
        state,
      )
  })

  test('places everything inside the basin and its coast', () => {
    const line = read('river-line.json')
    const points = [...line.points, ...line.branches.flatMap((b: Json) => b.points)]
    for (const { latitude, longitude, id } of [
      ...stations,
      ...dams,
      ...points.map((p: Json) => ({ latitude: p.lat, longitude: p.lon, id: 'line' })),
    ]) {
      assert.ok(
        latitude >= 8 && latitude <= 35 && longitude >= 90 && longitude <= 110,
        `${id} ${latitude} ${longitude}`,
      )
    }
  })

  test('refers only to what exists', () => {
    for (const item of [...stations, ...dams, ...organisations]) {
      assert.ok(known.party.has(item.party), item.id)
      if (item.organisation) assert.ok(known.organisation.has(item.organisation), item.id)
      if (item.organisation)
        assert.equal(organisations.find((o) => o.id === item.organisation)?.party, item.party)
      if (item.parent) assert.ok(known.organisation.has(item.parent), item.id)
      if (item.river) assert.ok(known.river.has(item.river), item.id)
      for (const property of item.observedProperties ?? []) assert.ok(properties.has(property), item.id)
    }
    for (const river of rivers)
      assert.ok(river.flowsInto === 'sea' || known.river.has(river.flowsInto), river.id)
    for (const branch of read('river-line.json').branches) assert.ok(known.river.has(branch.id))
  })

  test('gives no code or spelling to two stations', () => {
    const owner = new Map<string, string>()
    for (const { id, aliases } of stations) {
      for (const code of [id, ...aliases]) {
        assert.equal(owner.get(code), undefined, `${code} stands at ${owner.get(code)} and ${id}`)
        owner.set(code, id)
      }
    }
  })

  test('lets river-km fall downstream', () => {
    const gauges = stations.filter((s) => s.river === 'mekong' && s.stationType !== 'rain-gauge')
    falling(
      gauges.map((s) => s.riverKm),
      'stations',
    )
    falling(
      dams.filter((d) => d.river === 'mekong').map((d) => d.riverKm),
      'dams',
    )
    const line = read('river-line.json')
    falling(
      line.points.map((p: Json) => p.km),
      'line',
    )
    assert.equal(line.points[line.points.length - 1].km, 0)
    falling(
      read('profile.json').points.map((p: Json) => p.km),
      'profile',
    )
    falling(
      read('borders.json').ticks.map((t: Json) => t.km),
      'borders',
    )
  })

  test('puts every main-stem station within 6 km of the drawn line', () => {
    const { points } = read('river-line.json')
    for (const s of gauges()) {
      const away = distanceKm(s.longitude, s.latitude, points)
      assert.ok(away < 6, `${s.id} is ${away.toFixed(1)} km away`)
    }
  })

  test('keeps the alarm level at or below the flood level', () => {
    const kinds = ids(area.thresholdKinds)
    for (const { id, thresholds } of stations) {
      const level = Object.fromEntries(thresholds.map((t: Json) => [t.kind, t.levelM]))
      for (const t of thresholds) assert.ok(kinds.has(t.kind) && properties.has(t.property), id)
      if (level.alarm !== undefined && level.flood !== undefined) assert.ok(level.alarm <= level.flood, id)
    }
  })

  test('gives a source for every fact', () => {
    for (const item of [...parties, ...organisations, ...rivers, ...stations, ...dams])
      assertSourced(item, item.id)
    for (const s of stations) {
      for (const field of ['position', 'names', 'code']) assert.ok(s.sources[field], `${s.id} ${field}`)
      for (const field of ['riverKm', 'drainageAreaKm2', 'kmFromMouth']) {
        if (s[field] !== undefined) assert.ok(s.sources[field], `${s.id} ${field}`)
      }
      if (s.gaugeZeroM) assertSourced(s.gaugeZeroM, s.id)
      for (const t of s.thresholds) assertSourced(t, s.id)
    }
    for (const d of dams) for (const storage of d.storage) assertSourced(storage, d.id)
    for (const p of read('profile.json').points) assertSourced(p, `profile ${p.km}`)
    for (const t of read('borders.json').ticks) assertSourced(t, `border ${t.km}`)
  })

  test('names states at borders in their order, and at each tick at least two', () => {
    for (const { parties: at } of read('borders.json').ticks) {
      assert.ok(at.length >= 2)
      assert.deepEqual(
        at,
        [...at].sort((a, b) => states.indexOf(a) - states.indexOf(b)),
      )
    }
  })

  test('orders the demonstration network from upstream to downstream and says what it is for', () => {
    const network = read('network.json')
    assert.match(network.purpose, /simulated demonstration only/)
    const at = new Map<string, number>(network.nodes.map((n: Json, i: number) => [n.station, i]))
    const total = new Map<string, number>()
    for (const [i, n] of network.nodes.entries()) {
      assert.ok(known.station.has(n.station))
      if (n.downstream !== null) assert.ok((at.get(n.downstream) ?? -1) > i, n.station)
      const area = n.incrementalAreaKm2 + (total.get(n.station) ?? 0)
      assert.equal(area, n.totalAreaKm2, n.station)
      if (n.downstream) total.set(n.downstream, (total.get(n.downstream) ?? 0) + area)
      assert.ok(n.typicalLow.levelM < n.typicalHigh.levelM && n.rating[0].h0 < n.typicalLow.levelM, n.station)
    }
    for (const f of network.followers) assert.ok(known.station.has(f.station) && at.has(f.follows), f.station)
    for (const s of network.seasonalities) {
      assert.ok(Math.abs(s.monthlyShare.reduce((a: number, b: number) => a + b, 0) - 1) < 1e-6, s.id)
    }
  })
})
