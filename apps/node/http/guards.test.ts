/** What holds for every request: origin, limits, problem documents, headers, validators. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { problem } from '@lanmei/model/problem'
import { administrator, newNode, setUpNode, signIn, type TestNode } from '../testing/running-node.ts'
import { problemDocument } from './problems.ts'

let node: TestNode
let session: Record<string, string>
before(async () => {
  node = await newNode({ LANMEI_READS_PER_MINUTE: '500', LANMEI_SIGN_INS_PER_MINUTE: '20' })
  await setUpNode(node)
  session = await signIn(node, administrator.email)
})

test('a request with a cookie from another site is refused, from our own pages it is not', async () => {
  const write = (headers: Record<string, string>) =>
    node.ask({
      method: 'POST',
      url: '/api/people',
      headers: { cookie: session.cookie, ...headers },
      body: {},
    })
  for (const headers of [
    {},
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost', 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ] as Record<string, string>[]) {
    const answer = await write(headers)
    assert.equal(answer.status, 403, JSON.stringify(headers))
    assert.match(String(answer.json.reason), /Origin/)
  }
  assert.equal((await write({ origin: 'http://localhost' })).status, 400, 'reached the check of the body')
  assert.equal((await write({ 'sec-fetch-site': 'same-origin' })).status, 400)
})

test('public answers may be read from anywhere, those for a signed-in person may not', async () => {
  const open = await node.ask({ url: '/api/node', headers: { origin: 'https://other.example' } })
  assert.equal(open.headers['access-control-allow-origin'], '*')
  assert.equal(open.headers['access-control-allow-credentials'], undefined)
  const own = await node.ask({ url: '/api/node', headers: session })
  assert.equal(own.headers['access-control-allow-origin'], undefined)
  assert.match(String(own.headers['cache-control']), /private/)
  const refused = await node.ask({ url: '/api/people', headers: { origin: 'https://other.example' } })
  assert.equal(refused.headers['access-control-allow-origin'], undefined)
})

test('a preflight says that only reading is open', async () => {
  const answer = await node.ask({
    method: 'OPTIONS',
    url: '/api/people',
    headers: { origin: 'https://x.example' },
  })
  assert.equal(answer.status, 204)
  assert.equal(answer.headers['access-control-allow-methods'], 'GET, HEAD')
  assert.equal(answer.headers['access-control-allow-headers'], undefined)
})

test('answers carry the careful headers; pages carry a policy with a fresh nonce', async () => {
  const answer = await node.ask({ url: '/api/node' })
  assert.equal(answer.headers['x-content-type-options'], 'nosniff')
  assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/)
  assert.equal(answer.headers['strict-transport-security'], undefined)
  const nonce = async () =>
    /'nonce-([^']+)'/.exec(String((await node.ask({ url: '/' })).headers['content-security-policy']))?.[1]
  const first = await nonce()
  assert.ok(first)
  assert.notEqual(await nonce(), first)
})

test('without a built portal a plain page says so', async () => {
  const answer = await node.ask({ url: '/somewhere' })
  assert.equal(answer.status, 503)
  assert.match(answer.text, /portal is not built/)
})

test('an unknown address of the API gives a problem document, whatever the method', async () => {
  for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
    const answer = await node.ask({ method, url: '/api/nothing/here' })
    assert.equal(answer.status, 404, method)
    assert.equal(answer.json.code, 'not-found')
  }
})

test('what cannot be decoded or parsed is a 400 with the reason', async () => {
  for (const url of ['/api/%zz', '/api/node?x=%e0%a4%a', '/api/records/%ff'])
    assert.equal((await node.ask({ url })).status, 400, url)
  const post = (body: string, type = 'application/json') =>
    node.ask({ method: 'POST', url: '/api/set-up', headers: { 'content-type': type }, body })
  assert.equal((await post('{"a":1} trailing')).json.code, 'bad-request')
  assert.equal((await post('')).json.code, 'invalid-body')
  assert.equal((await post('{"a"')).json.code, 'bad-request')
  assert.equal((await post('{"__proto__":{"x":1}}')).status, 400)
  assert.equal((await post('{"name":"a\\u0000b"}')).status, 400)
  assert.equal((await post('a=1', 'application/x-www-form-urlencoded')).status, 415)
  assert.equal((await post('x'.repeat(300_000))).status, 413)
})

test('a misspelt, doubled or malformed parameter is named', async () => {
  for (const [url, field] of [
    ['/api/records/party?limt=1', 'limt'],
    ['/api/records/party?limit=1&limit=2', 'limit'],
    ['/api/records/party?limit=1e2', 'limit'],
    ['/api/records/party?limit=0', 'limit'],
    ['/api/records/party/%20', 'id'],
  ]) {
    const answer = await node.ask({ url })
    assert.equal(answer.status, 400, url)
    assert.equal(answer.json.code, 'invalid-parameter')
    assert.equal(answer.json.field, field)
  }
})

test('an answer the asker has is not sent again', async () => {
  const first = await node.ask({ url: '/api/records/party' })
  const etag = String(first.headers.etag)
  const second = await node.ask({ url: '/api/records/party', headers: { 'if-none-match': `"x", ${etag}` } })
  assert.equal(second.status, 304)
  assert.equal(second.text, '')
  assert.equal(
    (await node.ask({ url: '/api/records/party', headers: { 'if-none-match': '"x"' } })).status,
    200,
  )
})

test('large answers are compressed as the asker can take them', async () => {
  for (const encoding of ['gzip', 'br', 'zstd']) {
    const answer = await node.ask({ url: '/api/openapi.json', headers: { 'accept-encoding': encoding } })
    assert.equal(answer.headers['content-encoding'], encoding)
  }
  assert.equal((await node.ask({ url: '/api/openapi.json' })).headers['content-encoding'], undefined)
})

test('HEAD gives the headers without the answer', async () => {
  const answer = await node.ask({ method: 'HEAD', url: '/api/node' })
  assert.equal(answer.status, 200)
  assert.equal(answer.text, '')
})

test('too many attempts to sign in, and too many requests, are told to wait', async () => {
  const attempt = () =>
    node.server.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      remoteAddress: '10.3.3.3',
      headers: { host: 'localhost', origin: 'http://localhost' },
      payload: { email: 'x@example.org', password: 'y' },
    })
  const answers = []
  for (let i = 0; i < 21; i++) answers.push(await attempt())
  assert.equal(answers[20].statusCode, 429)
  assert.equal(answers[20].json().code, 'too-many-requests')
  assert.ok(Number(answers[20].headers['retry-after']) > 0)

  const read = () => node.server.inject({ url: '/health/live', remoteAddress: '10.3.3.4' })
  const statuses = []
  for (let i = 0; i < 501; i++) statuses.push((await read()).statusCode)
  assert.equal(statuses[499], 200)
  assert.equal(statuses[500], 429)
})

test('of our own faults a reference is shown and nothing else; the log has the rest under it', () => {
  for (const error of [
    new Error('secret path /srv/keys'),
    problem('journal-broken', { seq: 7, secret: 'x' }),
    problem('setting-invalid', { name: 'LANMEI_DATABASE_URL' }),
    Object.assign(new Error('relation "person" does not exist'), { code: '42P01' }),
    { odd: 'thing' },
    undefined,
  ]) {
    const { status, body, reference } = problemDocument(error)
    assert.equal(status, 500)
    assert.deepEqual(Object.keys(body).sort(), ['code', 'reference', 'status', 'title', 'type'])
    assert.equal(body.code, 'internal')
    assert.equal(body.reference, reference)
  }
})

test('a database that does not answer and a full disk have codes of their own', () => {
  const thrown = (code: string, stack = '') => Object.assign(new Error('x'), { code, stack })
  assert.equal(problemDocument(thrown('57P01')).body.code, 'store-unreachable')
  assert.equal(problemDocument(thrown('ECONNREFUSED', 'at pg-pool')).status, 503)
  assert.equal(problemDocument(thrown('53100')).status, 507)
  assert.equal(problemDocument(thrown('22021')).status, 400)
})

test('a fault inside a handler is logged under the reference its asker sees', async () => {
  const query = node.context.store.pool.query
  node.context.store.pool.query = (() => {
    throw new Error('very secret')
  }) as never
  const answer = await node.ask({ url: '/api/records/party' })
  node.context.store.pool.query = query
  assert.equal(answer.status, 500)
  assert.ok(!answer.text.includes('secret'))
  const line = node.logged.find(({ reference }) => reference === answer.json.reference)
  assert.match(JSON.stringify(line), /very secret/)
})
