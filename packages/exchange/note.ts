/**
 * Signed notes (C2SP signed-note, https://c2sp.org/signed-note): text, a blank line, and one line for each signature.
 * Only Ed25519 signatures (type 0x01) are made and checked; those of unknown keys are passed over, as the specification asks.
 */
import { fromBase64, fromHex, sameBytes, toBase64, toHex } from './byte-text.ts'
import { accept, type Checked, refuse } from './checked.ts'
import { publicKeyOf, sign, verify } from './ed25519.ts'
import { sha256 } from './sha256.ts'

/** A key that may sign notes: its name, and 32 raw bytes. */
export type NoteKey = { name: string; publicKey: Uint8Array }
/** A key that signs: its name, and the 32-byte seed. */
export type NoteSigner = { name: string; seed: Uint8Array }
export type NoteSignature = { name: string; keyId: Uint8Array; signature: Uint8Array }
/** `text` ends with a newline, and is what the signatures are over. */
export type Note = { text: string; signatures: NoteSignature[] }

/** A note of ours has a few hundred bytes; the specification asks that at least 16 signatures be taken. */
export const longestNote = 65_536
export const mostSignatures = 64

const ed25519Type = 1
const utf8 = new TextEncoder()
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const keyName = /^[^\s\p{White_Space}+\u0000-\u001f]+$/u
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const controlCharacter = /[\u0000-\u0009\u000b-\u001f]/

/** Key names are not empty and hold no space of any script, no plus sign and no control character. */
export function isKeyName(name: unknown): name is string {
  return typeof name === 'string' && name.isWellFormed() && keyName.test(name)
}

/** Key id: the first four bytes of SHA-256(name || 0x0A || 0x01 || public key). */
export function keyIdOf(key: NoteKey): Uint8Array {
  return sha256(utf8.encode(key.name), Uint8Array.of(0x0a, ed25519Type), key.publicKey).slice(0, 4)
}

/** Verifier key as text: `name+keyid+base64(0x01 || public key)`. */
export function formatVkey(key: NoteKey): string {
  return `${key.name}+${toHex(keyIdOf(key))}+${toBase64(Uint8Array.of(ed25519Type, ...key.publicKey))}`
}

/** Reads a verifier key; the key id must be the one the name and key give. */
export function parseVkey(text: string): Checked<NoteKey> {
  const [name, id, ...rest] = text.split('+')
  const bytes = fromBase64(rest.join('+'), 33)
  if (!isKeyName(name) || !fromHex(id, 4) || !bytes)
    return refuse('malformed', 'a verifier key is name+keyid+base64 of 33 bytes')
  if (bytes[0] !== ed25519Type)
    return refuse('malformed', `a verifier key of type ${bytes[0]} is not Ed25519`)
  const key = { name, publicKey: bytes.slice(1) }
  if (toHex(keyIdOf(key)) !== id)
    return refuse('malformed', `key id ${id} does not belong to this name and key`)
  return accept(key)
}

/** Signs a text that ends with a newline. Throws a TypeError for a text or a name that cannot stand in a note. */
export function signNote(text: string, signers: NoteSigner[]): string {
  const fault = textFault(text)
  if (fault) throw new TypeError(fault)
  return `${text}\n${signers.map((signer) => signatureLine(text, signer)).join('')}`
}

/** One more signature under a note, by somebody who has checked it. */
export function addSignature(note: string, signer: NoteSigner): string {
  const parsed = parseNote(note)
  if (!parsed.ok) throw new TypeError(parsed.detail)
  return note + signatureLine(parsed.value.text, signer)
}

function signatureLine(text: string, { name, seed }: NoteSigner): string {
  if (!isKeyName(name)) throw new TypeError(`not a key name: ${JSON.stringify(name)}`)
  const keyId = keyIdOf({ name, publicKey: publicKeyOf(seed) })
  const signature = sign(utf8.encode(text), seed)
  return `— ${name} ${toBase64(Uint8Array.of(...keyId, ...signature))}\n`
}

function textFault(text: string): string | undefined {
  if (!text.endsWith('\n')) return 'the text of a note ends with a newline'
  if (!text.isWellFormed() || controlCharacter.test(text)) return 'a note holds no control characters'
  return undefined
}

/** Takes a note apart without checking any signature. Total. */
export function parseNote(note: unknown): Checked<Note> {
  if (typeof note !== 'string') return refuse('malformed', 'a note is text')
  if (note.length > longestNote) return refuse('malformed', `a note has at most ${longestNote} characters`)
  const fault = textFault(note)
  if (fault) return refuse('malformed', fault)
  const split = note.lastIndexOf('\n\n')
  if (split < 0) return refuse('malformed', 'no blank line stands before the signatures')
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > mostSignatures)
    return refuse('malformed', `a note has at most ${mostSignatures} signatures`)
  const signatures: NoteSignature[] = []
  for (const [i, line] of lines.entries()) {
    const [dash, name, encoded, ...more] = line.split(' ')
    const bytes = fromBase64(encoded)
    if (dash !== '—' || more.length || !isKeyName(name) || !bytes || bytes.length < 5)
      return refuse('malformed', `signature line ${i + 1} is not "— name base64"`)
    signatures.push({ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) })
  }
  return accept({ text: note.slice(0, split + 1), signatures })
}

/**
 * Opens a note: its text, and which of the known keys have signed it. Refused when a signature that names a known key (by name
 * and id) is bad, and when no known key has signed. Signatures of unknown keys are passed over. Total.
 */
export function openNote(note: unknown, keys: NoteKey[]): Checked<{ text: string; signedBy: NoteKey[] }> {
  const parsed = parseNote(note)
  if (!parsed.ok) return parsed
  const { text, signatures } = parsed.value
  const message = utf8.encode(text)
  const signedBy: NoteKey[] = []
  for (const { name, keyId, signature } of signatures) {
    const key = keys.find((known) => known.name === name && sameBytes(keyIdOf(known), keyId))
    if (!key || signedBy.includes(key)) continue
    if (!verify(signature, message, key.publicKey))
      return refuse('signature-invalid', `the signature of ${name} (${toHex(keyId)}) does not verify`)
    signedBy.push(key)
  }
  if (!signedBy.length) return refuse('signature-missing', 'no known key has signed the note')
  return accept({ text, signedBy })
}
