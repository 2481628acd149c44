/**
 * The vectors of contract/vectors/journal: what a node written by somebody else must compute and refuse.
 * `node packages/exchange/vectors.ts` writes them; a test compares them with what stands there.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fromHex, toHex } from './byte-text.ts'
import { canonicalBytes, canonicalText, deepestNesting } from './canonical.ts'
import { type Checkpoint, openJournalCheckpoint, signCheckpoint } from './checkpoint.ts'
import { commitmentOf } from './commitment.ts'
import { checkEntry, type Entry, entryLeafHash, leafBytes, originOf } from './entry.ts'
import { type JournalKey, keyPairOf, publicKeyFrom, publicPartOf, signerOf } from './keys.ts'
import { append, type Coordinate, emptyFrontier, leafHashOf, rootOfLeaves } from './merkle.ts'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './merkle-proof.ts'
import { addSignature, formatVkey, parseVkey, signNote } from './note.ts'
import { checkPage, pageBytes } from './page.ts'
import { sha256 } from './sha256.ts'
import { type Evidence, verifyEntry } from './verify-entry.ts'

const utf8 = new TextEncoder()
const saltOf = (seq: number) => sha256(utf8.encode(`salt ${seq}`))
const changedHex = (hex: string) => (hex[0] === '0' ? '1' : '0') + hex.slice(1)

// A small journal: two keys one after the other, records, a block, a flagging, and a body its owner keeps to himself.
const node = 'la.example'
const origin = originOf(node)
const pairs = [1, 2, 3].map((n) => keyPairOf(sha256(utf8.encode(`key ${n}`))))
const [firstKey, secondKey, stranger] = pairs.map((pair) => signerOf(origin, pair))
const keyChange = '2026-07-01T00:00:00.000Z'
const keys: JournalKey[] = [
  { kid: pairs[0].kid, publicKey: publicPartOf(pairs[0]), from: '2026-01-01T00:00:00.000Z', to: keyChange },
  { kid: pairs[1].kid, publicKey: publicPartOf(pairs[1]), from: keyChange },
]
const recordBody = (kind: string, id: string, version: number, fields: object) => ({
  ...{ kind, schema: 1, id, version, owner: 'la', author: 'key:set-up' },
  fields,
})
const series = 'LA_011901:water-level:manual'
const bodies: { kind: string; id: string; version: number; audience: string; body: object }[] = [
  { kind: 'party', id: 'la', version: 1, fields: { name: { en: 'Lao PDR', lo: 'ສປປ ລາວ', zh: '老挝' } } },
  { kind: 'station', id: 'LA_011901', version: 1, fields: { name: { en: 'Vientiane' }, gaugeZeroM: 158.04 } },
].map((r) => ({ ...r, audience: 'public', body: recordBody(r.kind, r.id, r.version, r.fields) }))
const times = [1767225600000, 1767268800000, 1767312000000]
bodies.push(
  {
    ...{ kind: 'block', id: series, version: 1, audience: 'public' },
    body: { kind: 'block', series, author: 'key:set-up', times, values: [1.52, null, -0.07] },
  },
  {
    ...{ kind: 'flagging', id: series, version: 1, audience: 'public' },
    body: {
      kind: 'flagging',
      series,
      author: 'program',
      rules: ['spike'],
      times: [times[2]],
      flags: [3],
      rule: [0],
    },
  },
  {
    ...{ kind: 'reservoir', id: 'la-nt2', version: 1, audience: 'own' },
    body: recordBody('reservoir', 'la-nt2', 1, { storageMm3: 3910 }),
  },
)
const entries: Entry[] = bodies.map(({ kind, id, version, audience, body }, seq) => {
  const at = `2026-01-01T00:00:0${seq}.000Z`
  return {
    node,
    seq,
    at,
    kind,
    id,
    version,
    audience,
    commitment: commitmentOf(saltOf(seq), canonicalBytes(body)),
  }
})

function treeOf(leafHashes: Uint8Array[]) {
  const rows = new Map(
    append(emptyFrontier, leafHashes).newNodes.map((n) => [`${n.level}/${n.index}`, n.hash]),
  )
  const read = async (places: Coordinate[]) =>
    places.map((p) => rows.get(`${p.level}/${p.index}`) as Uint8Array)
  return { read, root: (size: number) => rootOfLeaves(leafHashes.slice(0, size)) }
}

/** Every vector must be judged here as it says: a case that is not would be a lie to all readers. */
function must(holds: boolean, what: string) {
  if (!holds) throw new Error(`vector does not hold: ${what}`)
}

