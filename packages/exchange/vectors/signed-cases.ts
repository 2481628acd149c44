/** Vectors of what is signed: keys, checkpoints, and whole evidence on one entry. */
import { toHex } from '../byte-text.ts'
import { canonicalText } from '../canonical.ts'
import { type Checkpoint, openJournalCheckpoint, signCheckpoint } from '../checkpoint.ts'
import { entryLeafHash, originOf } from '../entry.ts'
import { publicKeyFrom } from '../keys.ts'
import { rootOfLeaves } from '../merkle.ts'
import { inclusionProof } from '../merkle-proof.ts'
import { addSignature, formatVkey, parseVkey, signNote } from '../note.ts'
import { type Evidence, verifyEntry } from '../verify-entry.ts'
import {
  bodies,
  entries,
  firstKey,
  keyChange,
  keys,
  must,
  origin,
  pairs,
  saltOf,
  secondKey,
  stranger,
  treeOf,
} from './small-journal.ts'

const changedHex = (hex: string) => (hex[0] === '0' ? '1' : '0') + hex.slice(1)

export function checkpointVectors() {
  const root = rootOfLeaves(entries.map(entryLeafHash))
  const checkpoint: Checkpoint = { origin, size: entries.length, root, time: '2026-01-01T00:00:05.000Z' }
  const note = signCheckpoint(checkpoint, [firstKey])
  const after = { ...checkpoint, time: keyChange }
  const empty = { ...checkpoint, size: 0, root: rootOfLeaves([]) }
  const witness = { name: 'th.example/witness', seed: stranger.seed }
  const other = { ...checkpoint, origin: originOf('th.example') }
  const valid = [
    { why: 'the first key', note, checkpoint },
    { why: 'an empty journal', note: signCheckpoint(empty, [firstKey]), checkpoint: empty },
    {
      why: 'the second key, from its first instant on',
      note: signCheckpoint(after, [secondKey]),
      checkpoint: after,
    },
    {
      why: 'both keys during the change',
      note: signCheckpoint(after, [firstKey, secondKey]),
      checkpoint: after,
    },
    { why: 'an unknown witness has signed too', note: addSignature(note, witness), checkpoint },
    {
      why: 'an extension line is passed over',
      note: signNote(`${note.split('\n\n')[0]}\nx\n`, [firstKey]),
      checkpoint,
    },
  ]
  const resigned = (change: (text: string) => string) =>
    signNote(change(`${note.split('\n\n')[0]}\n`), [firstKey])
  const invalid = {
    'a changed size': note.replace('\n5\n', '\n6\n'),
    'a changed signature': note.replace(/(.{8}) *\n$/, (s) => (s[0] === 'A' ? 'B' : 'A') + s.slice(1)),
    'an unknown key': signCheckpoint(checkpoint, [stranger]),
    'the old key after its last instant': signCheckpoint(after, [firstKey]),
    'the second key before its first instant': signCheckpoint(checkpoint, [secondKey]),
    'another journal': signCheckpoint(other, [{ ...firstKey, name: origin }]),
    'a leading zero': resigned((text) => text.replace('\n5\n', '\n05\n')),
    'no time': resigned((text) => text.replace(/time.*\n/, '')),
    'a root of 31 bytes': resigned((text) => text.replace(/\n.{44}\n/, `\n${btoa('x'.repeat(31))}\n`)),
    'no final newline': note.slice(0, -1),
    'no signature': `${note.split('\n\n')[0]}\n\n`,
    'carriage returns': note.replaceAll('\n', '\r\n'),
  }
  for (const v of valid) {
    const opened = openJournalCheckpoint(v.note, origin, keys)
    must(
      opened.ok &&
        canonicalText({ ...opened.value, root: '' }) === canonicalText({ ...v.checkpoint, root: '' }),
      v.why,
    )
  }
  const reasonFor = (why: string, bad: string) => {
    const opened = openJournalCheckpoint(bad, origin, keys)
    must(!opened.ok, why)
    return opened.ok ? '' : opened.reason
  }
  return {
    description: 'Checkpoints of the journal `origin` under its key history `keys`; `root` in hex.',
    ...{ origin, keys },
    valid: valid.map((v) => ({ ...v, checkpoint: { ...v.checkpoint, root: toHex(v.checkpoint.root) } })),
    invalid: Object.entries(invalid).map(([why, bad]) => ({ why, note: bad, reason: reasonFor(why, bad) })),
  }
}

