/** Finds what is to be read under the named paths: files, folders, and members of archives, in a steady order. */
import { createReadStream, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs'
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
    if (isMissing(path)) throw problem('path-missing', { path })
    for (const source of sourcesAt(path, path, seen)) sources.push(source)
  }
  return sources
}

function isMissing(path: string): boolean {
  try {
    lstatSync(path)
    return false
  } catch (error) {
    return /^ENO(ENT|TDIR)$/.test((error as NodeJS.ErrnoException).code ?? '')
  }
}

/**
 * What lies at a path. Links are followed, but not to folders above the named one; a file or folder that was there
 * before, by whatever way, is not taken again.
 */
function* sourcesAt(path: string, named: string, seen: Set<string>): Generator<Source> {
  try {
    const real = realpathSync(path)
    const kind = statSync(real)
    if (seen.has(real) || (path !== named && kind.isFile() && leftAside.test(path))) return
    if (kind.isDirectory() && isAbove(real, realpathSync(named))) return
    seen.add(real)
    if (kind.isFile()) yield fileSource(resolve(path))
    else if (kind.isDirectory()) {
      for (const name of readdirSync(path).sort())
        if (!name.startsWith('.')) yield* sourcesAt(`${path}${sep}${name}`, named, seen)
    } else yield unreadableSource(path, 'a pipe, a socket or a device, not a file')
  } catch (error) {
    yield unreadableSource(path, error instanceof Error ? error.message : String(error))
  }
}

function isAbove(folder: string, path: string): boolean {
  return folder !== path && path.startsWith(folder.endsWith(sep) ? folder : folder + sep)
}

/** A path whose fault is found when it is opened, so that it becomes a notice like any other. */
function unreadableSource(path: string, reason: string): Source {
  return {
    name: shownName(relative(process.cwd(), path)) || path,
    // biome-ignore lint/correctness/useYield: it ends before it could give anything
    async *open() {
      throw new Error(reason)
    },
  }
}

/** A source that is a file on disk. */
export type FileSource = Source & { path: string }

/** A file as a source. */
export function fileSource(path: string, name = relative(process.cwd(), path)): FileSource {
  return {
    path,
    name: shownName(name) || path,
    sizeBytes: statSync(path).size,
    open: () => createReadStream(path, { highWaterMark: 1 << 18 }),
  }
}

/** A name without the way there: its folders can carry meaning, the steps up cannot. */
function shownName(name: string): string {
  return name
    .split(sep)
    .filter((part) => part !== '..' && part !== '.')
    .join('/')
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
