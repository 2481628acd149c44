/** The other doors that read, over a real journal: newest values, stations, series, flags, proofs, pages. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { fromHex } from '@lanmei/exchange/byte-text'
import { openJournalCheckpoint } from '@lanmei/exchange/checkpoint'
import { entryLeafHash } from '@lanmei/exchange/entry'
import { rootOfLeaves } from '@lanmei/exchange/merkle'
import { verifyConsistency } from '@lanmei/exchange/merkle-proof'
import { checkPage } from '@lanmei/exchange/page'
import { verifyEntry } from '@lanmei/exchange/verify-entry'
import type { FastifyInstance } from 'fastify'
import { refreshClimatology } from '../reading/climatology.ts'
import { openTestNode, type TestNode, writeSeries } from '../reading/test-node.ts'
import { writeRecords } from '../records/write.ts'
import { storeParts } from '../take-in/batch.ts'
import { readingDoors } from './reading.ts'

const day = 86_400_000
const today = Math.floor(Date.now() / day) * day
const years = 12

let node: TestNode
let server: FastifyInstance
before(async () => {
  node = await openTestNode()
  server = await node.serve(readingDoors)
  const station = {
    name: { en: 'Luang Prabang', lo: 'ຫຼວງພະບາງ', vi: 'Luông Pha Băng' },
    river: 'mekong',
    riverKm: 2010,
  }
  await writeSeries(node, 'LP.level', { station: 'LP', cadenceSeconds: 86_400 }, station)
  await writeSeries(
    node,
    'LP.own',
    { station: 'LP', audience: 'own', property: 'discharge', unit: 'm3/s' },
    station,
  )
  await writeSeries(
    node,
    'VT.level',
    { station: 'VT' },
    { name: { en: 'Vientiane' }, river: 'mekong', riverKm: 1580, at: { longitude: 102.6, latitude: 17.9 } },
  )
  const n = years * 365
  const times = Float64Array.from({ length: n }, (_, i) => today - (n - 1 - i) * day)
  const values = Float64Array.from(times, (ms, i) =>
    i === n - 1 ? 9.5 : 5 + 3 * Math.sin((ms / day / 365.25) * 2 * Math.PI) + Math.sin(i * i),
  )
  await take('LP.level', times, values)
  await take('LP.own', times, values, 'own')
  await refreshClimatology(node.context)
})
after(() => node.close())

async function take(
  series: string,
  times: Float64Array,
  values: Float64Array,
  audience: 'public' | 'own' = 'public',
) {
  await storeParts(node, { author: 'test' }, [{ series, audience, rules: [], times, values }])
}
async function get<T>(url: string, headers: Record<string, string> = {}): Promise<T> {
  const answer = await server.inject({ url, headers })
  assert.equal(answer.statusCode, 200, `${url}: ${answer.body.slice(0, 300)}`)
  return answer.json<T>()
}

test('a new value stands in the newest values a moment later, packed or not', async () => {
  type Latest = { latest: { series: string; value: number }[] }
  const before = await server.inject('/api/latest')
  assert.deepEqual(
    before.json<Latest>().latest.map(({ series }) => series),
    ['LP.level'],
  )
  const etag = before.headers.etag as string
  assert.equal(
    (await server.inject({ url: '/api/latest', headers: { 'if-none-match': etag } })).statusCode,
    304,
  )
  await take('VT.level', Float64Array.of(today), Float64Array.of(1.25))
  // Well below the two seconds after which it would be asked for anyway.
  await sleep(300)
  const after = await server.inject({ url: '/api/latest', headers: { 'if-none-match': etag } })
  assert.equal(after.statusCode, 200)
  assert.equal(after.json<Latest>().latest.find(({ series }) => series === 'VT.level')?.value, 1.25)
  await sleep(100)
  const packed = await server.inject({ url: '/api/latest', headers: { 'accept-encoding': 'gzip' } })
  assert.equal(packed.headers['content-encoding'], 'gzip')
  assert.equal(gunzipSync(packed.rawPayload).toString(), after.body)
})

type Station = { id: string; now: Record<string, unknown>; thresholds: unknown[]; seriesCount: number }

test('a station stands against its climatology, and a flood level against that', async () => {
  const stand = async () => (await get<{ stations: Station[] }>('/api/stations?q=prabang')).stations[0]
  const high = await stand()
  assert.equal(high.now.state, 'high')
  assert.equal(high.now.value, 9.5)
  assert.ok((high.now.percentile as number) > 95)
  assert.equal(high.now.years, years + 1)
  assert.equal(typeof high.now.change24h, 'number')
  assert.equal(high.seriesCount, 1)
  const levels = [{ level: 'flood', value: 9, source: 'test' }]
  await writeRecords(node, 'test', [
    {
      kind: 'thresholds',
      id: 'LP.t',
      owner: 'la',
      fields: { station: 'LP', property: 'water-level', valid: {}, levels },
    },
  ])
  assert.equal((await stand()).now.state, 'flood')
})

test('stations are found in any language, by box, and as GeoJSON; neighbours are known', async () => {
  const ids = async (query: string) =>
    (await get<{ stations: Station[] }>(`/api/stations?${query}`)).stations.map(({ id }) => id)
  assert.deepEqual(await ids(`q=${encodeURIComponent('ຫຼວງ')}`), ['LP'])
  assert.deepEqual(await ids('q=luong%20pha%20bang'), ['LP'])
  assert.deepEqual(await ids('bbox=102,17,103,18'), ['VT'])
  assert.deepEqual(await ids('property=discharge'), ['LP'])
  assert.deepEqual(await ids('party=vn'), [])
  const collection = await get<{ type: string; features: { geometry: unknown }[] }>(
    '/api/stations?f=geojson&q=vientiane',
  )
  assert.deepEqual(collection.features[0].geometry, { type: 'Point', coordinates: [102.6, 17.9] })
  const one = await get<{ upstream: { id: string }; downstream?: unknown; series: unknown[] }>(
    '/api/stations/VT',
  )
  assert.equal(one.upstream.id, 'LP')
  assert.equal(one.downstream, undefined)
  assert.equal((await server.inject('/api/stations/XX')).json<{ code: string }>().code, 'station-unknown')
})

test('the list of series goes on where its cursor says, and shows each asker what he may see', async () => {
  type List = { series: { id: string }[]; next?: string }
  const first = await get<List>('/api/series?limit=1')
  const rest = await get<List>(`/api/series?limit=1&cursor=${first.next}`)
  assert.deepEqual([first.series[0].id, rest.series[0].id, rest.next], ['LP.level', 'VT.level', undefined])
  assert.equal((await get<List>('/api/series', { 'x-as': 'officer' })).series.length, 3)
  assert.equal((await server.inject('/api/series/LP.own')).statusCode, 403)
})

test('a revised value keeps its past with the reason', async () => {
  const time = today - 30 * day
  const before = await get<{ value: number }>(
    `/api/series/LP.level/proof?time=${new Date(time).toISOString()}`,
  )
  await storeParts(node, { author: 'test', reason: 'misread' }, [
    {
      series: 'LP.level',
      audience: 'public',
      rules: [],
      times: Float64Array.of(time),
      values: Float64Array.of(4),
    },
  ])
  const { revisions } = await get<{ revisions: Record<string, unknown>[] }>('/api/series/LP.level/revisions')
  assert.equal(revisions.length, 1)
  assert.equal(revisions[0].value, before.value)
  assert.equal(revisions[0].reason, 'misread')
  const from = revisions[0].knownFrom as string
  assert.ok(from < (revisions[0].knownUntil as string))
  const at = new Date(time).toISOString()
  const then = await get<{ values: number[] }>(
    `/api/series/LP.level/observations?from=${at}&to=${new Date(time + 1).toISOString()}&as-known-at=${from}`,
  )
  assert.deepEqual(then.values, [before.value])
})

test('an officer judges values, nobody else does, and the history keeps both judgements', async () => {
  const time = new Date(today - 10 * day).toISOString()
  const judge = (flag: string, headers: Record<string, string>) =>
    server.inject({
      method: 'POST',
      url: '/api/series/LP.level/flags',
      headers,
      payload: { from: time, to: time, flag, comment: `it is ${flag}` },
    })
  assert.equal((await judge('bad', {})).statusCode, 401)
  assert.equal((await judge('suspect', { 'x-as': 'officer' })).json<{ flagged: number }>().flagged, 1)
  await judge('good', { 'x-as': 'officer' })
  type Flags = { flags: { flag: number; rule: string; author: string; comment?: string; current: boolean }[] }
  const { flags } = await get<Flags>('/api/series/LP.level/flags')
  assert.deepEqual(
    flags.map(({ flag, rule, current }) => [flag, rule, current]),
    [
      [1, 'officer', true],
      [3, 'officer', false],
      [2, 'intake', false],
    ],
  )
  assert.equal(flags[0].comment, 'it is good')
  assert.equal(flags[0].author, 'role:la-officer#p-1')
})

test('the statistics tell the years, their extremes and return periods', async () => {
  type Statistics = {
    used: number
    annual: { maximum: number; completeness: number }[]
    frequency: { distribution: string; returnLevels: { value: number; lower: number; upper: number }[] }[]
    durationCurve: { value: number }[]
    months: unknown[]
  }
  const found = await get<Statistics>('/api/series/LP.level/statistics?year=water')
  assert.equal(found.used, years * 365)
  assert.deepEqual(
    found.frequency.map(({ distribution }) => distribution),
    ['gev', 'gumbel', 'log-pearson-3'],
  )
  for (const { returnLevels } of found.frequency)
    for (const { value, lower, upper } of returnLevels) assert.ok(lower <= value && value <= upper)
  for (let i = 1; i < found.durationCurve.length; i++)
    assert.ok(found.durationCurve[i].value <= found.durationCurve[i - 1].value)
  assert.equal(found.months.length, 12)
})

test('a value is proven without trust in the node', async () => {
  const time = new Date(today - 100 * day).toISOString()
  const proof = await get<Record<string, unknown> & { body: string; keys: unknown[] }>(
    `/api/series/LP.level/proof?time=${time}`,
  )
  const evidence = {
    entry: proof.entry,
    salt: proof.salt,
    body: JSON.parse(proof.body),
    proof: proof.inclusion,
    checkpoint: proof.checkpoint,
    keys: proof.keys,
  }
  const verdict = verifyEntry(evidence)
  assert.deepEqual(verdict, { ...verdict, ok: true, withheld: false })
  assert.equal(verifyEntry({ ...evidence, body: { ...evidence.body, author: 'other' } }).ok, false)
})

test('the pages lead to the signed root, and every step between sizes is consistent', async () => {
  const page = await server.inject('/journal/pages/0')
  const checked = checkPage(page.json(), 'la-test', 0)
  assert.ok(checked.ok)
  assert.equal(page.headers['cache-control'], 'no-cache')
  const leaves = checked.value.entries.map(entryLeafHash)
  const note = (await server.inject('/journal/checkpoint')).body
  const { keys } = await get<{ keys: never[] }>('/journal/keys')
  const opened = openJournalCheckpoint(note, 'la-test/journal', keys)
  assert.ok(opened.ok)
  assert.equal(opened.value.size, leaves.length)
  assert.deepEqual(opened.value.root, rootOfLeaves(leaves))
  for (let from = 0; from <= leaves.length; from++) {
    const { hashes } = await get<{ hashes: string[] }>(`/journal/proof/consistency?from=${from}`)
    const proof: Uint8Array[] = hashes.map((hash) => fromHex(hash) as Uint8Array)
    const claim: Parameters<typeof verifyConsistency>[0] = {
      from,
      to: leaves.length,
      fromRoot: rootOfLeaves(leaves.slice(0, from)),
      toRoot: opened.value.root,
      proof,
    }
    assert.ok(verifyConsistency(claim), `from ${from}`)
  }
  for (const url of [
    '/journal/proof/inclusion?seq=99999',
    '/journal/proof/consistency?from=5&to=2',
    '/journal/proof/consistency?from=0&to=99999',
  ])
    assert.equal((await server.inject(url)).statusCode, 400)
  assert.equal((await server.inject('/journal/pages/1')).statusCode, 404)
  assert.equal((await server.inject('/journal/entries/99999')).statusCode, 404)
  assert.equal((await server.inject('/journal/checkpoint?size=1000000')).statusCode, 404)
})

test('the body of an entry that is not public is withheld, the entry is not', async () => {
  const { rows } = await node.store.pool.query(
    "SELECT seq FROM journal_entry WHERE id = 'LP.own' AND kind = 'block'",
  )
  const { seq } = rows[0]
  assert.equal((await get<{ audience: string }>(`/journal/entries/${seq}`)).audience, 'own')
  const refused = await server.inject(`/journal/entries/${seq}/body`)
  assert.equal(refused.statusCode, 403)
  assert.equal(refused.json<{ code: string }>().code, 'not-allowed')
  assert.equal((await get<{ seq: number }>(`/journal/entries/${seq}/body`, { 'x-as': 'officer' })).seq, seq)
})

test('the river runs from the source down, and can be asked for a past day', async () => {
  type River = { stations: Station[]; line: unknown[]; counts: Record<string, number>; simulated: boolean }
  const now = await get<River>('/api/river')
  assert.deepEqual(
    now.stations.map(({ id }) => id),
    ['LP', 'VT'],
  )
  assert.ok(now.line.length > 100)
  assert.equal(
    Object.values(now.counts).reduce((a, b) => a + b),
    2,
  )
  const then = await get<River>(`/api/river?at=${new Date(today - 400 * day + 1).toISOString()}`)
  assert.equal(then.stations[0].now.time, new Date(today - 400 * day).toISOString().replace('.000', ''))
  assert.notEqual(then.stations[0].now.state, 'unknown')
  assert.equal(then.stations[1].now.freshness, 'none')
})
