/** The client calls the addresses of the contract and turns refusals into problems. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@lanmei/model/problem'
import { addressOf, client } from './client.ts'
import { stationsGet } from './contract/stations.ts'
import { observations } from './contract/values.ts'
import { contract } from './contract.ts'
import { openApiDocument } from './openapi.ts'

test('an address has its parameters escaped and absent query values left out', () => {
  assert.equal(addressOf(stationsGet, { parameters: { id: 'KH_014901' } }), '/api/stations/KH_014901')
  const address = addressOf(observations, {
    parameters: { id: 'a b/c' },
    query: { from: '2020-01-01', to: undefined, points: 100 },
  })
  assert.equal(address, '/api/series/a%20b%2Fc/observations?from=2020-01-01&points=100')
})

test('a refusal becomes a problem with the code and details of the node', async () => {
  const refuse: typeof fetch = async () =>
    new Response(JSON.stringify({ title: 'x', status: 404, code: 'station-unknown', station: 'XX_1' }), {
      status: 404,
    })
  const call = client('', refuse)
  await assert.rejects(call(stationsGet, { parameters: { id: 'XX_1' } }), (error) => {
    assert.ok(isProblem(error))
    assert.equal(error.code, 'station-unknown')
    assert.equal(error.details.station, 'XX_1')
    return true
  })
})

test('an answer keeps the type of its route', async () => {
  const call = client(
    '',
    async () => new Response(JSON.stringify({ station: { id: 'KH_014901' }, series: [] })),
  )
  const answer = await call(stationsGet, { parameters: { id: 'KH_014901' } })
  assert.equal(answer.station.id, 'KH_014901')
})

test('every route has its own id and its own method and path', () => {
  assert.equal(new Set(contract.map((route) => route.id)).size, contract.length)
  assert.equal(new Set(contract.map((route) => `${route.method} ${route.path}`)).size, contract.length)
})

test('the OpenAPI document holds every route of the contract', () => {
  const document = openApiDocument('http://localhost', '0') as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  const ids = Object.values(document.paths).flatMap((path) =>
    Object.values(path).map((operation) => operation.operationId),
  )
  assert.deepEqual(new Set(ids), new Set(contract.map((route) => route.id)))
})
