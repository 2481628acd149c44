/** Ed25519 (RFC 8032): Node's own on the server, @noble/curves in the browser. Keys are 32 raw bytes, the secret one is the seed. */
import { verify as verifyUnderAnyKey } from '#ed25519'
import { toHex } from './byte-text.ts'

export { publicKeyOf, sign } from '#ed25519'

// The points of small order. Under such a key one signature fits many messages, so it proves nothing; as the R of a signature
// they are refused by Node and taken by others, and a checkpoint must not be good in one place and bad in another.
const smallOrderPoints = new Set([
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  `${'00'.repeat(32)}`,
  `${'00'.repeat(31)}80`,
  `ec${'ff'.repeat(30)}7f`,
  `ec${'ff'.repeat(31)}`,
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
])
// 2^255 - 19 to 2^255 - 1, with either sign: second spellings of small numbers, which the two libraries treat differently.
const secondSpelling = /^(e[d-f]|f.)(ff){30}[7f]f$/

/** True for 32 bytes that may be a public key, or the R of a signature: not a point of small order, and no second spelling. */
export function isPublicKey(point: Uint8Array): boolean {
  const hex = toHex(point)
  return point.length === 32 && !secondSpelling.test(hex) && !smallOrderPoints.has(hex)
}

/** True when the signature is good; false for everything else, malformed keys and signatures among them. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  return (
    isPublicKey(publicKey) &&
    isPublicKey(signature.subarray(0, 32)) &&
    verifyUnderAnyKey(signature, message, publicKey)
  )
}
