/** Stores one batch of a load: new records first, then the values, in as many transactions as there are sources. */

import { transaction } from '@lanmei/store/connect'
import { knownKeys, readStates, type SeriesState } from '@lanmei/store/series-state'
import type { Context } from '../context.ts'
import { type RecordWrite, writeRecords } from '../records/write.ts'
import { type OnSent, type Part, type PartResult, storeParts } from './batch.ts'
import { compare, comparisons } from './compare.ts'
import type { Counts } from './counts.ts'

export type SourcedPart = Part & { file: number }

/** Adds what came of it to the counts. `onSent` is called when the last rows are on their way to PostgreSQL. */
export async function storeBatch(
  context: Context,
  options: { author: string; reason?: string; dryRun?: boolean },
  records: RecordWrite[],
  parts: SourcedPart[],
  counts: Counts,
  onEntry: (entry: number) => void,
  onSent?: OnSent,
): Promise<void> {
  if (options.dryRun) {
    add(counts, await compareOnly(context, parts, !options.reason))
    return
  }
  for (const some of chunks(records)) await writeRecords(context, options.author, some)
  const groups = together(parts)
  for (const [place, group] of groups.entries()) {
    const results = await storeParts(
      context,
      {
        author: options.author,
        reason: options.reason,
        keepRevised: !options.reason,
      },
      group,
      place + 1 === groups.length ? onSent : undefined,
    )
    add(counts, results)
    for (const { entry } of results) if (entry !== undefined) onEntry(entry)
  }
}

/**
 * Parts that can be stored in one transaction, file after file: as many as fit, and each series once. A later file revises an
 * earlier one, never the other way round.
 */
function together(parts: SourcedPart[]): SourcedPart[][] {
  const groups: SourcedPart[][] = []
  let held = new Set<string>()
  for (const part of parts.toSorted((a, b) => a.file - b.file)) {
    if (groups.length === 0 || held.has(part.series) || held.size >= mostAtOnce) {
      groups.push([])
      held = new Set()
    }
    held.add(part.series)
    groups[groups.length - 1].push(part)
  }
  return groups
}

/** A file of twenty thousand series must not put twenty thousand entries into memory at once. */
const mostAtOnce = 500
function chunks<T>(list: T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / mostAtOnce) }, (_, i) =>
    list.slice(i * mostAtOnce, (i + 1) * mostAtOnce),
  )
}

function add(counts: Counts, results: PartResult[]): void {
  for (const { stored, unchanged, revised } of results) {
    counts.stored += stored
    counts.unchanged += unchanged
    counts.revised += revised
  }
}

/** What storing would come to, without storing: each file beside what is stored, not beside the files before it. */
async function compareOnly({ store }: Context, parts: Part[], keepRevised: boolean): Promise<PartResult[]> {
  return transaction(store, async (client) => {
    const keys = await knownKeys(
      client,
      parts.map((part) => part.series),
    )
    const states = await readStates(client, [...keys.values()])
    const all = parts.map((part) => ({
      part,
      state: states.get(keys.get(part.series) ?? -1) as SeriesState | undefined,
    }))
    const known = all.filter((item): item is { part: Part; state: SeriesState } => item.state !== undefined)
    const compared = await comparisons(client, known, keepRevised)
    const byPart = new Map(known.map(({ part }, i) => [part, compared[i]]))
    return parts.map((part) => {
      const { rows, revised, unchanged } = byPart.get(part) ?? compare(part, undefined)
      return { series: part.series, stored: rows.times.length - revised, revised, unchanged, flagged: 0 }
    })
  })
}
