/** Keys of a node as JSON Web Keys (RFC 8037), their ids (RFC 7638), and the history that tells which was in force when. */
import { fromBase64url, sameBytes, toBase64url } from './byte-text.ts'
import { canonicalBytes } from './canonical.ts'
import { accept, type Checked, refuse } from './checked.ts'
import { isPublicKey, publicKeyOf } from './ed25519.ts'
import { isInstantText } from './instant-text.ts'
import type { NoteSigner } from './note.ts'
import { sha256 } from './sha256.ts'

export type PublicJwk = { kty: 'OKP'; crv: 'Ed25519'; x: string; kid: string }
export type PrivateJwk = PublicJwk & { d: string }

/** A key of the journal and when it signs: from `from` on, up to but without `to`; without `to` it is the current one. */
export type JournalKey = { kid: string; publicKey: PublicJwk; from: string; to?: string }

/** JWK thumbprint (RFC 7638 with the members RFC 8037 names): base64url of SHA-256. */
export function thumbprintOf(publicKey: Uint8Array): string {
  return toBase64url(sha256(canonicalBytes({ crv: 'Ed25519', kty: 'OKP', x: toBase64url(publicKey) })))
}

/** The public JWK of 32 raw bytes. */
export function publicJwkOf(publicKey: Uint8Array): PublicJwk {
  if (publicKey.length !== 32)
    throw new TypeError(`an Ed25519 public key has 32 bytes, not ${publicKey.length}`)
  return { kty: 'OKP', crv: 'Ed25519', x: toBase64url(publicKey), kid: thumbprintOf(publicKey) }
}

/** The key pair of a 32-byte seed, which the caller takes from a good source of random bytes. */
export function keyPairOf(seed: Uint8Array): PrivateJwk {
  return { ...publicJwkOf(publicKeyOf(seed)), d: toBase64url(seed) }
}

/** The part of a key pair that may be shown. */
export function publicPartOf({ kty, crv, x, kid }: PrivateJwk): PublicJwk {
  return { kty, crv, x, kid }
}

/** The 32 raw bytes of a public JWK; refused when it is no Ed25519 key, of small order, or its kid is not its thumbprint. Total. */
export function publicKeyFrom(jwk: unknown): Checked<Uint8Array> {
  const { kty, crv, x, kid } = (typeof jwk === 'object' && jwk !== null ? jwk : {}) as Record<string, unknown>
  const publicKey = fromBase64url(x, 32)
  if (kty !== 'OKP' || crv !== 'Ed25519' || !publicKey)
    return refuse('malformed', 'not an Ed25519 JSON Web Key')
  if (!isPublicKey(publicKey))
    return refuse('malformed', 'a public key of small order, or in a second spelling')
  if (kid !== thumbprintOf(publicKey)) return refuse('malformed', 'the kid is not the thumbprint of the key')
  return accept(publicKey)
}

/** The 32-byte seed of a private JWK; refused when its parts do not belong together. Total. */
export function seedFrom(jwk: unknown): Checked<Uint8Array> {
  const publicKey = publicKeyFrom(jwk)
  if (!publicKey.ok) return publicKey
  const seed = fromBase64url((jwk as Record<string, unknown>).d, 32)
  if (!seed) return refuse('malformed', 'the private key has not 32 bytes')
  if (!sameBytes(publicKeyOf(seed), publicKey.value))
    return refuse('malformed', 'private and public key do not belong together')
  return accept(seed)
}

/** A signer of checkpoints out of a private JWK. Throws a TypeError when it is none. */
export function signerOf(origin: string, jwk: PrivateJwk): NoteSigner {
  const seed = seedFrom(jwk)
  if (!seed.ok) throw new TypeError(seed.detail)
  return { name: origin, seed: seed.value }
}

/** Takes a value that should be a key of a history. Total. */
export function checkJournalKey(value: unknown): Checked<JournalKey> {
  const { kid, publicKey, from, to } = (typeof value === 'object' && value !== null ? value : {}) as Record<
    string,
    unknown
  >
  const bytes = publicKeyFrom(publicKey)
  if (!bytes.ok) return bytes
  if ((publicKey as PublicJwk).kid !== kid)
    return refuse('malformed', 'the kid is not that of the public key')
  if (!isInstantText(from) || (to !== undefined && !isInstantText(to)))
    return refuse('malformed', 'from or to is no time')
  if (to !== undefined && to <= from) return refuse('malformed', 'the key ends before it begins')
  return accept({ kid, publicKey, from, ...(to === undefined ? {} : { to }) } as JournalKey)
}

/** True when the key was in force at the time (text of `instantText`, which sorts by time). */
export function isInForce(key: JournalKey, time: string): boolean {
  return key.from <= time && (key.to === undefined || time < key.to)
}
