/** The tree and its proofs against the published vectors of Certificate Transparency and a plain recursion. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromHex, toHex } from './byte-text.ts'
import {
  append,
  type Coordinate,
  emptyFrontier,
  emptyRoot,
  type Frontier,
  frontierCoordinates,
  frontierFrom,
  leafHashOf,
  nodeHash,
  rootOf,
  rootOfLeaves,
  type TreeNode,
} from './merkle.ts'
import {
  consistencyPlan,
  consistencyProof,
  inclusionPlan,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from './merkle-proof.ts'

const bytes = (hex: string) => fromHex(hex) as Uint8Array

// Test data of the Certificate Transparency reference implementation for RFC 6962: leaves, and the roots of sizes 0 to 8.
const published = {
  leaves: [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ],
  roots: [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ],
  inclusion: [
    { seq: 0, size: 1, proof: [] },
    { seq: 0, size: 2, proof: ['96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7'] },
    { seq: 2, size: 3, proof: ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'] },
    {
      seq: 1,
      size: 5,
      proof: [
        '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
    {
      seq: 5,
      size: 8,
      proof: [
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
  ],
  consistency: [
    { from: 1, to: 1, proof: [] },
    {
      from: 1,
      to: 8,
      proof: [
        '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
      ],
    },
    {
      from: 2,
      to: 5,
      proof: [
        '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
        'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      ],
    },
    {
      from: 6,
      to: 8,
      proof: [
        '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
        'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
        'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      ],
    },
  ],
}

/** MTH of RFC 6962, section 2.1, word for word: the measure of everything else. */
function plainRoot(hashes: Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return emptyRoot
  if (hashes.length === 1) return hashes[0]
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return nodeHash(plainRoot(hashes.slice(0, split)), plainRoot(hashes.slice(split)))
}

/** PATH of RFC 6962, section 2.1.1. */
function plainPath(m: number, hashes: Uint8Array[]): Uint8Array[] {
  if (hashes.length === 1) return []
  let k = 1
  while (k * 2 < hashes.length) k *= 2
  const [left, right] = [hashes.slice(0, k), hashes.slice(k)]
  return m < k ? [...plainPath(m, left), plainRoot(right)] : [...plainPath(m - k, right), plainRoot(left)]
}

/** A store of rows, as a database would keep them. */
function rowsOf(nodes: TreeNode[]) {
  const rows = new Map(nodes.map(({ level, index, hash }) => [`${level}/${index}`, hash]))
  const read = async (places: Coordinate[]) =>
    places.map(({ level, index }) => {
      const hash = rows.get(`${level}/${index}`)
      assert.ok(hash, `node ${level}/${index} is not complete`)
      return hash
    })
  return { rows, read }
}

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, i) => leafHashOf(Uint8Array.of(i >> 8, i & 255)))
const mostLeaves = 300
const allLeaves = leavesOf(mostLeaves)
const { rows, read } = rowsOf(append(emptyFrontier, allLeaves).newNodes)
const size = fc.integer({ min: 1, max: mostLeaves })
const flipped = (hash: Uint8Array, bit: number) => {
  const changed = hash.slice()
  changed[bit >> 3] ^= 1 << (bit & 7)
  return changed
}

test('the published roots and proofs come out and verify', async () => {
  const hashes = published.leaves.map((leaf) => leafHashOf(bytes(leaf)))
  const roots = published.roots.map(bytes)
  published.roots.forEach((root, count) => {
    assert.equal(toHex(rootOfLeaves(hashes.slice(0, count))), root)
  })
  const store = rowsOf(append(emptyFrontier, hashes).newNodes)
  for (const { seq, size, proof } of published.inclusion) {
    const made = await inclusionProof(seq, size, store.read)
    assert.deepEqual(made.map(toHex), proof)
    assert.ok(verifyInclusion({ leafHash: hashes[seq], seq, size, proof: made, root: roots[size] }))
  }
  for (const { from, to, proof } of published.consistency) {
    const made = await consistencyProof(from, to, store.read)
    assert.deepEqual(made.map(toHex), proof)
    assert.ok(verifyConsistency({ from, to, fromRoot: roots[from], toRoot: roots[to], proof: made }))
  }
})

test('roots of all sizes to 300 are those of the plain recursion, appended one by one', () => {
  let frontier = emptyFrontier
  allLeaves.forEach((leaf, i) => {
    const step = append(frontier, [leaf])
    frontier = step.frontier
    assert.deepEqual(step.root, plainRoot(allLeaves.slice(0, i + 1)))
    assert.equal(frontier.hashes.length, frontierCoordinates(i + 1).length)
  })
})

test('appending in batches of any sizes gives the same rows and root, also from a frontier read back from the rows', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 7 }), (batches) => {
      let frontier: Frontier = emptyFrontier
      const nodes: TreeNode[] = []
      let taken = 0
      for (const count of batches) {
        const step = append(frontier, allLeaves.slice(taken, taken + count))
        nodes.push(...step.newNodes)
        taken += count
        const kept = new Map(nodes.map((node) => [`${node.level}/${node.index}`, node.hash]))
        const hashes = frontierCoordinates(taken).map(
          ({ level, index }) => kept.get(`${level}/${index}`) as Uint8Array,
        )
        frontier = frontierFrom(taken, hashes)
        assert.deepEqual(frontier, step.frontier)
      }
      assert.deepEqual(rootOf(frontier), plainRoot(allLeaves.slice(0, taken)))
      for (const { level, index, hash } of nodes) assert.deepEqual(rows.get(`${level}/${index}`), hash)
      assert.equal(new Set(nodes.map(({ level, index }) => `${level}/${index}`)).size, nodes.length)
    }),
  )
})

