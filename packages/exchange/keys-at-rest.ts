/** Private keys in a file: encrypted under a passphrase (scrypt, AES-256-GCM) or plain. For the server only. */
import { createCipheriv, createDecipheriv, randomBytes, type ScryptOptions, scrypt } from 'node:crypto'
import { fromBase64url, toBase64url } from './byte-text.ts'
import { accept, type Checked, refuse } from './checked.ts'
import { keyPairOf, type PrivateJwk, type PublicJwk, publicPartOf, seedFrom } from './keys.ts'

/** `secret` is base64url: iv (12 bytes), tag (16 bytes), ciphertext. */
export type SealedKey = {
  publicKey: PublicJwk
  kdf: { name: 'scrypt'; n: number; r: number; p: number; salt: string }
  cipher: 'aes-256-gcm'
  secret: string
}
export type KeyFile = { sealed: SealedKey } | { plain: PrivateJwk }

// 32 MiB and some tenths of a second: the third of the equal choices of the OWASP password storage cheat sheet.
const cost = { n: 2 ** 15, r: 8, p: 3 }
const largestCost = { n: 2 ** 20, r: 32, p: 16 }

/** A new key pair from the system's random source. */
export function newKeyPair(): PrivateJwk {
  return keyPairOf(new Uint8Array(randomBytes(32)))
}

/** The key as it is written to a file: encrypted when there is a passphrase, plain without one. */
export async function sealKey(jwk: PrivateJwk, passphrase?: string): Promise<KeyFile> {
  if (passphrase === undefined) return { plain: jwk }
  const seed = seedFrom(jwk)
  if (!seed.ok) throw new TypeError(seed.detail)
  const publicKey = publicPartOf(jwk)
  const salt = randomBytes(16)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', await stretch(passphrase, salt, cost), iv)
  const ciphertext = Buffer.concat([cipher.update(seed.value), cipher.final()])
  const secret = toBase64url(Buffer.concat([iv, cipher.getAuthTag(), ciphertext]))
  const kdf = { name: 'scrypt', ...cost, salt: toBase64url(salt) } as const
  return { sealed: { publicKey, kdf, cipher: 'aes-256-gcm', secret } }
}

/** Opens what `sealKey` made. Refused when the passphrase is wrong or missing, or the file is damaged. */
export async function openKey(file: unknown, passphrase?: string): Promise<Checked<PrivateJwk>> {
  const { plain, sealed } = (typeof file === 'object' && file !== null ? file : {}) as {
    plain?: unknown
    sealed?: unknown
  }
  if (plain !== undefined) {
    const seed = seedFrom(plain)
    return seed.ok ? accept(keyPairOf(seed.value)) : seed
  }
  const parts = readSealed(sealed)
  if (!parts) return refuse('malformed', 'the key file is damaged')
  if (passphrase === undefined) return refuse('malformed', 'the key is encrypted and no passphrase was given')
  try {
    const decipher = createDecipheriv(
      'aes-256-gcm',
      await stretch(passphrase, parts.salt, parts.cost),
      parts.iv,
    )
    decipher.setAuthTag(parts.tag)
    const jwk = keyPairOf(Buffer.concat([decipher.update(parts.ciphertext), decipher.final()]))
    return jwk.x === (parts.publicKey as PublicJwk).x
      ? accept(jwk)
      : refuse('malformed', 'the key file is damaged')
  } catch {
    return refuse('malformed', 'the passphrase is wrong or the key file is damaged')
  }
}

function readSealed(value: unknown) {
  const { publicKey, kdf, cipher, secret } = (value ?? {}) as Partial<SealedKey>
  const { name, n = 0, r = 0, p = 0, salt } = kdf ?? {}
  const bytes = fromBase64url(secret, 12 + 16 + 32)
  const saltBytes = fromBase64url(salt, 16)
  // A file may not make the node spend all its memory.
  const affordable =
    [n, r, p].every(Number.isInteger) && n <= largestCost.n && r <= largestCost.r && p <= largestCost.p
  if (name !== 'scrypt' || cipher !== 'aes-256-gcm' || !publicKey || !bytes || !saltBytes || !affordable)
    return undefined
  const [iv, tag, ciphertext] = [bytes.slice(0, 12), bytes.slice(12, 28), bytes.slice(28)]
  return { publicKey, salt: saltBytes, cost: { n, r, p }, iv, tag, ciphertext }
}

function stretch(passphrase: string, salt: Uint8Array, { n, r, p }: typeof cost): Promise<Buffer> {
  const options: ScryptOptions = { N: n, r, p, maxmem: 256 * n * r }
  return new Promise((resolve, reject) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
}
