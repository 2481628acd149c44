/** Reads a backup through, from its first to its last byte: every member in its place, every sum as the manifest says. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { decompressor, invalid, type Member, readMembers } from './archive.ts'
import {
  type BackupHead,
  backupFormat,
  headName,
  keyFileOf,
  type Manifest,
  manifestName,
  tableOf,
} from './manifest.ts'

/** What a reader of a backup is told, in this order: the head, key files, parts of tables; tables one after the other. */
export type ArchiveReader = {
  head?(head: BackupHead): Promise<void>
  keyFile?(name: string, bytes: Buffer): void
  /** All parts of a table, to be read to the end. */
  table?(name: string, parts: AsyncIterable<Buffer>): Promise<void>
}

/**
 * Reads a backup. Nothing that the reader was told may be believed before this ends without throwing.
 * @throws backup-invalid
 */
export async function checkArchive(file: string, reader: ArchiveReader = {}): Promise<BackupHead> {
  const source = createReadStream(file, { highWaterMark: 1 << 20 })
  const zstd = decompressor()
  const unpacked = pipeline(source, zstd)
  unpacked.catch(() => {})
  try {
    return await read(readMembers(zstd as AsyncIterable<Buffer>), reader)
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    throw code === 'ENOENT' || code === 'EACCES' ? invalid(`${file} cannot be read (${code})`) : error
  } finally {
    source.destroy()
    zstd.destroy()
  }
}

async function read(members: AsyncGenerator<Member>, reader: ArchiveReader): Promise<BackupHead> {
  const first = await members.next()
  if (first.done || first.value.name !== headName) throw invalid('it is no backup of this program')
  const head = JSON.parse(first.value.bytes.toString()) as BackupHead
  if (head.format !== backupFormat) throw invalid(`it has the format ${head.format}, which is not known`)
  await reader.head?.(head)
  const files: Manifest['files'] = []
  const tables: { name: string; bytes: number; sha256: string }[] = []
  let next = await members.next()
  while (!next.done) {
    const { name, bytes } = next.value
    const table = tableOf(name)
    const keyFile = keyFileOf(name)
    if (name === manifestName) {
      compare(JSON.parse(bytes.toString()) as Manifest, files, tables, head)
      if (!(await members.next()).done) throw invalid('something stands behind its end')
      return head
    }
    if (keyFile !== undefined) {
      files.push({
        name: keyFile,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      })
      reader.keyFile?.(keyFile, bytes)
      next = await members.next()
    } else if (table !== undefined) {
      const hash = createHash('sha256')
      const run = tableRun(members, next.value, table, hash)
      if (reader.table) await reader.table(table, run.parts)
      else for await (const _ of run.parts);
      tables.push({ name: table, bytes: run.bytes(), sha256: hash.digest('hex') })
      next = run.next()
    } else throw invalid(`it holds ${name}, which does not belong there`)
  }
  throw invalid('it ends too early')
}

/** The parts of one table that follow each other; `next` is the member behind them. */
function tableRun(members: AsyncGenerator<Member>, first: Member, table: string, hash: Hash) {
  let next: IteratorResult<Member> = { done: false, value: first }
  let bytes = 0
  async function* parts(): AsyncGenerator<Buffer> {
    while (!next.done && tableOf(next.value.name) === table) {
      hash.update(next.value.bytes)
      bytes += next.value.bytes.length
      yield next.value.bytes
      next = await members.next()
    }
  }
  return { parts: parts(), bytes: () => bytes, next: () => next }
}

function compare(
  manifest: Manifest,
  files: Manifest['files'],
  tables: { name: string; bytes: number; sha256: string }[],
  head: BackupHead,
): void {
  const said = manifest.tables.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 }))
  if (JSON.stringify(said) !== JSON.stringify(tables))
    throw invalid('its tables are not those of its manifest')
  if (JSON.stringify(manifest.files) !== JSON.stringify(files))
    throw invalid('its key files are not those of its manifest')
  if (JSON.stringify(head.tables.map(({ name }) => name)) !== JSON.stringify(tables.map(({ name }) => name)))
    throw invalid('a table is missing')
}
