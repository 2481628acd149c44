/** Commitment: what an entry says about its body without showing it. SHA-256 over a random salt and the canonical body. */
import { toHex } from './byte-text.ts'
import { sha256 } from './sha256.ts'

/** Bytes of a salt. Fresh and random for every entry, so that a body of few possible values cannot be guessed from its hash. */
export const saltBytes = 32

/**
 * SHA-256(salt || canonical body), lowercase hex.
 * @param salt 32 random bytes, made by the caller for this entry alone
 * @param body RFC 8785 bytes of the body (`canonicalBytes`, `canonicalBlock`)
 */
export function commitmentOf(salt: Uint8Array, body: Uint8Array): string {
  if (salt.length !== saltBytes) throw new TypeError(`a salt has ${saltBytes} bytes, not ${salt.length}`)
  return toHex(sha256(salt, body))
}
