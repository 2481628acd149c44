/** Entries in order, read in portions of about equal bytes while the last portion is worked on. */
import type { EntryRow } from '@lanmei/store/journal'

const wantedBytes = 6_000_000
const mostRows = 1000

/** Runs over pages that `read(after, limit)` gives until one is empty. `after` is the last number seen, -1 at first. */
export async function* pagesOf(
  read: (after: number, limit: number) => Promise<EntryRow[]>,
): AsyncGenerator<EntryRow[]> {
  let next = read(-1, 40)
  for (;;) {
    const page = await next
    if (!page.length) return
    const bytes = page.reduce((sum, row) => sum + row.body.length + 300, 0)
    const limit = Math.max(1, Math.min(mostRows, Math.floor((wantedBytes / bytes) * page.length)))
    next = read(page[page.length - 1].seq, limit)
    // Awaited at the next turn; when the reader stops before, nobody needs to hear of it.
    next.catch(() => {})
    yield page
  }
}
