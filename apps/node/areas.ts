/** The fields of cooperation as data: reads the folders under areas/. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** One folder of areas/: `area` is its area.json, `read` gives any other JSON file of it (undefined when it is not there). */
export type AreaFolder = {
  readonly id: string
  readonly folder: string
  readonly area: Readonly<Record<string, unknown>>
  read(name: string): unknown
}

export type Areas = readonly AreaFolder[]

/** The areas folder of this checkout. */
export const areasFolder = join(import.meta.dirname, '..', '..', 'areas')

/** Reads the areas, in the order of their names. A folder without area.json has {} for it. */
export function readAreas(folder: string = areasFolder): Areas {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  return names
    .map((entry) => entry.name)
    .sort()
    .map((id) => {
      const read = (name: string): unknown => {
        const path = join(folder, id, name)
        return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined
      }
      return {
        id,
        folder: join(folder, id),
        area: (read('area.json') ?? {}) as Record<string, unknown>,
        read,
      }
    })
}
