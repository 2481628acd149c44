/** The first set-up: needs its code, makes one administrator, and is closed for ever after. */
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { administrator, newNode, setUpCode, signIn, type TestNode } from '../testing/running-node.ts'

let node: TestNode
before(async () => {
  node = await newNode()
})

function setUp(change: Record<string, unknown> = {}) {
  const body = { code: setUpCode(node), party: 'la', languages: ['lo', 'en'], ...administrator, ...change }
  return node.ask({ method: 'POST', url: '/api/set-up', body })
}

test('before the set-up the node says so and prints an address with a code', async () => {
  assert.equal((await node.ask({ url: '/api/node' })).json.setUp, false)
  assert.match(node.setUp.address() ?? '', /\/set-up#code=.{16}$/)
})

test('a wrong code is refused', async () => {
  const answer = await setUp({ code: 'wrong' })
  assert.equal(answer.status, 403)
  assert.equal(answer.json.code, 'not-allowed')
  assert.equal((await node.ask({ url: '/api/node' })).json.setUp, false)
})

test('a short password, an unknown language and an unknown party are refused by name', async () => {
  assert.equal((await setUp({ password: 'short' })).json.field, 'password')
  assert.match(String((await setUp({ languages: ['xx'] })).json.field), /^languages/)
  assert.equal((await setUp({ party: 'nowhere' })).json.field, 'party')
})

test('of two set-ups at the same moment one wins and the other finds it done', async () => {
  const code = setUpCode(node)
  const [one, two] = await Promise.all([
    setUp({ code, party: 'th' }),
    setUp({ code, party: 'th', email: 'second@example.org' }),
  ])
  assert.deepEqual([one.status, two.status].sort(), [200, 409])
  const { rows } = await node.context.store.pool.query('SELECT count(*)::int AS n FROM person')
  assert.equal(rows[0].n, 1)
})

test('after it the party and the languages hold, and it cannot be done again', async () => {
  const { json } = await node.ask({ url: '/api/node' })
  assert.equal(json.setUp, true)
  assert.equal(json.party, 'th')
  assert.deepEqual(json.languages, ['lo', 'en'])
  assert.equal(node.setUp.address(), undefined)
  assert.equal((await setUp({ code: 'anything' })).json.code, 'setup-done')
})

test('the administrator signs in; the roles in the journal do not name the person', async () => {
  const { rows } = await node.context.store.pool.query('SELECT email FROM person')
  const headers = await signIn(node, rows[0].email)
  const me = await node.ask({ url: '/api/me', headers })
  assert.equal(me.json.duty, 'administrator')
  const roles = await node.ask({ url: '/api/records/role' })
  assert.deepEqual(
    (roles.json.records as { id: string }[]).map(({ id }) => id),
    ['th-administrator', 'th-contributor', 'th-officer', 'th-reader'],
  )
  assert.ok(!roles.text.includes('example.org') && !roles.text.includes(administrator.name))
})
