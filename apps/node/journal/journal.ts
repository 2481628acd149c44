/** The node's journal, joined: entries and signatures from `exchange`, tables from `store`. */
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompressSync } from 'node:zlib'
import { signCheckpoint } from '@lanmei/exchange/checkpoint'
import { commitmentOf, saltBytes } from '@lanmei/exchange/commitment'
import { type Entry, entryLeafHash, originOf } from '@lanmei/exchange/entry'
import { instantText } from '@lanmei/exchange/instant-text'
import { signerOf } from '@lanmei/exchange/keys'
import { append, type Frontier, frontierCoordinates, frontierFrom } from '@lanmei/exchange/merkle'
import type { NoteSigner } from '@lanmei/exchange/note'
import { problem } from '@lanmei/model/problem'
import type { Audience } from '@lanmei/model/record'
import type { Queryable, Store } from '@lanmei/store/connect'
import { appendRows, type EntryRow, type Head, lockHead, readHead, readNodes } from '@lanmei/store/journal'
import type { SigningKey } from './signing-key.ts'

/** What is to be appended: the canonical body (RFC 8785 bytes) under a kind and an id. */
export type JournalItem = { kind: string; id: string; version: number; audience: Audience; body: Uint8Array }

export type Journal = {
  readonly node: string
  readonly origin: string
  readonly keys: SigningKey['history']
  /** Locks the head until the transaction ends; the next entry gets the number `size`. */
  lock(db: Queryable): Promise<Head>
  /** Appends entries and signs a checkpoint over them, all in the caller's transaction. Gives the number of the first. */
  append(db: Queryable, items: JournalItem[]): Promise<{ first: number; at: string }>
  /** When the clock was found behind the journal's last entry, and by how much; 0 when it never was. */
  clockBehindMs(): number
}

const compression = { params: { [constants.ZSTD_c_compressionLevel]: 1 } }
const smallBodyBytes = 1024

/** Opens the journal of a node; the head row is made in a new store. */
export async function openJournal(
  store: Store,
  signing: SigningKey,
  node: string,
  now: () => number = Date.now,
): Promise<Journal> {
  const head = await readHead(store.pool, node)
  if (head.node !== node)
    throw problem('setting-invalid', { setting: 'node id', read: node, expected: head.node })
  const origin = originOf(node)
  const signer = signerOf(origin, signing.key)
  let behindMs = 0
  return {
    node,
    origin,
    keys: signing.history,
    lock: lockHead,
    clockBehindMs: () => behindMs,
    async append(db, items) {
      const locked = await lockHead(db)
      const nowMs = Math.floor(now())
      behindMs = Math.max(0, locked.atMs - nowMs)
      // Entry times never run backwards, or "as known at" would have two answers; a clock set back raises an alarm instead.
      const at = instantText(Math.max(nowMs, Math.round(locked.atMs)))
      if (!items.length) return { first: locked.size, at }
      const frontier = await readFrontier(db, locked.size)
      const bodies = await Promise.all(items.map((item) => compressBody(item.body)))
      const entries = items.map((item, n) => entryRow(node, locked.size + n, at, item, bodies[n]))
      const grown = append(
        frontier,
        entries.map((entry) => entry.leaf),
      )
      const note = sign(origin, signer, grown.frontier.size, grown.root, at)
      const checkpoint = { size: grown.frontier.size, at, root: Buffer.from(grown.root), note }
      await appendRows(db, entries, grown.newNodes, checkpoint)
      return { first: locked.size, at }
    },
  }
}

function sign(origin: string, signer: NoteSigner, size: number, root: Uint8Array, time: string): string {
  return signCheckpoint({ origin, size, root, time }, [signer])
}

/** The complete subtrees of the present tree. */
export async function readFrontier(db: Queryable, size: number): Promise<Frontier> {
  const hashes = await readNodes(db, frontierCoordinates(size))
  if (hashes.some((hash) => hash === undefined))
    throw problem('journal-broken', { reason: 'a node of the tree is missing', size })
  return frontierFrom(size, hashes as Uint8Array[])
}

function entryRow(node: string, seq: number, at: string, item: JournalItem, body: Buffer): EntryRow {
  const { kind, id, version, audience } = item
  const salt = randomBytes(saltBytes)
  const commitment = commitmentOf(salt, item.body)
  const entry: Entry = { node, seq, at, kind, id, version, audience, commitment }
  const leaf = Buffer.from(entryLeafHash(entry))
  return {
    seq,
    at,
    kind,
    id,
    version,
    audience,
    commitment: Buffer.from(commitment, 'hex'),
    leaf,
    salt,
    body,
  }
}

const compressInThreadPool = promisify(zstdCompress) as (data: Uint8Array, options: object) => Promise<Buffer>

/**
 * The body as stored. A small one stands as it is: opening a compressor costs more than it saves. Large ones are compressed in
 * the thread pool, beside the main thread's work.
 */
async function compressBody(body: Uint8Array): Promise<Buffer> {
  return body.length < smallBodyBytes ? Buffer.from(body) : compressInThreadPool(body, compression)
}

/** A canonical body is a JSON object, so its first byte tells it from a compressed one. */
const braceByte = 0x7b

/** The canonical body out of its stored form. */
export function openBody(stored: Uint8Array): Buffer {
  return stored[0] === braceByte ? Buffer.from(stored) : zstdDecompressSync(stored)
}

/** The entry as hashed and served. */
export function entryOf(node: string, row: EntryRow): Entry {
  const { seq, at, kind, id, version, audience } = row
  return { node, seq, at, kind, id, version, audience, commitment: row.commitment.toString('hex') }
}
