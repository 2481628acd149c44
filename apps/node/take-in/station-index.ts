/** Stations by everything a source may call them: id, alias, code without country, name. */
import type { Station } from '@lanmei/model/kinds/station'
import type { Queryable } from '@lanmei/store/connect'
import { recordsOfKind } from '@lanmei/store/records'

export type StationEntry = { id: string; version: number; fields: Station }
export type StationIndex = {
  find(code: string, name?: string): StationEntry | undefined
  add(entry: StationEntry): void
}

/** Letters and digits of a name, without case: "Koh-Khel" and "Koh Khel" are one. */
function plain(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** A name that belongs to two stations finds neither: nothing is guessed. */
export function indexStations(entries: StationEntry[]): StationIndex {
  const byCode = new Map<string, StationEntry>()
  const byName = new Map<string, StationEntry | null>()
  const add = (entry: StationEntry) => {
    byCode.set(entry.id, entry)
    for (const alias of entry.fields.aliases ?? []) if (!byCode.has(alias)) byCode.set(alias, entry)
    for (const name of [entry.fields.name.en, ...(entry.fields.aliases ?? [])]) {
      if (!name) continue
      const key = plain(name)
      const there = byName.get(key)
      byName.set(key, there === undefined || there?.id === entry.id ? entry : null)
    }
  }
  for (const entry of entries) add(entry)
  const named = (name: string | undefined) => (name ? (byName.get(plain(name)) ?? undefined) : undefined)
  return {
    add,
    // A code of its own kind that is not known means a station that is not known, whatever its name: one name can stand for a
    // river gauge and for the rain gauge beside it.
    find: (code, name) => byCode.get(code) ?? (isFormalCode(code) ? undefined : (named(code) ?? named(name))),
  }
}

/** Codes as catalogues give them: a country and a number, or digits alone. Other texts may be names. */
function isFormalCode(code: string): boolean {
  return /^(?:[A-Z]{2}[_-])?\d[\dA-Za-z.]*$/.test(code)
}

export async function readStationIndex(db: Queryable): Promise<StationIndex> {
  const rows = await recordsOfKind(db, 'station')
  return indexStations(rows.map(({ id, version, fields }) => ({ id, version, fields: fields as Station })))
}
