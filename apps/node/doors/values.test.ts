/** The door of values: forms that agree, validators, refusals, who may read, long answers, readers that leave. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import { openTestNode, type TestNode, writeSeries } from '../reading/test-node.ts'
import { storeParts } from '../take-in/batch.ts'
import { valueDoors } from './values.ts'

const start = Date.UTC(2020, 0, 1)
const quarterHour = 900_000
const longRows = 2_000_000

let node: TestNode
let server: FastifyInstance
let url: string
before(async () => {
  node = await openTestNode({ connections: 3 })
  await writeSeries(node, 'short', { cadenceSeconds: 900 })
  await writeSeries(node, 'secret', { audience: 'own' })
  await writeSeries(node, 'empty')
  await writeSeries(node, 'long')
  const times = Float64Array.from({ length: 100 }, (_, i) => start + i * quarterHour)
  const values = Float64Array.from(times, (_, i) => (i === 5 ? Number.NaN : i / 10))
  const flags = Uint8Array.from(times, (_, i) => (i === 7 ? 4 : 0))
  for (const series of ['short', 'secret'])
    await storeParts(node, { author: 'test' }, [
      { series, audience: 'public', rules: [], times, values, flags },
    ])
  // Straight into the table: what is read is the same, and two million rows through the journal would take minutes.
  await storeParts(node, { author: 'test' }, [
    {
      series: 'long',
      audience: 'public',
      rules: [],
      times: Float64Array.of(start),
      values: Float64Array.of(0),
    },
  ])
  await node.store.pool.query(
    `INSERT INTO observation SELECT k.key, to_timestamp($1) + n * interval '15 min', n % 1000, 2, 0
     FROM series_key k, generate_series(1, $2::int - 1) n WHERE k.id = 'long'`,
    [start / 1000, longRows],
  )
  await node.store.pool.query(
    `UPDATE series_state SET rows = $1::int, count = $1::int, last_time = to_timestamp($2) + ($1::int - 1) * interval '15 min'
     WHERE series = (SELECT key FROM series_key WHERE id = 'long')`,
    [longRows, start / 1000],
  )
  server = await node.serve(valueDoors)
  url = await server.listen({ port: 0, host: '127.0.0.1' })
})
after(() => node.close())

const get = (query: string, headers: Record<string, string> = {}, id = 'short') =>
  server.inject({ url: `/api/series/${id}/observations${query}`, headers })

type Columns = { times: number[]; values: (number | null)[]; flags: number[] }

test('JSON, CSV and the binary form say the same', async () => {
  const json = (await get('')).json<Columns & Record<string, unknown>>()
  assert.equal(json.series, 'short')
  assert.equal(json.unit, 'm')
  assert.equal(json.times.length, 100)
  assert.equal(json.times[99], start + 99 * quarterHour)
  assert.equal(json.values[5], null)
  assert.equal(json.values[33], 3.3)
  assert.equal(json.flags[7], 4)

  const lines = (await get('?format=csv')).body.trim().split('\r\n').slice(1)
  const fromCsv = lines.map((line) => line.split(','))
  assert.deepEqual(
    fromCsv.map(([time]) => Date.parse(time)),
    json.times,
  )
  assert.deepEqual(
    fromCsv.map(([, value]) => (value === '' ? null : Number(value))),
    json.values,
  )
  assert.deepEqual(
    fromCsv.map(([, , flag]) => Number(flag)),
    json.flags,
  )

  assert.deepEqual(decode((await get('?format=binary')).rawPayload), json)
  function decode(bytes: Buffer) {
    const times: number[] = []
    const values: (number | null)[] = []
    const flags: number[] = []
    let at = 0
    for (let n = bytes.readUInt32LE(at); n > 0; n = bytes.readUInt32LE(at)) {
      for (let i = 0; i < n; i++) {
        times.push(bytes.readDoubleLE(at + 4 + i * 8))
        const value = bytes.readDoubleLE(at + 4 + n * 8 + i * 8)
        values.push(Number.isNaN(value) ? null : value)
        flags.push(bytes[at + 4 + n * 16 + i])
      }
      at += Math.ceil((4 + n * 17) / 8) * 8
    }
    return { ...json, times, values, flags }
  }
})

test('Parquet and Arrow begin as such files do', async () => {
  assert.equal((await get('?format=parquet')).rawPayload.subarray(0, 4).toString(), 'PAR1')
  assert.equal((await get('?format=arrow')).rawPayload.readInt32LE(0), -1)
})

test('a range takes its first moment and leaves its last', async () => {
  const { times } = (await get('?from=2020-01-01T01:00Z&to=2020-01-01T02:00Z')).json<Columns>()
  assert.deepEqual(
    times,
    [4, 5, 6, 7].map((i) => start + i * quarterHour),
  )
})

test('flags choose rows, and aggregates leave out what is bad unless it is named', async () => {
  const bad = (await get('?flags=bad')).json<Columns>()
  assert.deepEqual(bad.values, [0.7])
  const hours = (await get('?resolution=hour&to=2020-01-01T02:00Z')).json<{ count: number[] }>()
  assert.deepEqual(hours.count, [4, 2])
  const all = (await get('?resolution=hour&to=2020-01-01T02:00Z&flags=notEvaluated,bad')).json<{
    count: number[]
  }>()
  assert.deepEqual(all.count, [4, 3])
})

test('a series without values, an empty range and a time before all knowledge give empty columns', async () => {
  const nothing = { times: [], values: [], flags: [] }
  for (const [query, id] of [
    ['', 'empty'],
    ['?from=2030-01-01', 'short'],
    ['?as-known-at=2010-01-01', 'short'],
    ['?resolution=auto', 'empty'],
  ]) {
    const { times, values, flags } = (await get(query, {}, id)).json<Columns>()
    assert.deepEqual({ times, values, flags }, nothing)
  }
  assert.equal((await get('?format=binary', {}, 'empty')).rawPayload.readUInt32LE(0), 0)
  assert.equal((await get('?format=parquet', {}, 'empty')).statusCode, 200)
})

test('the answer is sent once and then 304, until the series changes', async () => {
  const first = await get('?resolution=day')
  const etag = first.headers.etag as string
  const again = await get('?resolution=day', { 'if-none-match': etag })
  assert.equal(again.statusCode, 304)
  assert.equal(again.body, '')
  assert.notEqual((await get('?resolution=hour')).headers.etag, etag)
  await storeParts(node, { author: 'test' }, [
    {
      series: 'short',
      audience: 'public',
      rules: [],
      times: Float64Array.of(start + 200 * quarterHour),
      values: Float64Array.of(1),
    },
  ])
  const changed = await get('?resolution=day', { 'if-none-match': etag })
  assert.equal(changed.statusCode, 200)
  assert.equal(changed.json<Columns>().times.length, 3)
})

test('nonsense is refused with the field named', async () => {
  for (const [query, field] of [
    ['?from=yesterday', 'from'],
    ['?from=2021-02-30', 'from'],
    ['?from=2021-01-02&to=2021-01-01', 'to'],
    ['?as-known-at=%00', 'as-known-at'],
    ['?flags=good,excellent', 'flags'],
    ['?resolution=week', 'resolution'],
    ['?points=5', 'points'],
    ['?colour=red', 'colour'],
  ]) {
    const answer = await get(query)
    assert.equal(answer.statusCode, 400, query)
    assert.equal(answer.json<{ field: string }>().field, field)
  }
  const unknown = await get('', {}, 'nowhere')
  assert.equal(unknown.statusCode, 404)
  assert.equal(unknown.json<{ code: string }>().code, 'series-unknown')
})

test('a series that is not public is for signed-in people of the node', async () => {
  assert.equal((await get('', {}, 'secret')).statusCode, 403)
  const answer = await get('', { 'x-as': 'officer' }, 'secret')
  assert.equal(answer.json<Columns>().times.length, 100)
})

test('two million rows stream in bounded memory, columns in step', async () => {
  let peak = 0
  const before = process.memoryUsage().rss
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 10)
  const answer = await fetch(`${url}/api/series/long/observations`, {
    headers: { 'accept-encoding': 'identity' },
  })
  let commas = 0
  let bytes = 0
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += piece.length
    for (const byte of piece) if (byte === 44) commas++
  }
  clearInterval(watch)
  // Three columns, and the commas between the seven members.
  assert.equal(commas, 3 * (longRows - 1) + 6)
  assert.ok(bytes > longRows * 15)
  assert.ok(peak - before < 150_000_000, `grew by ${Math.round((peak - before) / 1e6)} MB`)
})

test('readers that leave give their connections back', async () => {
  for (let i = 0; i < 6; i++) {
    const leaving = new AbortController()
    const answer = await fetch(`${url}/api/series/long/observations?format=csv`, { signal: leaving.signal })
    await answer.body?.getReader().read()
    leaving.abort()
  }
  // The pool holds three: were one lost for each reader, this would wait for ever.
  assert.equal((await get('')).statusCode, 200)
  for (let i = 0; i < 100 && node.store.pool.totalCount !== node.store.pool.idleCount; i++) await sleep(20)
  assert.equal(node.store.pool.totalCount, node.store.pool.idleCount)
})

test('a drawing of a long series keeps its extremes, also after late values came into its middle', async () => {
  const draw = async () => (await get('?resolution=auto&points=200', {}, 'long')).json<Columns>()
  const first = await draw()
  assert.ok(first.times.length <= 800)
  assert.equal(Math.max(...(first.values as number[])), 999)
  const peak = Date.UTC(2050, 5, 1, 0, 7)
  await storeParts(node, { author: 'test' }, [
    {
      series: 'long',
      audience: 'public',
      rules: [],
      times: Float64Array.of(peak),
      values: Float64Array.of(5000),
    },
  ])
  const second = await draw()
  assert.equal(second.times[(second.values as number[]).indexOf(5000)], peak)
  const { rows } = await node.store.pool.query('SELECT blocks FROM series_outline')
  assert.deepEqual(rows, [{ blocks: 2 }])
})
