/** The server's and the browser's SHA-256 and Ed25519: published vectors for both, and the same answers from both. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { ED25519_TORSION_SUBGROUP, ed25519 } from '@noble/curves/ed25519.js'
import fc from 'fast-check'
import { fromHex, toHex } from './byte-text.ts'
import { isPublicKey, verify } from './ed25519.ts'
import * as browserEd25519 from './ed25519-browser.ts'
import * as nodeEd25519 from './ed25519-node.ts'
import { sha256 as browserSha256 } from './sha256-browser.ts'
import { sha256 as nodeSha256 } from './sha256-node.ts'

const bytes = (hex: string) => fromHex(hex) as Uint8Array
const ascii = (text: string) => new TextEncoder().encode(text)

// NIST, examples of FIPS 180-4.
const digests: [string, string][] = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
    '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
  ],
]

// RFC 8032, section 7.1, tests 1 to 3: seed, public key, message, signature.
const signatures: [string, string, string, string][] = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
]

test('SHA-256 gives the published digests on the server and in the browser', () => {
  for (const sha256 of [nodeSha256, browserSha256])
    for (const [message, digest] of digests) assert.equal(toHex(sha256(ascii(message))), digest)
})

test('SHA-256 of parts is the digest of the parts put together, the same on both sides', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), (parts) => {
      const digest = nodeSha256(...parts)
      assert.deepEqual(digest, nodeSha256(Uint8Array.from(parts.flatMap((part) => [...part]))))
      assert.deepEqual(digest, browserSha256(...parts))
    }),
  )
})

test('Ed25519 gives the keys and signatures of RFC 8032 on the server and in the browser', () => {
  for (const twin of [nodeEd25519, browserEd25519])
    for (const [seed, publicKey, message, signature] of signatures) {
      assert.equal(toHex(twin.publicKeyOf(bytes(seed))), publicKey)
      assert.equal(toHex(twin.sign(bytes(message), bytes(seed))), signature)
      assert.equal(twin.verify(bytes(signature), bytes(message), bytes(publicKey)), true)
    }
})

test('both sides refuse a signature with any one bit changed', () => {
  const [, publicKey, message, signature] = signatures[2].map(bytes)
  fc.assert(
    fc.property(fc.nat(511), (bit) => {
      const changed = signature.slice()
      changed[bit >> 3] ^= 1 << (bit & 7)
      assert.equal(nodeEd25519.verify(changed, message, publicKey), false)
      assert.equal(browserEd25519.verify(changed, message, publicKey), false)
    }),
    { numRuns: 60 },
  )
})

test('malformed keys and signatures are refused without an exception', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 70 }),
      fc.uint8Array({ maxLength: 40 }),
      (signature, publicKey) => {
        assert.equal(nodeEd25519.verify(signature, ascii('x'), publicKey), false)
        assert.equal(browserEd25519.verify(signature, ascii('x'), publicKey), false)
      },
    ),
  )
  const high = bytes('ff'.repeat(32))
  for (const twin of [nodeEd25519, browserEd25519]) {
    assert.equal(twin.verify(new Uint8Array(64), ascii('x'), high), false)
    assert.throws(() => twin.sign(ascii('x'), new Uint8Array(31)), /32 bytes/)
    assert.throws(() => twin.publicKeyOf(new Uint8Array(33)), /32 bytes/)
  }
})

test('keys under which a signature proves nothing verify nothing', () => {
  const spellings = ['ed', 'ee', 'ff'].flatMap((low) => [
    `${low}${'ff'.repeat(30)}7f`,
    `${low}${'ff'.repeat(31)}`,
  ])
  for (const hex of [
    ...ED25519_TORSION_SUBGROUP,
    `01${'00'.repeat(30)}80`,
    `ec${'ff'.repeat(31)}`,
    ...spellings,
  ]) {
    assert.equal(isPublicKey(bytes(hex)), false, hex)
    // R the neutral point, S zero: with the neutral point as key this fits every message.
    assert.equal(verify(bytes(`01${'00'.repeat(63)}`), ascii('any'), bytes(hex)), false, hex)
  }
  for (const [, publicKey] of signatures) assert.equal(isPublicKey(bytes(publicKey)), true)
  assert.equal(isPublicKey(new Uint8Array(31).fill(5)), false)
})

test('an R of small order or in a second spelling is refused', () => {
  const [seed, publicKey] = signatures[0].map(bytes)
  const { scalar } = ed25519.utils.getExtendedPublicKey(seed)
  // A signature made with the nonce 0, so that R is the neutral point, in the spelling given: S = k a.
  const signatureWith = (r: Uint8Array) => {
    const digest = createHash('sha512').update(r).update(publicKey).digest()
    const k = BigInt(`0x${digest.reverse().toString('hex')}`)
    const s = ((k * scalar) % ed25519.Point.Fn.ORDER).toString(16).padStart(64, '0')
    return Uint8Array.of(...r, ...bytes(s).reverse())
  }
  const [neutral, second] = [`01${'00'.repeat(31)}`, `ee${'ff'.repeat(30)}7f`].map((hex) =>
    signatureWith(bytes(hex)),
  )
  assert.equal(browserEd25519.verify(neutral, ascii(''), publicKey), true)
  assert.equal(browserEd25519.verify(second, ascii(''), publicKey), false)
  assert.equal(nodeEd25519.verify(second, ascii(''), publicKey), false)
  // The neutral point itself is taken by one library and not by the other; what everybody calls refuses both.
  for (const signature of [neutral, second]) assert.equal(verify(signature, ascii(''), publicKey), false)
  assert.equal(verify(bytes(signatures[0][3]), ascii(''), publicKey), true)
})
