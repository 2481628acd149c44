/** Pages of a journal: 256 entries each, numbered from 0. A complete page never changes and may be cached for ever. */
import { canonicalBytes } from './canonical.ts'
import { accept, type Checked, refuse } from './checked.ts'
import { checkEntry, type Entry } from './entry.ts'

export const entriesPerPage = 256

/** `entries` are in order of seq without gaps; the first has seq = page * 256. */
export type Page = { node: string; page: number; entries: Entry[] }

/** The page an entry stands on. */
export function pageOf(seq: number): number {
  return Math.floor(seq / entriesPerPage)
}

/** Numbers of entries on a page: `from` inclusive, `to` exclusive, in a journal of `size` entries. */
export function pageRange(page: number, size = Number.MAX_SAFE_INTEGER): { from: number; to: number } {
  const from = page * entriesPerPage
  return { from, to: Math.max(from, Math.min(from + entriesPerPage, size)) }
}

/** How many pages a journal of `size` entries has, the last one complete or not. */
export function pagesIn(size: number): number {
  return Math.ceil(size / entriesPerPage)
}

/** True when no entry of the page is still to come. */
export function isComplete(page: number, size: number): boolean {
  return (page + 1) * entriesPerPage <= size
}

/** Address of a page below the root of a node. */
export function pagePath(page: number): string {
  return `/journal/pages/${page}`
}

/** The page number in the last part of an address; undefined for anything that `pagePath` would not have written. */
export function parsePageNumber(text: string): number | undefined {
  const page = /^(0|[1-9]\d{0,13})$/.test(text) ? Number(text) : undefined
  return page !== undefined && page <= pageOf(Number.MAX_SAFE_INTEGER) ? page : undefined
}

/** What is sent for a page: RFC 8785 bytes, so that it is the same at every address and its hash can be an ETag. */
export function pageBytes(page: Page): Uint8Array {
  return canonicalBytes(page)
}

/** Takes a value that should be page number `number` of a node's journal. Total. */
export function checkPage(value: unknown, node: string, number: number): Checked<Page> {
  const {
    node: itsNode,
    page,
    entries,
    ...more
  } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (itsNode !== node || page !== number || !Array.isArray(entries) || Object.keys(more).length)
    return refuse('malformed', `not page ${number} of ${node}`)
  if (entries.length > entriesPerPage)
    return refuse('malformed', `a page has at most ${entriesPerPage} entries`)
  for (const [i, item] of entries.entries()) {
    const entry = checkEntry(item)
    if (!entry.ok) return refuse('malformed', `entry ${i} of page ${number}: ${entry.detail}`)
    if (entry.value.node !== node)
      return refuse('malformed', `entry ${i} of page ${number} is of another node`)
    if (entry.value.seq !== number * entriesPerPage + i)
      return refuse('seq-mismatch', `entry ${i} of page ${number} has seq ${entry.value.seq}`)
  }
  return accept(value as Page)
}
