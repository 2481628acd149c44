/** SHA-256 by node:crypto. Reached as `#sha256`; its twin is sha256-browser.ts. */
import { createHash, hash } from 'node:crypto'

/** SHA-256 of the parts one after the other, 32 bytes. */
export function sha256(...parts: Uint8Array[]): Uint8Array {
  if (parts.length === 1) return new Uint8Array(hash('sha256', parts[0], 'buffer'))
  const running = createHash('sha256')
  for (const part of parts) running.update(part)
  return new Uint8Array(running.digest())
}