test('every inclusion proof is the path of the plain recursion and verifies', async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), async (count, pick) => {
      const seq = pick % count
      const leaves = allLeaves.slice(0, count)
      const proof = await inclusionProof(seq, count, read)
      assert.deepEqual(proof, plainPath(seq, leaves))
      assert.ok(verifyInclusion({ leafHash: leaves[seq], seq, size: count, proof, root: plainRoot(leaves) }))
    }),
    { numRuns: 300 },
  )
})

test('every consistency proof verifies', async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), async (to, pick) => {
      const from = pick % (to + 1)
      const proof = await consistencyProof(from, to, read)
      const fromRoot = plainRoot(allLeaves.slice(0, from))
      assert.ok(verifyConsistency({ from, to, fromRoot, toRoot: plainRoot(allLeaves.slice(0, to)), proof }))
    }),
    { numRuns: 300 },
  )
})

test('an inclusion proof with anything changed fails', async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), fc.nat(255), fc.nat(), async (count, pick, bit, which) => {
      const seq = pick % count
      const root = plainRoot(allLeaves.slice(0, count))
      const proof = await inclusionProof(seq, count, read)
      const claim = { leafHash: allLeaves[seq], seq, size: count, proof, root }
      const at = which % (proof.length || 1)
      const changes = [
        { leafHash: flipped(claim.leafHash, bit) },
        { root: flipped(root, bit) },
        { proof: [...proof, root] },
        { proof: [root, ...proof] },
        { seq: count },
        { seq: -1 },
        ...(count > 1 ? [{ seq: (seq + 1 + (which % (count - 1))) % count }] : []),
        ...(proof.length
          ? [{ proof: proof.with(at, flipped(proof[at], bit)) }, { proof: proof.toSpliced(at, 1) }]
          : []),
      ]
      for (const change of changes) assert.equal(verifyInclusion({ ...claim, ...change }), false)
    }),
    { numRuns: 300 },
  )
})

test('a consistency proof with anything changed fails', async () => {
  await fc.assert(
    fc.asyncProperty(size, fc.nat(), fc.nat(255), fc.nat(), async (to, pick, bit, which) => {
      const from = pick % (to + 1)
      const proof = await consistencyProof(from, to, read)
      const fromRoot = plainRoot(allLeaves.slice(0, from))
      const claim = { from, to, fromRoot, toRoot: plainRoot(allLeaves.slice(0, to)), proof }
      const at = which % (proof.length || 1)
      const changes = [
        { fromRoot: flipped(fromRoot, bit) },
        // Everything continues the empty tree: its proof says nothing about the new root.
        ...(from > 0 ? [{ toRoot: flipped(claim.toRoot, bit) }] : []),
        { proof: [...proof, fromRoot] },
        { from: to + 1 },
        ...(proof.length
          ? [{ proof: proof.with(at, flipped(proof[at], bit)) }, { proof: proof.toSpliced(at, 1) }]
          : []),
      ]
      for (const change of changes) assert.equal(verifyConsistency({ ...claim, ...change }), false)
    }),
    { numRuns: 300 },
  )
})

test('a proof that goes on above the root of a smaller tree fails', () => {
  // Hashed to the end it would lead to the root, but as leaf 0 of a tree of one leaf it claims another place.
  const [left, right] = allLeaves
  const claim = { leafHash: right, proof: [left], root: nodeHash(left, right) }
  assert.ok(verifyInclusion({ ...claim, seq: 1, size: 2 }))
  assert.equal(verifyInclusion({ ...claim, seq: 0, size: 1 }), false)
})

test('a rewritten history has no consistency proof', async () => {
  const forged = allLeaves.with(2, leafHashOf(Uint8Array.of(9)))
  const { read: readForged } = rowsOf(append(emptyFrontier, forged).newNodes)
  for (const from of [3, 4, 7, 128, 299]) {
    const proof = await consistencyProof(from, mostLeaves, readForged)
    const fromRoot = plainRoot(allLeaves.slice(0, from))
    assert.equal(
      verifyConsistency({ from, to: mostLeaves, fromRoot, toRoot: plainRoot(forged), proof }),
      false,
    )
  }
})

test('the nodes of a proof are known before any is read, and stay few in a tree of 2^52 leaves', () => {
  const vast = 2 ** 52 + 12_345
  for (const plan of [inclusionPlan(4_294_967_297, vast), consistencyPlan(vast - 7, vast)]) {
    assert.ok(plan.length <= 53 && plan.flat().length <= 120)
    for (const { level, index } of plan.flat()) assert.ok((index + 1) * 2 ** level <= vast)
  }
})

test('impossible sizes and hashes of a wrong length are refused', async () => {
  assert.throws(() => inclusionPlan(3, 3), RangeError)
  assert.throws(() => inclusionPlan(-1, 3), RangeError)
  assert.throws(() => consistencyPlan(4, 3), RangeError)
  assert.throws(() => consistencyPlan(0.5, 3), RangeError)
  assert.throws(() => frontierFrom(3, []), RangeError)
  assert.throws(() => nodeHash(new Uint8Array(31), new Uint8Array(32)), TypeError)
  await assert.rejects(
    inclusionProof(0, 2, async () => []),
    RangeError,
  )
  const short = [new Uint8Array(31)]
  assert.equal(
    verifyInclusion({ leafHash: allLeaves[0], seq: 0, size: 2, proof: short, root: emptyRoot }),
    false,
  )
})
