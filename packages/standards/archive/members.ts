/** The members of .zip and .gz files on disk as sources named `archive.zip/inner/path.csv`, within limits. */
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { type Notice, notice } from '@lanmei/model/notice'
import type { Source } from '@lanmei/model/reading'
import { type Entry, open, type ZipFile } from 'yauzl'
import { decodeText } from '../text/decode.ts'
import { RefusedSource } from '../text/refused-source.ts'
import { type ArchiveLimits, archiveLimits } from './limits.ts'

/** A file on disk and the name it goes by (which keeps the folders that carry meaning). */
export type ArchiveFile = { path: string; name: string; sizeBytes?: number }

export type Member = { source: Source; notice?: undefined } | { source?: undefined; notice: Notice }

export function isArchive(head: Uint8Array): 'zip' | 'gzip' | undefined {
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) return 'zip'
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 5 && head[3] === 6) return 'zip'
  return head[0] === 0x1f && head[1] === 0x8b ? 'gzip' : undefined
}

/**
 * The members one after the other; each must be read (or left) before the next is asked for. What goes wrong while a
 * member is read is thrown by its stream as RefusedSource, which readers turn into a notice.
 */
export async function* members(
  file: ArchiveFile,
  kind: 'zip' | 'gzip',
  limits: ArchiveLimits = archiveLimits,
): AsyncGenerator<Member> {
  if (kind === 'gzip') {
    yield { source: gzipMember(file, limits) }
    return
  }
  let zip: ZipFile
  try {
    zip = await openZip(file.path)
  } catch (error) {
    yield { notice: broken(file.name, error) }
    return
  }
  const budget = { left: limits.totalBytes }
  let count = 0
  try {
    for (;;) {
      const entry = await nextEntry(zip)
      if (entry === undefined) return
      // Names come as bytes: a bad one must not stop the archive, and not all are UTF-8.
      const inner = safeName(decodeText(entry.fileName as unknown as Uint8Array).text)
      if (inner.endsWith('/') || /(^|\/)(__MACOSX\/|\.)/.test(inner)) continue
      if (++count > limits.members) {
        yield { notice: tooLarge(file.name, `more than ${limits.members} members`) }
        return
      }
      const name = `${file.name}/${inner}`
      if (/\.(zip|gz|7z|rar|tar|tgz|bz2|xz|zst)$/i.test(name))
        yield {
          notice: notice('unknown-format', {
            file: name,
            read: 'an archive',
            expected: 'no archive inside an archive',
          }),
        }
      else if (entry.isEncrypted())
        yield { notice: notice('archive-broken', { file: name, read: 'an encrypted member' }) }
      else if (
        isBomb(entry.uncompressedSize, entry.compressedSize, limits) ||
        entry.uncompressedSize > budget.left
      )
        yield {
          notice: tooLarge(name, `${entry.compressedSize} bytes that unpack to ${entry.uncompressedSize}`),
        }
      else
        yield {
          source: {
            name,
            sizeBytes: entry.uncompressedSize,
            open: () => zipMember(zip, entry, budget, limits),
          },
        }
    }
  } catch (error) {
    yield { notice: broken(file.name, error) }
  } finally {
    zip.close()
  }
}

function isBomb(unpacked: number, packed: number, limits: ArchiveLimits): boolean {
  return unpacked > limits.ratioFreeBytes && unpacked > packed * limits.ratio
}

async function* zipMember(
  zip: ZipFile,
  entry: Entry,
  budget: { left: number },
  limits: ArchiveLimits,
): AsyncGenerator<Uint8Array> {
  let size = 0
  const stream = await new Promise<NodeJS.ReadableStream>((done, fail) =>
    zip.openReadStream(entry, (error, opened) => (error ? fail(error) : done(opened))),
  ).catch((error: unknown) => {
    throw new RefusedSource('archive-broken', message(error))
  })
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Uint8Array
      size += bytes.length
      budget.left -= bytes.length
      if (budget.left < 0 || isBomb(size, entry.compressedSize, limits))
        throw new RefusedSource('archive-too-large', `more than ${size} bytes unpacked`)
      yield bytes
    }
  } catch (error) {
    throw error instanceof RefusedSource ? error : new RefusedSource('archive-broken', message(error))
  }
}

function gzipMember(file: ArchiveFile, limits: ArchiveLimits): Source {
  return {
    name: file.name.replace(/\.gz$/i, ''),
    async *open(): AsyncGenerator<Uint8Array> {
      let packed = 0
      let size = 0
      const raw = createReadStream(file.path)
      const unpacked = createGunzip()
      raw.on('data', (chunk) => {
        packed += chunk.length
      })
      raw.on('error', (error) => unpacked.destroy(error))
      raw.pipe(unpacked)
      try {
        for await (const chunk of unpacked) {
          const bytes = chunk as Uint8Array
          size += bytes.length
          if (size > limits.totalBytes || isBomb(size, packed, limits))
            throw new RefusedSource('archive-too-large', `${packed} bytes that unpack to more than ${size}`)
          yield bytes
        }
      } catch (error) {
        throw error instanceof RefusedSource ? error : new RefusedSource('archive-broken', message(error))
      } finally {
        raw.destroy()
        unpacked.destroy()
      }
    },
  }
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((done, fail) =>
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, zip) =>
      error ? fail(error) : done(zip),
    ),
  )
}

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((done, fail) => {
    const stop = () => {
      zip.removeListener('entry', onEntry)
      zip.removeListener('end', onEnd)
      zip.removeListener('error', onError)
    }
    const onEntry = (entry: Entry) => {
      stop()
      done(entry)
    }
    const onEnd = () => {
      stop()
      done(undefined)
    }
    const onError = (error: Error) => {
      stop()
      fail(error)
    }
    zip.on('entry', onEntry)
    zip.on('end', onEnd)
    zip.on('error', onError)
    zip.readEntry()
  })
}

/** The name of a member without anything that could lead out of the archive. */
function safeName(name: string): string {
  const path = name.replaceAll('\\', '/')
  const parts = path.split('/').filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.join('/').slice(0, 500) + (path.endsWith('/') ? '/' : '')
}

function tooLarge(file: string, read: string): Notice {
  return notice('archive-too-large', { file, read })
}

function broken(file: string, error: unknown): Notice {
  return notice('archive-broken', { file, read: message(error) })
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
