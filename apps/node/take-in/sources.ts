/** Finds what is to be read under the named paths: files, folders, and members of archives, in a steady order. */
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import type { Notice } from '@lanmei/model/notice'
import { problem } from '@lanmei/model/problem'
import type { Source } from '@lanmei/model/reading'
import { isArchive, members } from '@lanmei/standards/archive/members'

// Notes beside the data are no data.
const leftAside = /\.(md|geojson|pdf|docx?|png|jpe?g)$/i

/**
 * All files under the paths, sorted by name. Names keep the folders, since they can carry meaning; they start at the working folder.
 * @throws path-missing for a path that does not exist
 */
export function listSources(paths: string[]): Source[] {
  const sources: Source[] = []
  const seen = new Set<string>()
  for (const path of paths) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) throw problem('path-missing', { path })
    for (const file of found.isDirectory() ? filesUnder(path) : [path]) {
      const absolute = resolve(file)
      if (seen.has(absolute)) continue
      seen.add(absolute)
      sources.push(fileSource(absolute))
    }
  }
  return sources
}

function* filesUnder(folder: string): Generator<string> {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue
    const path = `${folder}${sep}${entry.name}`
    const kind = entry.isSymbolicLink() ? statSync(path, { throwIfNoEntry: false }) : entry
    if (kind?.isDirectory()) {
      // A link could lead back up and never end.
      if (!entry.isSymbolicLink()) yield* filesUnder(path)
    } else if (kind?.isFile() && !leftAside.test(entry.name)) yield path
  }
}

/** A source that is a file on disk. */
export type FileSource = Source & { path: string }

/** A file as a source. */
export function fileSource(path: string, name = relative(process.cwd(), path)): FileSource {
  return {
    path,
    name:
      name
        .split(sep)
        .filter((part) => part !== '..' && part !== '.')
        .join('/') || path,
    sizeBytes: statSync(path).size,
    open: () => createReadStream(path, { highWaterMark: 1 << 18 }),
  }
}

/** The first bytes of a source, for recognising it. */
export async function headOf(source: Source, size = 65_536): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of source.open()) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= size) break
  }
  return new Uint8Array(Buffer.concat(chunks).subarray(0, size))
}

/** What an archive holds, or the source itself when it is none. Members must be read one after the other. */
export async function* unpacked(
  source: Source,
  head: Uint8Array,
): AsyncGenerator<{ source: Source; notice?: undefined } | { source?: undefined; notice: Notice }> {
  const kind = isArchive(head)
  const { path } = source as Partial<FileSource>
  if (!kind || path === undefined) yield { source }
  else yield* members({ path, name: source.name, sizeBytes: source.sizeBytes }, kind)
}
