/** Proves the journal itself: every body, leaf, node of the tree and signed checkpoint, from the first entry. */
import { sameBytes } from '@lanmei/exchange/byte-text'
import { openJournalCheckpoint } from '@lanmei/exchange/checkpoint'
import { checkEntry, entryLeafHash, originOf } from '@lanmei/exchange/entry'
import type { JournalKey } from '@lanmei/exchange/keys'
import { append, emptyFrontier, type Frontier, rootOf, type TreeNode } from '@lanmei/exchange/merkle'
import type { Queryable } from '@lanmei/store/connect'
import {
  type CheckpointRow,
  type EntryRow,
  readCheckpoints,
  readEntries,
  readNodes,
} from '@lanmei/store/journal'
import { readHeadAndNodes } from '@lanmei/store/verify-read'
import { entryOf } from '../journal/journal.ts'
import { named, unpackBody } from './body.ts'
import { Difference } from './difference.ts'
import { pagesOf } from './entries.ts'

export type JournalFacts = {
  node: string
  entries: number
  checkpoints: number
  /** Hashes of the tree. */
  nodes: number
  /** Series in the order of their first block, which gives them their numbers. */
  series: string[]
}

const nodesAtOnce = 3000

/** Walks the journal. `onRecord` gets each entry that is neither block nor flagging; `onEntries` counts on. */
export async function proveJournal(
  db: Queryable,
  keys: JournalKey[],
  onRecord: (row: EntryRow) => Promise<void>,
  onEntries: (done: number, size: number) => Promise<void> | void,
): Promise<JournalFacts> {
  const head = await readHeadAndNodes(db)
  if (!head) throw new Difference('journal', 'journal_head', 'The journal has no head.')
  const walk = new Walk(db, head.node, keys)
  for await (const page of pagesOf((after, limit) => readEntries(db, after + 1, limit, true))) {
    for (const row of page) {
      walk.entry(row)
      if (row.kind !== 'block' && row.kind !== 'flagging') await onRecord(row)
    }
    await walk.grow()
    await onEntries(walk.size, head.size)
  }
  const facts = await walk.end()
  if (head.size !== facts.entries)
    throw new Difference(
      'journal',
      'journal_head',
      `The head says ${head.size} entries, and there are ${facts.entries}.`,
    )
  if (facts.entries > 0 && head.at?.toISOString() !== walk.at)
    throw new Difference(
      'journal',
      'journal_head',
      `The head has the time ${head.at?.toISOString()}, the last entry ${walk.at}.`,
    )
  if (head.nodes !== facts.nodes)
    throw new Difference(
      'journal',
      'journal_node',
      `The tree keeps ${head.nodes} hashes, and the entries give ${facts.nodes}.`,
    )
  return facts
}

class Walk {
  size = 0
  at = ''
  private readonly db: Queryable
  private readonly node: string
  private readonly keys: JournalKey[]
  private readonly versions = new Map<string, number>()
  private readonly series = new Set<string>()
  private frontier: Frontier = emptyFrontier
  private leaves: Uint8Array[] = []
  private nodes: TreeNode[] = []
  private nodeCount = 0
  private checkpoints: CheckpointRow[] = []
  private checkpointCount = 0
  private signedAt: string[] = []

  constructor(db: Queryable, node: string, keys: JournalKey[]) {
    this.db = db
    this.node = node
    this.keys = keys
  }

