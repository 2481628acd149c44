/** The small journal the vectors are made of: two keys, five entries, one of them withheld. */
import { canonicalBytes } from '../canonical.ts'
import { commitmentOf } from '../commitment.ts'
import { type Entry, originOf } from '../entry.ts'
import { type JournalKey, keyPairOf, publicPartOf, signerOf } from '../keys.ts'
import { append, type Coordinate, emptyFrontier, rootOfLeaves } from '../merkle.ts'
import { sha256 } from '../sha256.ts'

const utf8 = new TextEncoder()
export const saltOf = (seq: number) => sha256(utf8.encode(`salt ${seq}`))

// A small journal: two keys one after the other, records, a block, a flagging, and a body its owner keeps to himself.
export const node = 'la.example'
export const origin = originOf(node)
export const pairs = [1, 2, 3].map((n) => keyPairOf(sha256(utf8.encode(`key ${n}`))))
export const [firstKey, secondKey, stranger] = pairs.map((pair) => signerOf(origin, pair))
export const keyChange = '2026-07-01T00:00:00.000Z'
export const keys: JournalKey[] = [
  { kid: pairs[0].kid, publicKey: publicPartOf(pairs[0]), from: '2026-01-01T00:00:00.000Z', to: keyChange },
  { kid: pairs[1].kid, publicKey: publicPartOf(pairs[1]), from: keyChange },
]
const recordBody = (kind: string, id: string, version: number, fields: object) => ({
  ...{ kind, schema: 1, id, version, owner: 'la', author: 'key:set-up' },
  fields,
})
const series = 'LA_011901:water-level:manual'
export const bodies: { kind: string; id: string; version: number; audience: string; body: object }[] = [
  { kind: 'party', id: 'la', version: 1, fields: { name: { en: 'Lao PDR', lo: 'ສປປ ລາວ', zh: '老挝' } } },
  { kind: 'station', id: 'LA_011901', version: 1, fields: { name: { en: 'Vientiane' }, gaugeZeroM: 158.04 } },
].map((r) => ({ ...r, audience: 'public', body: recordBody(r.kind, r.id, r.version, r.fields) }))
export const times = [1767225600000, 1767268800000, 1767312000000]
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
export const entries: Entry[] = bodies.map(({ kind, id, version, audience, body }, seq) => {
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

export function treeOf(leafHashes: Uint8Array[]) {
  const rows = new Map(
    append(emptyFrontier, leafHashes).newNodes.map((n) => [`${n.level}/${n.index}`, n.hash]),
  )
  const read = async (places: Coordinate[]) =>
    places.map((p) => rows.get(`${p.level}/${p.index}`) as Uint8Array)
  return { read, root: (size: number) => rootOfLeaves(leafHashes.slice(0, size)) }
}

/** Every vector must be judged here as it says: a case that is not would be a lie to all readers. */
export function must(holds: boolean, what: string) {
  if (!holds) throw new Error(`vector does not hold: ${what}`)
}
