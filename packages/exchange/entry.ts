/** Entry of a journal: what stands in the Merkle tree. It names a body and commits to it, and can be shown without it. */
import { fromHex } from './byte-text.ts'
import { canonicalBytes } from './canonical.ts'
import { accept, type Checked, refuse } from './checked.ts'
import { isInstantText } from './instant-text.ts'
import { leafHashOf } from './merkle.ts'

export type Entry = {
  /** Id of the node whose journal this is. */
  node: string
  /** Place in the journal: 0 for the first entry, without gaps; the same number is the leaf's index in the tree. */
  seq: number
  /** When the node appended it, RFC 3339 UTC with milliseconds. For people: the order is `seq`, and a clock may be set back. */
  at: string
  /** Kind of the body: `block`, `flagging`, or a kind of record. */
  kind: string
  /** Id of the record, or of the series for blocks and flaggings. */
  id: string
  /** Running number among the entries of the same kind and id, from 1. */
  version: number
  /** Who may read the body: `public`, `agreed`, `own`. A reader takes a word it does not know as not public. */
  audience: string
  /** SHA-256(salt || canonical body), lowercase hex. */
  commitment: string
}

const id = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/
const word = /^[a-z][a-z0-9-]{0,63}$/
const matches = (pattern: RegExp) => (value: unknown) => typeof value === 'string' && pattern.test(value)

const fields: Record<keyof Entry, (value: unknown) => boolean> = {
  node: matches(id),
  seq: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
  at: isInstantText,
  kind: matches(word),
  id: matches(id),
  version: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  audience: matches(word),
  commitment: (value) => fromHex(value, 32) !== undefined,
}

/** Takes a value that should be an entry: exactly the eight members, each well formed. Total. */
export function checkEntry(value: unknown): Checked<Entry> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return refuse('malformed', 'an entry is a JSON object')
  const names = Object.keys(value)
  const unknown = names.find((name) => !Object.hasOwn(fields, name))
  if (unknown !== undefined) return refuse('malformed', `an entry has no member ${JSON.stringify(unknown)}`)
  for (const [name, fits] of Object.entries(fields)) {
    if (!names.includes(name)) return refuse('malformed', `the entry has no ${name}`)
    if (!fits((value as Record<string, unknown>)[name]))
      return refuse('malformed', `the entry's ${name} is not well formed`)
  }
  return accept(value as Entry)
}

/** The bytes that are hashed into the tree: RFC 8785 of the entry. */
export function leafBytes(entry: Entry): Uint8Array {
  return canonicalBytes(entry)
}

/** Leaf hash of the entry: SHA-256(0x00 || leaf bytes), 32 bytes (RFC 9162, 2.1.1). */
export function entryLeafHash(entry: Entry): Uint8Array {
  return leafHashOf(leafBytes(entry))
}

/** Origin of the node's journal: first line of its checkpoints, and the name of the keys that sign them. */
export function originOf(node: string): string {
  return `${node}/journal`
}
