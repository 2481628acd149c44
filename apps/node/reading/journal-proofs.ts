/** Proofs over the journal as it stands: inclusion, consistency, and the evidence for one entry. */
import { toHex } from '@lanmei/exchange/byte-text'
import { publicKeyFrom } from '@lanmei/exchange/keys'
import { consistencyProof, inclusionProof, type ReadNodes } from '@lanmei/exchange/merkle-proof'
import { formatVkey } from '@lanmei/exchange/note'
import { problem } from '@lanmei/model/problem'
import type { Queryable } from '@lanmei/store/connect'
import { readNodes } from '@lanmei/store/journal'
import { readCheckpoint, readEntry } from '@lanmei/store/journal-read'
import type { Context } from '../context.ts'

export type InclusionAnswer = { seq: number; size: number; leaf: string; hashes: string[] }

function nodesOf(db: Queryable): ReadNodes {
  return async (places) => {
    const hashes = await readNodes(db, places)
    if (hashes.includes(undefined))
      throw problem('journal-broken', { reason: 'a node of the tree is missing' })
    return hashes as Uint8Array[]
  }
}

/** Size of the newest checkpoint; 0 before the first entry. */
export async function provenSize(db: Queryable): Promise<number> {
  return (await readCheckpoint(db))?.size ?? 0
}

/** @throws bad-request for a size beyond the newest checkpoint or an entry beyond the size */
export async function inclusionAnswer(db: Queryable, seq: number, size?: number): Promise<InclusionAnswer> {
  const newest = await provenSize(db)
  const of = size ?? newest
  if (of > newest) throw problem('bad-request', { field: 'size', read: of, expected: `at most ${newest}` })
  if (seq >= of) throw problem('bad-request', { field: 'seq', read: seq, expected: `below ${of}` })
  const row = await readEntry(db, seq)
  if (!row) throw problem('journal-broken', { reason: 'an entry is missing', seq })
  const hashes = await inclusionProof(seq, of, nodesOf(db))
  return { seq, size: of, leaf: toHex(row.leaf), hashes: hashes.map(toHex) }
}

/** @throws bad-request for sizes out of order or beyond the newest checkpoint */
export async function consistencyAnswer(
  db: Queryable,
  from: number,
  to?: number,
): Promise<{ from: number; to: number; hashes: string[] }> {
  const newest = await provenSize(db)
  const until = to ?? newest
  if (until > newest)
    throw problem('bad-request', { field: 'to', read: until, expected: `at most ${newest}` })
  if (from > until) throw problem('bad-request', { field: 'from', read: from, expected: `at most ${until}` })
  const hashes = await consistencyProof(from, until, nodesOf(db))
  return { from, to: until, hashes: hashes.map(toHex) }
}

/** The keys with their verifier keys, oldest first. */
export function keysAnswer({ keys, journal }: Pick<Context, 'keys' | 'journal'>): Record<string, unknown>[] {
  return keys.map(({ kid, publicKey, from, to }) => {
    const bytes = publicKeyFrom(publicKey)
    if (!bytes.ok) throw problem('key-missing', { kid, reason: bytes.detail })
    const vkey = formatVkey({ name: journal.origin, publicKey: bytes.value })
    return { kid, publicKey, vkey, from, ...(to === undefined ? {} : { to }) }
  })
}
