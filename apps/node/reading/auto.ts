/** Values for drawing: of each pixel the first, lowest, highest and last one. */
import type { Selection, Snapshot } from '@lanmei/store/observations-read'
import { cutPoints, flaggedDownsampling, type Outline, type Points } from './outline.ts'

/** Pixels narrower than this many spans of the outline are made from the rows themselves. */
const spansPerPixel = 2

type Drawing = { fromMs: number; toMs: number; pixels: number }

/** True when the outline is fine enough for the drawing. */
export function outlineSuffices({ fromMs, toMs, pixels }: Drawing, outline: Outline): boolean {
  return (toMs - fromMs) / pixels >= outline.spanMs * spansPerPixel
}

/** From the rows themselves, read as a stream. */
export async function drawRows(
  snapshot: Snapshot,
  selection: Selection,
  { fromMs, toMs, pixels }: Drawing,
): Promise<Points> {
  const kept = flaggedDownsampling(fromMs, toMs, pixels)
  for await (const batch of snapshot.rows({ ...selection, fromMs, toMs })) kept.add(batch)
  return kept.finish()
}

/**
 * From the outline. Pixels are whole spans, so no span lies in two of them and each pixel keeps its true extremes; the spans
 * that the range cuts are read as rows.
 */
export async function drawOutline(
  snapshot: Snapshot,
  key: number,
  { fromMs, toMs, pixels }: Drawing,
  { spanMs, points }: Outline,
): Promise<Points> {
  const pixelMs = Math.ceil((toMs - fromMs) / pixels / spanMs) * spanMs
  const gridMs = Math.floor(fromMs / spanMs) * spanMs
  const parts = Math.ceil((toMs - gridMs) / pixelMs)
  const kept = flaggedDownsampling(gridMs, gridMs + parts * pixelMs, parts)
  const innerFrom = Math.min(toMs, Math.ceil(fromMs / spanMs) * spanMs)
  const innerTo = Math.max(innerFrom, Math.floor(toMs / spanMs) * spanMs)
  if (innerFrom > fromMs)
    for await (const batch of snapshot.rows({ key, fromMs, toMs: innerFrom })) kept.add(batch)
  kept.add(cutPoints(points, innerFrom, innerTo))
  if (toMs > innerTo) for await (const batch of snapshot.rows({ key, fromMs: innerTo, toMs })) kept.add(batch)
  return kept.finish()
}
