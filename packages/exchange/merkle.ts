/**
 * Merkle tree of RFC 6962/9162 on rows of complete subtrees.
 *
 * The node (level, index) covers the leaves [index * 2^level, (index + 1) * 2^level) and is kept once all of them are there; it
 * never changes. Every root and proof is made of such nodes. Sizes go to 2^53 - 1, so no bit operators here: they end at 2^32.
 */
import { sha256 } from './sha256.ts'

export type Coordinate = { level: number; index: number }
export type TreeNode = Coordinate & { hash: Uint8Array }
/** The complete subtrees that make up a tree of this size, largest first, at the places `frontierCoordinates(size)`. */
export type Frontier = { size: number; hashes: Uint8Array[] }

/** Root of the tree without leaves: SHA-256 of nothing. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array(0))
export const emptyFrontier: Frontier = { size: 0, hashes: [] }

const leafMark = Uint8Array.of(0)
// One message buffer for all inner nodes: hashing is synchronous, and a fresh array per node costs more than the hash.
const message = new Uint8Array(65).fill(1, 0, 1)

/** SHA-256(0x00 || leaf), 32 bytes (RFC 9162, 2.1.1). */
export function leafHashOf(leaf: Uint8Array): Uint8Array {
  return sha256(leafMark, leaf)
}

/** SHA-256(0x01 || left || right), 32 bytes (RFC 9162, 2.1.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length !== 32 || right.length !== 32) throw new TypeError('a node hash has 32 bytes')
  message.set(left, 1)
  message.set(right, 33)
  return sha256(message)
}

/** Hash of adjoining subtrees that shrink to the right: the last two are joined first. */
export function joinHashes(hashes: Uint8Array[]): Uint8Array {
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

export function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Places of the complete subtrees that cover [start, end), left to right; start must fit the largest of them. */
export function subtreeCoordinates(start: number, end: number): Coordinate[] {
  const places: Coordinate[] = []
  for (let at = start; at < end; ) {
    let level = 0
    let width = 1
    while (at % (2 * width) === 0 && at + 2 * width <= end) {
      level++
      width *= 2
    }
    places.push({ level, index: at / width })
    at += width
  }
  return places
}

/** Places of the nodes a frontier of this size holds: read them to go on appending. */
export function frontierCoordinates(size: number): Coordinate[] {
  if (!isSize(size)) throw new RangeError(`not a tree size: ${size}`)
  return subtreeCoordinates(0, size)
}

/** A frontier from the hashes at `frontierCoordinates(size)`, in that order. */
export function frontierFrom(size: number, hashes: Uint8Array[]): Frontier {
  if (frontierCoordinates(size).length !== hashes.length)
    throw new RangeError(`a frontier of size ${size} has other hashes`)
  return { size, hashes }
}

export function rootOf(frontier: Frontier): Uint8Array {
  return frontier.hashes.length ? joinHashes(frontier.hashes) : emptyRoot
}

/** Root of the tree over these leaf hashes. */
export function rootOfLeaves(leafHashes: Uint8Array[]): Uint8Array {
  return append(emptyFrontier, leafHashes).root
}

/**
 * Appends leaf hashes. `newNodes` are the nodes that became complete (the leaves, level 0, among them), children before
 * parents: the rows to keep. The frontier given is left as it was.
 */
export function append(
  frontier: Frontier,
  leafHashes: Uint8Array[],
): { newNodes: TreeNode[]; frontier: Frontier; root: Uint8Array } {
  const newNodes: TreeNode[] = []
  const hashes = [...frontier.hashes]
  let size = frontier.size
  for (const leaf of leafHashes) {
    let hash = leaf
    let index = size
    let level = 0
    newNodes.push({ level, index, hash })
    // A one in the binary form of the size is a subtree that waits for its right sibling: add one, with carry.
    for (; index % 2 === 1; index = (index - 1) / 2) {
      hash = nodeHash(hashes.pop() as Uint8Array, hash)
      newNodes.push({ level: ++level, index: (index - 1) / 2, hash })
    }
    hashes.push(hash)
    size++
  }
  const grown = { size, hashes }
  return { newNodes, frontier: grown, root: rootOf(grown) }
}
