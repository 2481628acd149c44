/** Reads tables described by the shipped profiles (profiles/*.json): date x station and what belongs to it. */
import { readdirSync, readFileSync } from 'node:fs'
import type { ReadEvent, Reader, Source } from '@lanmei/model/reading'
import { type CsvProfile, checkProfile } from '../profile-csv/profile.ts'
import { readCsv } from '../profile-csv/read.ts'
import { guessSeparator, splitText } from '../text/cells.ts'
import { headText } from '../text/decode.ts'

const folder = new URL('./profiles/', import.meta.url)
let loaded: Map<string, CsvProfile> | undefined

/** The shipped profiles by name of file, read once. Throws `profile-invalid` for one that does not fit the schema. */
export function shippedProfiles(): ReadonlyMap<string, CsvProfile> {
  if (loaded === undefined) {
    const made = new Map<string, CsvProfile>()
    for (const file of readdirSync(folder).sort()) {
      if (!file.endsWith('.json')) continue
      made.set(file.slice(0, -5), checkProfile(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))
    }
    loaded = made
  }
  return loaded
}

/** The shipped profile for a path and a head, or undefined. */
export function profileFor(name: string, head: Uint8Array): CsvProfile | undefined {
  const path = name.replaceAll('\\', '/')
  let columns: string[] | undefined
  for (const profile of shippedProfiles().values()) {
    if (profile.match === undefined || !new RegExp(profile.match.path, 'u').test(path)) continue
    if (columns === undefined) {
      const line = headText(head.subarray(0, 65_536)).split(/\r\n|\n|\r/, 1)[0]
      columns = splitText(line, guessSeparator(line))
    }
    if ((profile.match.head ?? []).every((column) => columns?.includes(column))) return profile
  }
  return undefined
}

export const wideTable: Reader = {
  id: 'wide-table',
  recognise(name, head) {
    const profile = profileFor(name, head)
    return profile === undefined ? { confidence: 0 } : { confidence: 0.95, profile }
  },
  async *read(source: Source, profile?: unknown): AsyncGenerator<ReadEvent> {
    yield* readCsv(source, checkProfile(profile))
  },
}
