/** `lanmei backup`: the whole node in one file, as it stands at one moment, beside whatever runs; then read back. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { problem } from '@lanmei/model/problem'
import { copyTableOut, countRows, listTables, readMigrations } from '@lanmei/store/backup'
import { writeHouse } from '@lanmei/store/house'
import { beginSnapshot } from '@lanmei/store/verify-read'
import type { PoolClient } from 'pg'
import type { Context } from '../context.ts'
import { programVersion } from '../version.ts'
import type { Desk } from '../work/messages.ts'
import { Stopped } from '../work/stopped.ts'
import { archiveEnd, compressor, memberBytes } from './archive.ts'
import { checkArchive } from './check.ts'
import { type BackupHead, backupFormat, headName, type Manifest, manifestName, partName } from './manifest.ts'

const partBytes = 8 << 20

export type BackupEnd = {
  file: string
  at: string
  tables: number
  rows: number
  bytes: number
  verified: boolean
  /** The signing key in the file is not encrypted. */
  plainKey: boolean
}

/** @throws conflict when the file is there already; backup-invalid when what was written cannot be read back */
export async function backup(context: Context, { path }: { path: string }, desk: Desk): Promise<BackupEnd> {
  const at = new Date().toISOString()
  const isFolder = existsSync(path) && statSync(path).isDirectory()
  const file = isFolder
    ? join(path, `lanmei-${context.journal.node}-${at.slice(0, 19).replaceAll(':', '')}.tar.zst`)
    : path
  if (existsSync(file))
    throw problem('conflict', { reason: `The file ${file} is there already.`, fix: 'Choose another name.' })
  mkdirSync(dirname(file), { recursive: true })
  const draft = `${file}.unfinished`
  try {
    const manifest = await write(context, draft, at, desk)
    await checkArchive(draft)
    renameSync(draft, file)
    const bytes = statSync(file).size
    await writeHouse(context.store.pool, 'backup', { at, verified: true, bytes })
    return {
      file,
      at,
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      bytes,
      verified: true,
      plainKey: context.config.keyPassphrase === undefined,
    }
  } finally {
    rmSync(draft, { force: true })
  }
}

async function write(context: Context, file: string, at: string, desk: Desk): Promise<Manifest> {
  rmSync(file, { force: true })
  const out = createWriteStream(file, { mode: 0o600 })
  const zstd = compressor()
  const written = pipeline(zstd, out)
  // Awaited below; a full disk must not count as unhandled while a table is read.
  written.catch(() => {})
  const seconds = Date.parse(at) / 1000
  const put = async (bytes: Buffer) => {
    if (desk.stopped()) throw new Stopped()
    if (!zstd.write(bytes)) await Promise.race([once(zstd, 'drain'), written])
  }
  const client = await context.store.pool.connect()
  try {
    await beginSnapshot(client)
    const member = (name: string, bytes: Buffer) => put(memberBytes({ name, bytes }, seconds))
    const manifest = await writeMembers(client, context, at, member, desk)
    await put(archiveEnd)
    zstd.end()
    await written
    const handle = await open(file, 'r+')
    await handle.sync()
    await handle.close()
    await client.query('ROLLBACK')
    client.release()
    return manifest
  } catch (error) {
    zstd.destroy()
    client.release(error as Error)
    throw error
  }
}

type Put = (name: string, bytes: Buffer) => Promise<void>

async function writeMembers(
  client: PoolClient,
  context: Context,
  at: string,
  put: Put,
  desk: Desk,
): Promise<Manifest> {
  const tables = await listTables(client)
  const { rows } = await client.query('SELECT size FROM journal_head')
  const head: BackupHead = {
    format: backupFormat,
    node: context.journal.node,
    at,
    program: programVersion,
    entries: rows[0].size,
    migrations: await readMigrations(client),
    tables,
  }
  await put(headName, Buffer.from(JSON.stringify(head, null, 1)))
  const manifest: Manifest = { tables: [], files: [] }
  const folder = join(context.config.data, 'keys')
  for (const name of readdirSync(folder)
    .filter((entry) => !entry.endsWith('.new') && !entry.startsWith('making'))
    .sort()) {
    const bytes = readFileSync(join(folder, name))
    await put(`keys/${name}`, bytes)
    manifest.files.push({
      name,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    })
  }
  let done = 0
  const counts = new Map<string, number>()
  for (const table of tables) counts.set(table.name, await countRows(client, table))
  const total = [...counts.values()].reduce((a, b) => a + b, 0)
  for (const table of tables) {
    desk.tell({ type: 'progress', label: table.name, done, total, unit: 'rows' })
    const hash = createHash('sha256')
    let parts = 0
    let bytes = 0
    for await (const part of partsOf(copyTableOut(client, table))) {
      hash.update(part)
      bytes += part.length
      await put(partName(table.name, parts++), part)
    }
    const rowCount = counts.get(table.name) ?? 0
    done += rowCount
    manifest.tables.push({ name: table.name, rows: rowCount, bytes, sha256: hash.digest('hex') })
  }
  await put(manifestName, Buffer.from(JSON.stringify(manifest, null, 1)))
  return manifest
}

/** Gathers small chunks into parts of some megabytes. */
async function* partsOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.length
    if (size < partBytes) continue
    yield Buffer.concat(waiting)
    waiting = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(waiting)
}
