/** The list of readers, and the choice of the best one for a file. To add a format: its folder and a line here. */
import type { Reader } from '@lanmei/model/reading'
import { jsonObservations } from './json-observations/reader.ts'
import { mrcExport } from './mrc-export/reader.ts'
import { profileCsv } from './profile-csv/reader.ts'
import { stationTable } from './station-table/reader.ts'
import { wideTable } from './wide-table/reader.ts'

export const readers: readonly Reader[] = [mrcExport, wideTable, stationTable, jsonObservations, profileCsv]

/** How many of the first bytes `recognise` should be shown. */
export const headBytes = 65_536

/** The reader that is surest of a file, with the profile it would use; undefined: `unknown-format`. */
export function recognise(
  name: string,
  head: Uint8Array,
): { reader: Reader; confidence: number; profile?: unknown } | undefined {
  let best: { reader: Reader; confidence: number; profile?: unknown } | undefined
  for (const reader of readers) {
    const { confidence, profile } = reader.recognise(name, head)
    if (confidence > (best?.confidence ?? 0)) best = { reader, confidence, profile }
  }
  return best
}

/** The reader of an id, or undefined. */
export function readerById(id: string): Reader | undefined {
  return readers.find((reader) => reader.id === id)
}
