/** Checkpoint: what a node says its journal is, signed (C2SP tlog-checkpoint, https://c2sp.org/tlog-checkpoint). */
import { fromBase64, toBase64 } from './byte-text.ts'
import { accept, type Checked, refuse } from './checked.ts'
import { isInstantText } from './instant-text.ts'
import { isInForce, type JournalKey, publicKeyFrom } from './keys.ts'
import { isSize } from './merkle.ts'
import { type NoteKey, type NoteSigner, openNote, signNote } from './note.ts'

export type Checkpoint = {
  /** Which journal: `originOf(node)`. */
  origin: string
  /** Number of entries. */
  size: number
  /** Root of the tree of that size, 32 bytes. */
  root: Uint8Array
  /** When it was signed, RFC 3339 UTC with milliseconds. */
  time: string
}

/** The text that is signed: origin, size, root in base64, and the extension line `time ...`, each with its newline. */
export function formatCheckpoint({ origin, size, root, time }: Checkpoint): string {
  const text = `${origin}\n${size}\n${toBase64(root)}\ntime ${time}\n`
  const read = parseCheckpoint(text)
  if (!read.ok) throw new TypeError(read.detail)
  return text
}

/**
 * Reads the text of a checkpoint. Strict: four lines with one spelling each. Extension lines other than `time` are allowed after
 * it and passed over (they are covered by the signature); a checkpoint without `time` is not one of ours.
 */
export function parseCheckpoint(text: string): Checked<Checkpoint> {
  if (!text.endsWith('\n')) return refuse('malformed', 'a checkpoint ends with a newline')
  const lines = text.slice(0, -1).split('\n')
  if (lines.includes('')) return refuse('malformed', 'a checkpoint has no empty lines')
  const [origin, sizeText, rootText, timeText, ...others] = lines
  if (lines.length < 4) return refuse('malformed', 'a checkpoint has an origin, a size, a root and a time')
  const size = /^(0|[1-9]\d{0,15})$/.test(sizeText) ? Number(sizeText) : Number.NaN
  if (!isSize(size)) return refuse('malformed', `not a tree size: ${sizeText.slice(0, 40)}`)
  const root = fromBase64(rootText, 32)
  if (!root) return refuse('malformed', 'the root is not the base64 of 32 bytes')
  const time = timeText.startsWith('time ') ? timeText.slice(5) : undefined
  if (!isInstantText(time))
    return refuse('malformed', 'the fourth line is not "time " and a UTC time with milliseconds')
  if (others.some((line) => line.startsWith('time '))) return refuse('malformed', 'a checkpoint has one time')
  return accept({ origin, size, root, time })
}

/** The checkpoint as a signed note. */
export function signCheckpoint(checkpoint: Checkpoint, signers: NoteSigner[]): string {
  return signNote(formatCheckpoint(checkpoint), signers)
}

/** Opens a signed checkpoint: refused as `openNote` refuses, and when the text is no checkpoint. Total. */
export function openCheckpoint(
  note: unknown,
  keys: NoteKey[],
): Checked<{ checkpoint: Checkpoint; signedBy: NoteKey[] }> {
  const opened = openNote(note, keys)
  if (!opened.ok) return opened
  const read = parseCheckpoint(opened.value.text)
  return read.ok ? accept({ checkpoint: read.value, signedBy: opened.value.signedBy }) : read
}

/**
 * Opens a checkpoint of the journal with this origin under the keys of its history: it must be of that origin, and one of the
 * keys that signed it must have been in force at its time. Total.
 */
export function openJournalCheckpoint(
  note: unknown,
  origin: string,
  keys: JournalKey[],
): Checked<Checkpoint> {
  const inForceAt = new Map<NoteKey, JournalKey>()
  for (const key of keys) {
    const publicKey = publicKeyFrom(key.publicKey)
    if (!publicKey.ok) return publicKey
    inForceAt.set({ name: origin, publicKey: publicKey.value }, key)
  }
  const opened = openCheckpoint(note, [...inForceAt.keys()])
  if (!opened.ok) return opened
  const { checkpoint, signedBy } = opened.value
  if (checkpoint.origin !== origin)
    return refuse('origin-mismatch', `the checkpoint is of ${checkpoint.origin}, not of ${origin}`)
  if (signedBy.some((key) => isInForce(inForceAt.get(key) as JournalKey, checkpoint.time)))
    return accept(checkpoint)
  return refuse('key-not-in-force', `no key that signed was in force at ${checkpoint.time}`)
}
