/** Ed25519 by node:crypto. Reached as `#ed25519`; its twin is ed25519-browser.ts. */
import { createPrivateKey, createPublicKey, sign as nodeSign, verify as nodeVerify } from 'node:crypto'

// RFC 8410: the fixed DER that stands before the 32 bytes of a seed (PKCS #8) or of a public key (SPKI).
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex')
const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex')

function privateKey(seed: Uint8Array) {
  if (seed.length !== 32) throw new TypeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  return createPrivateKey({ key: Buffer.concat([seedPrefix, seed]), format: 'der', type: 'pkcs8' })
}

/** The 32-byte public key of a 32-byte seed. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  const der = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
  return new Uint8Array(der.subarray(publicPrefix.length))
}

/** The 64-byte signature of a message. Throws a TypeError when the seed has not 32 bytes. */
export function sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  return new Uint8Array(nodeSign(null, message, privateKey(seed)))
}

/** True when the signature is good; false for everything else, malformed keys and signatures among them. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  try {
    const key = createPublicKey({
      key: Buffer.concat([publicPrefix, publicKey]),
      format: 'der',
      type: 'spki',
    })
    return nodeVerify(null, message, key, signature)
  } catch {
    return false
  }
}
