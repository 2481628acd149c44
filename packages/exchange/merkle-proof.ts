/** Inclusion and consistency proofs of RFC 9162: which nodes they need, how they are made, how they are checked. */
import { sameBytes } from './byte-text.ts'
import { type Coordinate, emptyRoot, isSize, joinHashes, nodeHash, subtreeCoordinates } from './merkle.ts'

/** For every hash of a proof the complete subtrees it is joined from, left to right. */
export type ProofPlan = Coordinate[][]
/** Reads the hashes at these places, in this order: one query. */
export type ReadNodes = (places: Coordinate[]) => Promise<Uint8Array[]>

/** Largest power of two below `size` (size >= 2). */
function splitOf(size: number): number {
  let split = 1
  while (2 * split < size) split *= 2
  return split
}

/** What the proof that leaf `seq` is in the tree of `size` needs (RFC 9162, 2.1.3.1). Throws a RangeError unless seq < size. */
export function inclusionPlan(seq: number, size: number): ProofPlan {
  if (!isSize(seq) || !isSize(size) || seq >= size)
    throw new RangeError(`no leaf ${seq} in a tree of ${size}`)
  const plan: ProofPlan = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (seq < middle) {
      plan.unshift(subtreeCoordinates(middle, end))
      end = middle
    } else {
      plan.unshift(subtreeCoordinates(start, middle))
      start = middle
    }
  }
  return plan
}

/**
 * What the proof that the tree of `to` continues the tree of `from` needs (RFC 9162, 2.1.4.1). Nothing when from is 0 or equals
 * to. Throws a RangeError unless from <= to.
 */
export function consistencyPlan(from: number, to: number): ProofPlan {
  if (!isSize(from) || !isSize(to) || from > to) throw new RangeError(`no tree of ${from} in a tree of ${to}`)
  const plan: ProofPlan = []
  if (from === 0 || from === to) return plan
  let start = 0
  let end = to
  while (end !== from) {
    const middle = start + splitOf(end - start)
    if (from <= middle) {
      plan.unshift(subtreeCoordinates(middle, end))
      end = middle
    } else {
      plan.unshift(subtreeCoordinates(start, middle))
      start = middle
    }
  }
  // A subtree that starts at 0 is the old tree itself, whose root the reader has.
  if (start !== 0) plan.unshift(subtreeCoordinates(start, end))
  return plan
}

/** The proof of a plan: reads all its nodes at once and joins them. */
export async function proofOf(plan: ProofPlan, readNodes: ReadNodes): Promise<Uint8Array[]> {
  const places = plan.flat()
  const hashes = places.length ? await readNodes(places) : []
  if (hashes.length !== places.length)
    throw new RangeError(`${places.length} nodes were asked for, ${hashes.length} came`)
  let used = 0
  return plan.map((part) => {
    used += part.length
    return joinHashes(hashes.slice(used - part.length, used))
  })
}

/** Proof that leaf `seq` is in the tree of `size`, lowest hash first. */
export function inclusionProof(seq: number, size: number, readNodes: ReadNodes): Promise<Uint8Array[]> {
  return proofOf(inclusionPlan(seq, size), readNodes)
}

/** Proof that the tree of `to` leaves begins with the tree of `from` leaves. */
export function consistencyProof(from: number, to: number, readNodes: ReadNodes): Promise<Uint8Array[]> {
  return proofOf(consistencyPlan(from, to), readNodes)
}

const areHashes = (hashes: unknown): hashes is Uint8Array[] =>
  Array.isArray(hashes) && hashes.every((hash) => hash instanceof Uint8Array && hash.length === 32)
const half = (n: number) => Math.floor(n / 2)

/** Checks an inclusion proof (RFC 9162, 2.1.3.2). Total: false for whatever is not a proof. */
export function verifyInclusion(claim: {
  leafHash: Uint8Array
  seq: number
  size: number
  proof: Uint8Array[]
  root: Uint8Array
}): boolean {
  const { leafHash, seq, size, proof, root } = claim
  if (!isSize(seq) || !isSize(size) || seq >= size || !areHashes([leafHash, root]) || !areHashes(proof))
    return false
  let fn = seq
  let sn = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      hash = nodeHash(sibling, hash)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else hash = nodeHash(hash, sibling)
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && sameBytes(hash, root)
}

/**
 * Checks a consistency proof (RFC 9162, 2.1.4.2). Every tree continues the empty one and itself: then the proof must be empty
 * and the root the empty root, or the same. Total: false for whatever is not a proof.
 */
export function verifyConsistency(claim: {
  from: number
  to: number
  fromRoot: Uint8Array
  toRoot: Uint8Array
  proof: Uint8Array[]
}): boolean {
  const { from, to, fromRoot, toRoot, proof } = claim
  if (!isSize(from) || !isSize(to) || from > to || !areHashes([fromRoot, toRoot]) || !areHashes(proof))
    return false
  if (from === to)
    return proof.length === 0 && sameBytes(fromRoot, toRoot) && (to > 0 || sameBytes(toRoot, emptyRoot))
  if (from === 0) return proof.length === 0 && sameBytes(fromRoot, emptyRoot)
  let fn = from - 1
  let sn = to - 1
  while (fn % 2 === 1) {
    fn = half(fn)
    sn = half(sn)
  }
  // When fn has come to 0, `from` is a power of two and the old root begins the path itself.
  const path = fn === 0 ? [fromRoot, ...proof] : proof
  if (path.length === 0) return false
  let old = path[0]
  let now = path[0]
  for (const sibling of path.slice(1)) {
    if (sn === 0) return false
    if (fn % 2 === 1 || fn === sn) {
      old = nodeHash(sibling, old)
      now = nodeHash(sibling, now)
      while (fn % 2 === 0 && fn !== 0) {
        fn = half(fn)
        sn = half(sn)
      }
    } else now = nodeHash(now, sibling)
    fn = half(fn)
    sn = half(sn)
  }
  return sn === 0 && sameBytes(old, fromRoot) && sameBytes(now, toRoot)
}