function canonicalVectors() {
  const valid = [
    '{"b":1,"a":[true,false,null]}',
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0,1e21,123456789012345680000,5e-324]}',
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji","\\u0080":"Control","\\u00f6":"o"}',
    '"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/"',
    '{"times":[1767225600000,1767268800000],"values":[1.520,null]}',
    '[]',
    '{"":{}}',
  ]
  const invalid = {
    'a lone surrogate': '["\\ud83d"]',
    'a lone surrogate in a name': '{"\\ude00":1}',
    'a number too large for a double': '[1e400]',
    'nesting deeper than 100 levels': '['.repeat(deepestNesting + 1) + ']'.repeat(deepestNesting + 1),
  }
  return {
    description:
      'RFC 8785. `json` is parsed, then written: text as `canonical`, SHA-256 of its UTF-8 bytes as `sha256`.',
    valid: valid.map((json) => {
      const value = JSON.parse(json)
      return { json, canonical: canonicalText(value), sha256: toHex(sha256(canonicalBytes(value))) }
    }),
    invalid: Object.entries(invalid).map(([why, json]) => ({ why, json })),
  }
}

function entryVectors() {
  const [entry] = entries
  const { audience: _, ...short } = entry
  const invalid: Record<string, object> = {
    'a member is missing': short,
    'an unknown member': { ...entry, note: 'x' },
    'seq is negative': { ...entry, seq: -1 },
    'seq is text': { ...entry, seq: '0' },
    'version begins at 1': { ...entry, version: 0 },
    'the time has no milliseconds': { ...entry, at: '2026-01-01T00:00:00Z' },
    'the time is not in UTC': { ...entry, at: '2026-01-01T07:00:00.000+07:00' },
    'the date does not exist': { ...entry, at: '2026-02-29T00:00:00.000Z' },
    'the commitment is in upper case': { ...entry, commitment: 'AB'.repeat(32) },
    'the commitment is too short': { ...entry, commitment: 'ab'.repeat(31) },
    'the node holds a space': { ...entry, node: 'la example' },
  }
  for (const [why, value] of Object.entries(invalid)) must(!checkEntry(value).ok, why)
  return {
    description:
      'Commitment = SHA-256(salt || canonical body); leafBytes = canonical entry; leafHash = SHA-256(0x00 || leafBytes). Hex.',
    valid: entries.map((item, seq) => ({
      ...{ salt: toHex(saltOf(seq)), body: bodies[seq].body, entry: item },
      ...{ leafBytes: new TextDecoder().decode(leafBytes(item)), leafHash: toHex(entryLeafHash(item)) },
    })),
    invalid: Object.entries(invalid).map(([why, value]) => ({ why, entry: value })),
  }
}

