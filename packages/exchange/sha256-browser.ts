/** SHA-256 by @noble/hashes, for browsers. Reached as `#sha256`; its twin is sha256-node.ts. */
import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js'

/** SHA-256 of the parts one after the other, 32 bytes. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  const running = nobleSha256.create()
  for (const part of parts) running.update(part)
  return running.digest()
}