export function keyVectors() {
  const [{ d: _, ...jwk }] = pairs
  const publicKey = publicKeyFrom(jwk)
  must(publicKey.ok, 'key')
  const vkeyOf = (x: typeof jwk) => {
    const read = publicKeyFrom(x)
    return read.ok ? formatVkey({ name: origin, publicKey: read.value }) : ''
  }
  const vkey = vkeyOf(jwk)
  const badKeys = {
    'the kid is of another key': { ...jwk, kid: pairs[1].kid },
    padding: { ...jwk, x: `${jwk.x}=` },
    'a key of small order': { ...jwk, x: `AQ${'A'.repeat(41)}` },
    'another curve': { ...jwk, crv: 'X25519' },
  }
  const badVkeys = [
    vkey.replace('la.', 'th.'),
    vkey.slice(0, -4),
    vkey.replace(/\+[0-9a-f]{8}\+/, '+00000000+'),
  ]
  for (const [why, bad] of Object.entries(badKeys)) must(!publicKeyFrom(bad).ok, why)
  for (const bad of badVkeys) must(!parseVkey(bad).ok, bad)
  return {
    description:
      'Keys as JWK (RFC 8037) with their thumbprint (RFC 7638) as kid, and as verifier keys of signed notes.',
    valid: pairs.map(({ d, ...part }) => ({ seed: d, publicKey: part, vkey: vkeyOf(part) })),
    invalid: Object.entries(badKeys).map(([why, bad]) => ({ why, publicKey: bad })),
    invalidVkeys: badVkeys,
  }
}

export async function evidenceVectors() {
  const leafHashes = entries.map(entryLeafHash)
  const { read, root } = treeOf(leafHashes)
  const size = entries.length
  const checkpoint = signCheckpoint({ origin, size, root: root(size), time: '2026-01-01T00:00:05.000Z' }, [
    firstKey,
  ])
  const evidenceFor = async (seq: number): Promise<Evidence> => {
    const hashes = (await inclusionProof(seq, size, read)).map(toHex)
    const proof = { seq, size, leaf: toHex(leafHashes[seq]), hashes }
    return { entry: entries[seq], salt: toHex(saltOf(seq)), body: bodies[seq].body, proof, checkpoint, keys }
  }
  const good = await evidenceFor(2)
  const { salt: _s, body: _b, ...withheld } = await evidenceFor(4)
  const proof = good.proof as { seq: number; size: number; leaf: string; hashes: string[] }
  const earlier = signCheckpoint({ origin, size: 4, root: root(4), time: '2026-01-01T00:00:04.000Z' }, [
    firstKey,
  ])
  const cases: Record<string, Evidence> = {
    'everything is there': good,
    'the body is withheld': withheld as Evidence,
    'a value was changed': { ...good, body: { ...bodies[2].body, values: [1.53, null, -0.07] } },
    'another salt': { ...good, salt: changedHex(good.salt as string) },
    'a salt without a body': { ...good, body: undefined },
    'the entry was changed': { ...good, entry: { ...entries[2], at: '2026-01-01T00:00:03.000Z' } },
    'the entry has a member too many': { ...good, entry: { ...entries[2], note: '' } },
    'the proof is of another entry': { ...good, proof: { ...proof, seq: 3 } },
    'a hash of the proof was changed': { ...good, proof: { ...proof, hashes: proof.hashes.map(changedHex) } },
    'a hash of the proof is missing': { ...good, proof: { ...proof, hashes: proof.hashes.slice(1) } },
    'the proof is for another size': { ...good, checkpoint: earlier },
    'the checkpoint was changed': { ...good, checkpoint: checkpoint.replace('00:00:05', '00:00:06') },
    'no key is known': { ...good, keys: [] },
  }
  return {
    description:
      'What the check of one entry must answer: `ok`, `withheld` and the state and reason of every step.',
    cases: Object.entries(cases).map(([why, evidence]) => {
      const { ok, withheld: hidden, steps } = verifyEntry(evidence)
      return {
        why,
        evidence,
        verdict: { ok, withheld: hidden, steps: steps.map(({ detail: _, ...step }) => step) },
      }
    }),
  }
}
