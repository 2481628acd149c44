/** Signing in: password, second factor, lock-out, disabled accounts, API keys; and what the journal says of the author. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { before, test } from 'node:test'
import {
  administrator,
  cookieOf,
  everybody,
  newNode,
  origin,
  password,
  setUpNode,
  signIn,
  type TestNode,
} from '../testing/running-node.ts'

let node: TestNode
let headers: Record<string, Record<string, string>>
before(async () => {
  node = await newNode()
  await setUpNode(node)
  headers = await everybody(node)
})

function trySignIn(email: string, secret: string, address = '127.0.0.1') {
  return node.server.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    remoteAddress: address,
    headers: { host: 'localhost', origin, 'content-type': 'application/json' },
    payload: JSON.stringify({ email, password: secret }),
  })
}

/** RFC 6238 with SHA-1, 30 s, 6 digits, from an otpauth address. */
function totp(uri: string): string {
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  const bits = [...secret].map((c) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0'),
  )
  const key = Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const code = (digest.readUInt32BE(digest[19] & 15) & 0x7fffffff) % 1_000_000
  return String(code).padStart(6, '0')
}

test('the session is a cookie scripts cannot read and other sites cannot use', async () => {
  const answer = await trySignIn(administrator.email, password)
  const cookie = String(answer.headers['set-cookie'])
  assert.match(cookie, /HttpOnly/i)
  assert.match(cookie, /SameSite=Lax/i)
})

test('nobody can sign up, reset or make keys at the sign-in door', async () => {
  for (const path of [
    'sign-up/email',
    'api-key/create',
    'request-password-reset',
    'delete-user',
    'change-email',
  ]) {
    const answer = await node.ask({
      method: 'POST',
      url: `/api/auth/${path}`,
      headers: headers.reader,
      body: {},
    })
    assert.equal(answer.status, 404, path)
  }
})

test('passwords are kept as scrypt hashes only', async () => {
  const { rows } = await node.context.store.pool.query('SELECT password FROM person_account')
  for (const row of rows) assert.match(row.password, /^[0-9a-f]{32}:[0-9a-f]{128}$/)
})

test('ten wrong passwords from one place close the account to that place, not to others', async () => {
  const email = 'reader@example.org'
  for (let i = 0; i < 10; i++)
    assert.equal((await trySignIn(email, 'wrong password', '10.1.1.1')).statusCode, 401)
  const locked = await trySignIn(email, password, '10.1.1.1')
  assert.equal(locked.statusCode, 429)
  assert.ok(Number(locked.headers['retry-after']) > 0)
  assert.equal((await trySignIn(email, password, '10.1.1.2')).statusCode, 200)
})

test('with a second factor the password alone gives no session, the code does', async () => {
  const officer = headers.officer
  const enabled = await node.ask({
    method: 'POST',
    url: '/api/auth/two-factor/enable',
    headers: officer,
    body: { password },
  })
  assert.equal(enabled.status, 200, enabled.text)
  const uri = enabled.json.totpURI as string
  const confirmed = await node.ask({
    method: 'POST',
    url: '/api/auth/two-factor/verify-totp',
    headers: officer,
    body: { code: totp(uri) },
  })
  assert.equal(confirmed.status, 200, confirmed.text)

  const half = await node.ask({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin },
    body: { email: 'officer@example.org', password },
  })
  assert.equal(half.json.twoFactorRedirect, true)
  const halfway = { cookie: cookieOf(half), origin }
  assert.equal((await node.ask({ url: '/api/me', headers: halfway })).json.duty, 'none')
  const wrong = await node.ask({
    method: 'POST',
    url: '/api/auth/two-factor/verify-totp',
    headers: halfway,
    body: { code: '000000' },
  })
  assert.equal(wrong.status, 401)
  const whole = await node.ask({
    method: 'POST',
    url: '/api/auth/two-factor/verify-totp',
    headers: halfway,
    body: { code: totp(uri) },
  })
  assert.equal(whole.status, 200, whole.text)
  headers.officer = { cookie: cookieOf(whole), origin }
  const me = await node.ask({ url: '/api/me', headers: headers.officer })
  assert.equal(me.json.duty, 'officer')
  assert.equal((me.json.person as { secondFactor: boolean }).secondFactor, true)
})