async function treeVectors() {
  // The leaves of the Certificate Transparency reference tests, then a few more.
  const leaves = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ]
  leaves.push('70', '71', '72', '73', '74')
  const leafHashes = leaves.map((leaf) => leafHashOf(fromHex(leaf) as Uint8Array))
  const { read, root } = treeOf(leafHashes)
  const inclusion = { valid: [] as object[], invalid: [] as object[] }
  const consistency = { valid: [] as object[], invalid: [] as object[] }
  for (const [seq, size] of [
    [0, 1],
    [0, 2],
    [2, 3],
    [1, 5],
    [5, 8],
    [0, 13],
    [11, 13],
    [12, 13],
  ]) {
    const proof = await inclusionProof(seq, size, read)
    const claim = { leafHash: leafHashes[seq], seq, size, proof, root: root(size) }
    must(verifyInclusion(claim), `inclusion ${seq} in ${size}`)
    const put = (list: object[], c: typeof claim, why = {}) =>
      list.push({ ...why, ...c, leafHash: toHex(c.leafHash), proof: c.proof.map(toHex), root: toHex(c.root) })
    put(inclusion.valid, claim)
    for (const [why, change] of Object.entries({
      'another leaf hash': { leafHash: leafHashOf(leafHashes[seq]) },
      'another seq': { seq: seq + 1 },
      'one hash too many': { proof: [...proof, claim.root] },
      ...(proof.length ? { 'one hash missing': { proof: proof.slice(1) } } : {}),
      'another root': { root: leafHashOf(claim.root) },
    })) {
      const bad = { ...claim, ...change }
      must(!verifyInclusion(bad), why)
      put(inclusion.invalid, bad, { why })
    }
  }
  for (const [from, to] of [
    [0, 5],
    [1, 1],
    [1, 8],
    [2, 5],
    [6, 8],
    [8, 13],
    [7, 13],
    [12, 13],
  ]) {
    const proof = await consistencyProof(from, to, read)
    const claim = { from, to, fromRoot: root(from), toRoot: root(to), proof }
    must(verifyConsistency(claim), `consistency ${from} to ${to}`)
    const put = (list: object[], c: typeof claim, why = {}) =>
      list.push({
        ...why,
        ...c,
        fromRoot: toHex(c.fromRoot),
        toRoot: toHex(c.toRoot),
        proof: c.proof.map(toHex),
      })
    put(consistency.valid, claim)
    for (const [why, change] of Object.entries({
      'another first root': { fromRoot: leafHashOf(claim.fromRoot) },
      ...(from ? { 'another second root': { toRoot: leafHashOf(claim.toRoot) } } : {}),
      'one hash too many': { proof: [...proof, claim.toRoot] },
      ...(proof.length ? { 'one hash missing': { proof: proof.slice(0, -1) } } : {}),
      'the tree shrinks': { from: to + 1 },
    })) {
      const bad = { ...claim, ...change }
      must(!verifyConsistency(bad), why)
      put(consistency.invalid, bad, { why })
    }
  }
  const roots = [...leaves, ''].map((_, size) => toHex(root(size)))
  return {
    description: 'RFC 9162, section 2.1. `roots[n]` is the root of the first n leaves. All bytes in hex.',
    ...{ leaves, leafHashes: leafHashes.map(toHex), roots, inclusion, consistency },
  }
}

function checkpointVectors() {
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

function keyVectors() {
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

function pageVectors() {
  const page = { node, page: 0, entries }
  const bad = {
    'an entry is missing': { ...page, entries: entries.toSpliced(1, 1) },
    'an entry of another node': { ...page, entries: entries.with(0, { ...entries[0], node: 'th.example' }) },
    'another page': { ...page, page: 1 },
    'an unknown member': { ...page, size: 5 },
  }
  for (const [why, value] of Object.entries(bad)) must(!checkPage(value, node, 0).ok, why)
  const bytes = pageBytes(page)
  return {
    description: 'Page 0 of the journal of `node`: the bytes sent are `text` in UTF-8.',
    node,
    valid: [{ page, text: new TextDecoder().decode(bytes), sha256: toHex(sha256(bytes)) }],
    invalid: Object.entries(bad).map(([why, value]) => ({ why, page: value })),
  }
}

async function evidenceVectors() {
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

/** All files of contract/vectors/journal by name, as they must stand there. */
export async function journalVectors(): Promise<Record<string, string>> {
  const files = {
    'canonical.json': canonicalVectors(),
    'entry.json': entryVectors(),
    'tree.json': await treeVectors(),
    'key.json': keyVectors(),
    'checkpoint.json': checkpointVectors(),
    'page.json': pageVectors(),
    'evidence.json': await evidenceVectors(),
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`]),
  )
}

/** Where the vectors stand. */
export const vectorFolder = new URL('../../contract/vectors/journal/', import.meta.url)

if (import.meta.main) {
  mkdirSync(vectorFolder, { recursive: true })
  for (const [name, text] of Object.entries(await journalVectors()))
    writeFileSync(new URL(name, vectorFolder), text)
}
