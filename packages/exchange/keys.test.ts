/** Keys as JWK, their thumbprints, their history, and their sealed form on disk. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ED25519_TORSION_SUBGROUP } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { fromHex } from './byte-text.ts'
import {
  checkJournalKey,
  isInForce,
  keyPairOf,
  publicJwkOf,
  publicKeyFrom,
  publicPartOf,
  seedFrom,
  signerOf,
} from './keys.ts'
import { newKeyPair, openKey, sealKey } from './keys-at-rest.ts'

// RFC 8037, appendix A.1 to A.3; the seed is that of RFC 8032, test 1.
const published = {
  seed: fromHex('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60') as Uint8Array,
  d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
  x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  kid: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
}
const pair = keyPairOf(published.seed)

test('the published key pair has the published JWK and thumbprint', () => {
  assert.deepEqual(pair, { kty: 'OKP', crv: 'Ed25519', x: published.x, kid: published.kid, d: published.d })
  assert.deepEqual(publicPartOf(pair), { kty: 'OKP', crv: 'Ed25519', x: published.x, kid: published.kid })
  assert.deepEqual(seedFrom(pair), { ok: true, value: published.seed })
})

test('keys whose parts do not belong together are refused', () => {
  const other = keyPairOf(new Uint8Array(32))
  for (const bad of [
    { ...pair, kid: other.kid },
    { ...pair, x: other.x },
    { ...pair, x: `${pair.x}A` },
    { ...pair, crv: 'X25519' },
    { ...pair, kty: 'EC' },
    { ...pair, kid: undefined },
    null,
    'key',
  ])
    assert.equal(publicKeyFrom(bad).ok, false, JSON.stringify(bad))
  for (const bad of [
    { ...pair, d: other.d },
    { ...pair, d: undefined },
    { ...pair, d: pair.d.slice(1) },
  ]) {
    assert.equal(publicKeyFrom(bad).ok, true)
    assert.equal(seedFrom(bad).ok, false)
    assert.throws(() => signerOf('o', bad as typeof pair), TypeError)
  }
  fc.assert(fc.property(fc.anything(), (value) => assert.equal(seedFrom(value).ok, false)))
})

test('public keys of small order are refused', () => {
  for (const point of ED25519_TORSION_SUBGROUP) {
    const refused = publicKeyFrom(publicJwkOf(fromHex(point) as Uint8Array))
    assert.match(refused.ok ? '' : refused.detail, /small order/)
  }
})

test('a key is in force from its first instant up to, but without, its last', () => {
  const [from, to] = ['2026-01-01T00:00:00.000Z', '2026-07-01T00:00:00.000Z']
  const key = { kid: pair.kid, publicKey: publicPartOf(pair), from, to }
  assert.deepEqual(checkJournalKey(key), { ok: true, value: key })
  assert.equal(isInForce(key, '2025-12-31T23:59:59.999Z'), false)
  assert.equal(isInForce(key, from), true)
  assert.equal(isInForce(key, '2026-06-30T23:59:59.999Z'), true)
  assert.equal(isInForce(key, to), false)
  assert.equal(isInForce({ ...key, to: undefined }, '9999-12-31T00:00:00.000Z'), true)
  for (const bad of [
    { ...key, to: from },
    { ...key, from: '2026' },
    { ...key, kid: 'x' },
    { ...key, publicKey: {} },
    5,
  ])
    assert.equal(checkJournalKey(bad).ok, false)
})

test('a sealed key opens under its passphrase alone, and not after any change', async () => {
  const file = JSON.parse(JSON.stringify(await sealKey(pair, 'naga fireballs')))
  assert.equal(JSON.stringify(file).includes(pair.d), false)
  assert.deepEqual(await openKey(file, 'naga fireballs'), { ok: true, value: pair })
  assert.equal((await openKey(file, 'naga fireball')).ok, false)
  assert.equal((await openKey(file)).ok, false)
  const { sealed } = file
  const secret = (sealed.secret[0] === 'A' ? 'B' : 'A') + sealed.secret.slice(1)
  const otherPublic = publicPartOf(keyPairOf(new Uint8Array(32)))
  for (const change of [{ secret }, { publicKey: otherPublic }, { kdf: { ...sealed.kdf, p: 2 } }])
    assert.equal((await openKey({ sealed: { ...sealed, ...change } }, 'naga fireballs')).ok, false)
})

test('a damaged file is refused, also one that asks for all the memory', async () => {
  const file = (await sealKey(pair, 'x')) as { sealed: { kdf: object } }
  const greedy = { sealed: { ...file.sealed, kdf: { ...file.sealed.kdf, n: 2 ** 30 } } }
  for (const bad of [greedy, {}, null, { sealed: null }, { sealed: {} }, { plain: {} }, 'text'])
    assert.equal((await openKey(bad, 'x')).ok, false)
})

test('a plain key file is taken as it is, and new pairs differ', async () => {
  const fresh = newKeyPair()
  assert.notEqual(fresh.kid, newKeyPair().kid)
  assert.deepEqual(await openKey(await sealKey(fresh)), { ok: true, value: fresh })
})
