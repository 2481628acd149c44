/** Ed25519 by @noble/curves, for browsers. Reached as `#ed25519`; its twin is ed25519-node.ts. */
import { ed25519 } from '@noble/curves/ed25519.js'

/** The 32-byte public key of a 32-byte seed. */
export function publicKeyOf(seed: Uint8Array): Uint8Array {
  if (seed.length !== 32) throw new TypeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  return ed25519.getPublicKey(seed)
}

/** The 64-byte signature of a message. Throws a TypeError when the seed has not 32 bytes. */
export function sign(message: Uint8Array, seed: Uint8Array): Uint8Array {
  if (seed.length !== 32) throw new TypeError(`an Ed25519 seed has 32 bytes, not ${seed.length}`)
  return ed25519.sign(message, seed)
}

/** True when the signature is good; false for everything else, malformed keys and signatures among them. */
export function verify(signature: Uint8Array, message: Uint8Array, publicKey: Uint8Array): boolean {
  if (signature.length !== 64 || publicKey.length !== 32) return false
  try {
    // RFC 8032 decoding, as Node does it; the library's default (ZIP 215) takes encodings that Node refuses.
    return ed25519.verify(signature, message, publicKey, { zip215: false })
  } catch {
    return false
  }
}