test('what an officer writes carries the role and a pseudonym, never the person', async () => {
  const fields = { party: 'la', area: 'water', duty: 'officer' }
  const refused = await node.ask({
    method: 'PUT',
    url: '/api/records/role/la-extra',
    headers: headers.officer,
    body: { fields },
  })
  assert.equal(refused.status, 403, 'roles decide about rights: an administrator writes them')
  const written = await node.ask({
    method: 'PUT',
    url: '/api/records/role/la-extra',
    headers: headers.administrator,
    body: { fields, after: 0 },
  })
  assert.equal(written.status, 200, written.text)
  assert.match(String(written.json.author), /^role:la-administrator#p-[0-9a-f]{16}$/)
  const again = await node.ask({
    method: 'PUT',
    url: '/api/records/role/la-extra',
    headers: headers.administrator,
    body: { fields: { ...fields, duty: 'reader' }, after: 0 },
  })
  assert.equal(again.status, 409)
})

test('an API key works in both headers, is kept as a hash, and ends at once when revoked', async () => {
  const made = await node.ask({
    method: 'POST',
    url: '/api/keys',
    headers: headers.administrator,
    body: { name: 'logger', duty: 'contributor', expiresInDays: 400 },
  })
  const key = made.json.key as string
  assert.match(key, /^lanmei_\w{40,}$/)
  assert.equal((await node.ask({ url: '/api/me', headers: { 'x-api-key': key } })).json.duty, 'contributor')
  assert.equal(
    (await node.ask({ url: '/api/me', headers: { authorization: `Bearer ${key}` } })).json.duty,
    'contributor',
  )
  const { rows } = await node.context.store.pool.query('SELECT * FROM api_key')
  assert.ok(!JSON.stringify(rows).includes(key))
  const list = await node.ask({ url: '/api/keys', headers: headers.administrator })
  const shown = (list.json.keys as Record<string, string>[]).find(({ id }) => id === made.json.id)
  assert.ok(shown?.lastUsedAt)
  assert.ok(shown?.expiresAt)
  assert.ok(!list.text.includes(key))
  await node.ask({ method: 'DELETE', url: `/api/keys/${made.json.id}`, headers: headers.administrator })
  assert.equal((await node.ask({ url: '/api/me', headers: { 'x-api-key': key } })).status, 401)
})

test('an expired key is refused', async () => {
  const made = await node.ask({
    method: 'POST',
    url: '/api/keys',
    headers: headers.administrator,
    body: { name: 'old', duty: 'reader', expiresInDays: 1 },
  })
  await node.context.store.pool.query(
    `UPDATE api_key SET "expiresAt" = now() - interval '1 s' WHERE id = $1`,
    [made.json.id],
  )
  const answer = await node.ask({ url: '/api/me', headers: { 'x-api-key': made.json.key as string } })
  assert.equal(answer.status, 401)
})

test('many wrong keys from one place are answered with a pause', async () => {
  const attempt = () =>
    node.server.inject({
      url: '/api/me',
      remoteAddress: '10.2.2.2',
      headers: { 'x-api-key': 'lanmei_wrong' },
    })
  for (let i = 0; i < 30; i++) assert.equal((await attempt()).statusCode, 401)
  assert.equal((await attempt()).statusCode, 429)
})

test('a disabled account loses its sessions and cannot sign in; the last administrator stays', async () => {
  const list = await node.ask({ url: '/api/people', headers: headers.administrator })
  const people = list.json.people as { id: string; email: string }[]
  const idOf = (email: string) => people.find((person) => person.email === email)?.id
  const disable = (email: string) =>
    node.ask({
      method: 'PUT',
      url: `/api/people/${idOf(email)}`,
      headers: headers.administrator,
      body: { disabled: true },
    })
  assert.equal((await disable('contributor@example.org')).json.disabled, true)
  assert.equal((await node.ask({ url: '/api/me', headers: headers.contributor })).json.person, null)
  assert.equal((await trySignIn('contributor@example.org', password)).statusCode, 403)
  const last = await disable(administrator.email)
  assert.equal(last.status, 409)
  assert.equal(
    (await node.ask({ url: '/api/me', headers: headers.administrator })).json.duty,
    'administrator',
  )
})

test('when the days of grace are over an administrator without a second factor can look but not act', async () => {
  await node.context.store.pool.query(`UPDATE person_role SET since = now() - interval '8 days'`)
  const answer = await node.ask({ url: '/api/people', headers: headers.administrator })
  assert.equal(answer.status, 403)
  assert.equal(answer.json.reason, 'second-factor-needed')
  assert.equal((await node.ask({ url: '/api/loads', headers: headers.administrator })).status, 200)
  const fields = { party: 'la', name: { en: 'X' }, category: 'other' }
  const officer = await node.ask({
    method: 'PUT',
    url: '/api/records/organisation/la-x',
    headers: headers.officer,
    body: { fields },
  })
  assert.equal(officer.status, 200, officer.text)
})

test('signing out ends the session', async () => {
  const session = await signIn(node, 'reader@example.org')
  assert.equal((await node.ask({ url: '/api/me', headers: session })).json.duty, 'reader')
  await node.ask({ method: 'POST', url: '/api/auth/sign-out', headers: session, body: {} })
  assert.equal((await node.ask({ url: '/api/me', headers: session })).json.duty, 'none')
})
