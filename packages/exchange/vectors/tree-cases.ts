/** Vectors of the tree: roots, and proofs that hold and that do not. */
import { fromHex, toHex } from '../byte-text.ts'
import { leafHashOf } from '../merkle.ts'
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from '../merkle-proof.ts'
import { must, treeOf } from './small-journal.ts'

export async function treeVectors() {
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
