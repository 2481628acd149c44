/** Verification of one entry from what a stranger holds: the portal runs it in the reader's browser, anybody else with Node. */
import { fromHex, sameBytes } from './byte-text.ts'
import { canonicalBytes } from './canonical.ts'
import { accept, type Checked, type Reason, refuse } from './checked.ts'
import { type Checkpoint, openJournalCheckpoint } from './checkpoint.ts'
import { commitmentOf, saltBytes } from './commitment.ts'
import { checkEntry, type Entry, entryLeafHash, originOf } from './entry.ts'
import { checkJournalKey, type JournalKey } from './keys.ts'
import { isSize } from './merkle.ts'
import { verifyInclusion } from './merkle-proof.ts'

/** An inclusion proof as `/journal/proof/inclusion` gives it: hashes in lowercase hex, lowest first. */
export type InclusionJson = { seq: number; size: number; leaf: string; hashes: string[] }

/** What is to be judged. Nothing in it is believed but `keys`, which the reader must have from a place he trusts. */
export type Evidence = {
  entry: unknown
  /** 32 bytes in lowercase hex; absent when the body is withheld. */
  salt?: unknown
  /** The body as parsed JSON; absent when it is withheld. */
  body?: unknown
  /** `InclusionJson` */
  proof: unknown
  /** The signed note. */
  checkpoint: unknown
  /** `JournalKey[]` */
  keys: unknown
}

export type StepName = 'entry' | 'commitment' | 'leaf' | 'checkpoint' | 'inclusion'
/** `skipped`: nothing could be said, because the body is withheld or because an earlier step failed. */
export type Step = { name: StepName; state: 'ok' | 'failed' | 'skipped'; reason?: Reason; detail?: string }
/** `ok`: no step failed. `withheld`: the body was not there, so the commitment was not checked. */
export type Verdict = { ok: boolean; withheld: boolean; steps: Step[] }

/** Checks the evidence in five steps, always listed in the same order. Total: malformed input fails its step. */
export function verifyEntry(evidence: Evidence): Verdict {
  const steps: Step[] = []
  const step = <T>(name: StepName, check: () => Checked<T>): T | undefined => {
    const result = guarded(check)
    if (result.ok) {
      steps.push({ name, state: 'ok' })
      return result.value
    }
    const { reason, detail } = result
    steps.push({
      name,
      state: reason === 'withheld' || reason === 'not-checked' ? 'skipped' : 'failed',
      reason,
      detail,
    })
    return undefined
  }
  const given = guarded(() => accept({ ...evidence }))
  const { entry, salt, body, proof, checkpoint, keys } = given.ok ? given.value : ({} as Evidence)
  const itsEntry = step('entry', () => checkEntry(entry))
  step('commitment', () => (itsEntry ? checkCommitment(itsEntry, salt, body) : notChecked))
  const itsLeaf = step('leaf', () => (itsEntry ? checkLeaf(itsEntry, proof) : notChecked))
  const itsCheckpoint = step('checkpoint', () =>
    itsEntry ? checkSignature(itsEntry, checkpoint, keys) : notChecked,
  )
  step('inclusion', () => (itsLeaf && itsCheckpoint ? checkInclusion(itsLeaf, itsCheckpoint) : notChecked))
  return {
    ok: steps.every(({ state, reason }) => state === 'ok' || reason === 'withheld'),
    withheld: steps.some(({ reason }) => reason === 'withheld'),
    steps,
  }
}

const notChecked = refuse('not-checked', 'an earlier step failed')

/** Objects made to throw when they are looked at (getters, proxies) are malformed too. */
function guarded<T>(check: () => Checked<T>): Checked<T> {
  try {
    return check()
  } catch {
    return refuse('malformed', 'the value cannot be read')
  }
}

function checkCommitment(entry: Entry, salt: unknown, body: unknown): Checked<true> {
  if (salt === undefined && body === undefined) return refuse('withheld', 'neither salt nor body was given')
  const bytes = fromHex(salt, saltBytes)
  if (!bytes) return refuse('malformed', `the salt is not ${saltBytes} bytes in lowercase hex`)
  let canonical: Uint8Array
  try {
    canonical = canonicalBytes(body)
  } catch (error) {
    return refuse('malformed', error instanceof TypeError ? error.message : 'the body has no canonical form')
  }
  if (commitmentOf(bytes, canonical) === entry.commitment) return accept(true)
  return refuse('commitment-mismatch', 'salt and body give another commitment')
}

type Leaf = { hash: Uint8Array; seq: number; size: number; hashes: Uint8Array[] }

function checkLeaf(entry: Entry, proof: unknown): Checked<Leaf> {
  const { seq, size, leaf, hashes } = (typeof proof === 'object' && proof !== null ? proof : {}) as Record<
    string,
    unknown
  >
  const claimed = fromHex(leaf, 32)
  const path =
    Array.isArray(hashes) && hashes.length <= 64 ? hashes.map((hash) => fromHex(hash, 32)) : [undefined]
  if (!isSize(seq) || !isSize(size) || !claimed || path.includes(undefined))
    return refuse('malformed', 'not an inclusion proof')
  if (seq !== entry.seq) return refuse('seq-mismatch', `the proof is about entry ${seq}, not ${entry.seq}`)
  const hash = entryLeafHash(entry)
  if (!sameBytes(hash, claimed))
    return refuse('leaf-mismatch', 'the entry gives another leaf hash than the proof names')
  return accept({ hash, seq, size, hashes: path as Uint8Array[] })
}

function checkSignature(entry: Entry, note: unknown, keys: unknown): Checked<Checkpoint> {
  if (!Array.isArray(keys)) return refuse('malformed', 'the keys are not a list')
  const known: JournalKey[] = []
  for (const item of keys) {
    const key = checkJournalKey(item)
    if (!key.ok) return refuse('malformed', `a known key: ${key.detail}`)
    known.push(key.value)
  }
  return openJournalCheckpoint(note, originOf(entry.node), known)
}

function checkInclusion({ hash, seq, size, hashes }: Leaf, checkpoint: Checkpoint): Checked<true> {
  if (size !== checkpoint.size)
    return refuse('size-mismatch', `the proof is for ${size} entries, the checkpoint for ${checkpoint.size}`)
  if (verifyInclusion({ leafHash: hash, seq, size, proof: hashes, root: checkpoint.root }))
    return accept(true)
  return refuse('proof-mismatch', 'the proof does not lead to the root of the checkpoint')
}
