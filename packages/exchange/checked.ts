/** The answer of every check in this package: a value, or a reason code with a detail. Checks never throw on what others sent. */

/** Every reason code and what it means. The list is the contract (contract/replay.md). */
export const reasons = {
  malformed: 'The thing does not have the shape or the encoding the contract asks for',
  'commitment-mismatch': 'Salt and body do not give the commitment of the entry',
  'leaf-mismatch': 'The entry does not give the leaf hash the proof is about',
  'seq-mismatch': 'The proof is about another entry',
  'size-mismatch': 'The proof is about a tree of another size than the checkpoint',
  'origin-mismatch': 'The checkpoint belongs to another journal',
  'signature-missing': 'No known key has signed the checkpoint',
  'signature-invalid': 'A signature that names a known key does not verify',
  'key-not-in-force': 'The key that signed was not in force at the time of the checkpoint',
  'proof-mismatch': 'The proof does not lead to the root',
  withheld: 'The body was not given: nothing can be said about it, the rest can be checked',
  'not-checked': 'The step rests on an earlier one that failed',
} as const
export type Reason = keyof typeof reasons

export type Refusal = { ok: false; reason: Reason; detail: string }
export type Checked<T> = { ok: true; value: T } | Refusal

export function accept<T>(value: T): Checked<T> {
  return { ok: true, value }
}

/** `detail` is for a person: it says what stood there and what was expected. */
export function refuse(reason: Reason, detail: string): Refusal {
  return { ok: false, reason, detail }
}