  /** Takes one entry: its place, version, commitment and leaf. */
  entry(row: EntryRow): void {
    if (row.seq !== this.size)
      throw new Difference(
        'journal',
        'journal_entry',
        `Entry ${this.size} is missing; the next one is ${row.seq}.`,
      )
    const entry = entryOf(this.node, row)
    const formed = checkEntry(entry)
    if (!formed.ok)
      throw new Difference('journal', 'journal_entry', `${named(row)} is not well formed: ${formed.detail}.`)
    if (row.at < this.at)
      throw new Difference('journal', 'journal_entry', `${named(row)} is older than the entry before it.`)
    const subject = `${row.kind} ${row.id}`
    const version = (this.versions.get(subject) ?? 0) + 1
    if (row.version !== version)
      throw new Difference(
        'journal',
        'journal_entry',
        `${named(row)} should be version ${version} of its subject.`,
      )
    const leaf = entryLeafHash(entry)
    if (!sameBytes(leaf, row.leaf))
      throw new Difference(
        'journal',
        'journal_entry',
        `${named(row)} does not give the leaf hash that is kept with it.`,
      )
    unpackBody(row)
    this.versions.set(subject, version)
    if (row.kind === 'block') this.series.add(row.id)
    else if (row.kind === 'flagging' && !this.series.has(row.id))
      throw new Difference('journal', 'journal_entry', `${named(row)} judges a series without values.`)
    this.leaves.push(leaf)
    this.signedAt.push(row.at)
    this.at = row.at
    this.size++
  }

  /** Grows the tree by the entries taken, stopping at every checkpoint. */
  async grow(): Promise<void> {
    for (;;) {
      if (!this.checkpoints.length) this.checkpoints = await readCheckpoints(this.db, this.frontier.size, 500)
      const next = this.checkpoints[0]
      if (!next || next.size > this.size) break
      this.append(next.size - this.frontier.size)
      this.checkpoint(next)
      this.checkpoints.shift()
      if (this.nodes.length > nodesAtOnce) await this.compareNodes()
    }
    // A checkpoint that nothing belongs to, or entries without one, come to light at the end.
    if (this.leaves.length > nodesAtOnce) this.append(this.leaves.length)
    await this.compareNodes()
  }

  private append(count: number): void {
    const grown = append(this.frontier, this.leaves.splice(0, count))
    this.frontier = grown.frontier
    this.nodes.push(...grown.newNodes)
  }

  private checkpoint(row: CheckpointRow): void {
    const place = `checkpoint of size ${row.size}`
    const fail = (sentence: string) => new Difference('journal', 'journal_checkpoint', sentence)
    if (this.frontier.size !== row.size)
      throw fail(`The ${place} comes after entries that no checkpoint signs.`)
    const root = rootOf(this.frontier)
    if (!sameBytes(root, row.root)) throw fail(`The entries do not give the root of the ${place}.`)
    const opened = openJournalCheckpoint(row.note, originOf(this.node), this.keys)
    if (!opened.ok) throw fail(`The ${place} is not well signed: ${opened.detail}.`)
    const { size, time } = opened.value
    if (size !== row.size || !sameBytes(opened.value.root, root) || time !== row.at)
      throw fail(`The signed text of the ${place} says another size, root or time than its row.`)
    const times = this.signedAt.splice(0, this.signedAt.length - (this.size - row.size))
    if (times.some((at) => at !== row.at))
      throw fail(`The ${place} signs entries of other times: a checkpoint before it is missing.`)
    this.checkpointCount++
  }

  private async compareNodes(): Promise<void> {
    for (let i = 0; i < this.nodes.length; i += nodesAtOnce) {
      const some = this.nodes.slice(i, i + nodesAtOnce)
      const kept = await readNodes(this.db, some)
      some.forEach(({ level, index, hash }, n) => {
        const there = kept[n]
        if (there && sameBytes(there, hash)) return
        throw new Difference(
          'journal',
          'journal_node',
          `The hash of the tree at level ${level}, place ${index} ${there ? 'is not the one its entries give' : 'is missing'}.`,
        )
      })
    }
    this.nodeCount += this.nodes.length
    this.nodes = []
  }

  async end(): Promise<JournalFacts> {
    await this.grow()
    if (this.leaves.length || this.signedAt.length)
      throw new Difference(
        'journal',
        'journal_checkpoint',
        `No checkpoint signs the last ${this.signedAt.length} entries.`,
      )
    if (this.checkpoints.length)
      throw new Difference(
        'journal',
        'journal_checkpoint',
        `There is a checkpoint of size ${this.checkpoints[0].size}, and only ${this.size} entries.`,
      )
    return {
      node: this.node,
      entries: this.size,
      checkpoints: this.checkpointCount,
      nodes: this.nodeCount,
      series: [...this.series],
    }
  }
}
