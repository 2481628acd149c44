/** Values of a series in the asked resolution, as parts to be written in the asked form. */
import { flags } from '@lanmei/model/flag'
import { entryKnownAt, openSnapshot, type Selection, type Snapshot } from '@lanmei/store/observations-read'
import { aggregates } from './aggregates.ts'
import { drawOutline, drawRows, outlineSuffices } from './auto.ts'
import type { Catalogue, KeptSeries } from './catalogue.ts'
import { dayBoundaryOf } from './local-day.ts'
import type { Reading } from './reading.ts'
import type { ValuePart } from './value-part.ts'
import type { ValueQuery } from './value-query.ts'

/** Aggregates leave out what is judged bad, unless the asker names the flags to use. */
const usedInAggregates = Object.values(flags).filter((flag) => flag !== flags.bad)

export type ValueRead = {
  /** The parts from the start; may be called again and gives the same. */
  parts(): AsyncIterable<ValuePart>
  close(): Promise<void>
}

/** Opens a read of one moment. Always close it. */
export async function openValues(
  reading: Reading,
  catalogue: Catalogue,
  series: KeptSeries,
  query: ValueQuery,
  signal?: AbortSignal,
): Promise<ValueRead> {
  const { state } = series
  if (!state || state.rows === 0) return { parts: nothing, close: async () => {} }
  // Before the snapshot: an outline that has to be made takes a connection of its own.
  const drawing = drawingOf(series, query)
  const plain = query.flags === undefined && query.knownAtMs === undefined
  const outline = drawing && plain ? await reading.outlines.of(series.id, state.key) : undefined
  const snapshot = await openSnapshot(reading.store, signal)
  try {
    const selection = await selectionOf(snapshot, state.key, query)
    const close = snapshot.close
    if (query.resolution === 'raw') return { parts: () => snapshot.rows(selection), close }
    if (drawing) {
      const points =
        outline && outlineSuffices(drawing, outline)
          ? await drawOutline(snapshot, state.key, drawing, outline)
          : await drawRows(snapshot, selection, drawing)
      return { parts: () => once(points), close }
    }
    const boundary = dayBoundaryOf(catalogue, series)
    const asSum = series.fields.aggregation === 'sum'
    const used = { ...selection, flags: query.flags ?? usedInAggregates }
    const { resolution } = query
    return {
      parts: () => aggregates(snapshot.rows(used), resolution as 'hour', boundary, asSum),
      close,
    }
  } catch (error) {
    await snapshot.close()
    throw error
  }
}

async function* nothing(): AsyncGenerator<ValuePart> {}
async function* once(part: ValuePart): AsyncGenerator<ValuePart> {
  yield part
}

async function selectionOf({ client }: Snapshot, key: number, query: ValueQuery): Promise<Selection> {
  const { fromMs, toMs, flags: only, knownAtMs } = query
  const knownEntry = knownAtMs === undefined ? undefined : await entryKnownAt(client, knownAtMs)
  return { key, fromMs, toMs, flags: only, knownEntry }
}

/** The range and the pixels of a drawing; where the asker leaves an end open it is that of the series. */
function drawingOf({ state }: KeptSeries, { resolution, fromMs, toMs, points }: ValueQuery) {
  if (resolution !== 'auto' || !state) return undefined
  const from = fromMs ?? state.firstMs
  const to = Math.max(from + 1, toMs ?? state.lastMs + 1)
  return { fromMs: from, toMs: to, pixels: points }
}
