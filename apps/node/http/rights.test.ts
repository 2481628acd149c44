/** Every route of the contract, asked by everybody: who is turned away, and how. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { contract } from '@lanmei/api/contract'
import type { Right, Route } from '@lanmei/api/route'
import { everybody, newNode, setUpNode, type TestNode } from '../testing/running-node.ts'

let node: TestNode
let asking: Record<string, Record<string, string>>
before(async () => {
  node = await newNode()
  await setUpNode(node)
  asking = await everybody(node)
})

const mayCall: Record<Right, string[]> = {
  anybody: [
    'nobody',
    'reader',
    'contributor',
    'officer',
    'administrator',
    'key of a reader',
    'key of a contributor',
  ],
  'signed-in': [
    'reader',
    'contributor',
    'officer',
    'administrator',
    'key of a reader',
    'key of a contributor',
  ],
  contributor: ['contributor', 'officer', 'administrator', 'key of a contributor'],
  officer: ['officer', 'administrator'],
  administrator: ['administrator'],
}

/** An address of the route with parameters that fit but name nothing, and a body that never fits: no route may act on it. */
function harmless({ method, path }: Route) {
  const url = path.replace(/:([a-z]+)/gi, (_, name: string) =>
    ['seq', 'page', 'load'].includes(name) ? '999999' : name === 'kind' ? 'station' : 'nothing-of-this-name',
  )
  return { method, url, ...(method === 'GET' || method === 'DELETE' ? {} : { body: { 'no such field': 1 } }) }
}

for (const route of contract)
  test(`${route.method} ${route.path} is for ${route.right}`, async () => {
    for (const [who, headers] of Object.entries(asking)) {
      const answer = await node.ask({ ...harmless(route), headers })
      if (mayCall[route.right].includes(who)) {
        assert.ok(![401, 403].includes(answer.status), `${who}: ${answer.status} ${answer.text}`)
        assert.ok(answer.status < 500, `${who}: ${answer.status} ${answer.text}`)
        assert.notEqual(answer.json.path, harmless(route).url, 'the route is bound')
      } else assert.equal(answer.status, who === 'nobody' ? 401 : 403, who)
      if (answer.status >= 400)
        assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
    }
  })

test('the tus door is for contributors', async () => {
  const create = (who: string) =>
    node.ask({
      method: 'POST',
      url: '/api/uploads/files',
      headers: { ...asking[who], 'tus-resumable': '1.0.0', 'upload-length': '3' },
    })
  assert.equal((await create('nobody')).status, 401)
  assert.equal((await create('key of a reader')).status, 403)
})
