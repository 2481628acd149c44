/** Tests of reading archives, made here byte by byte. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { crc32, deflateRawSync, gzipSync } from 'node:zlib'
import { mrcExport } from '../mrc-export/reader.ts'
import { recognise } from '../readers.ts'
import { codesOf, gather } from '../reading-test.ts'
import { archiveLimits } from './limits.ts'
import { isArchive, type Member, members } from './members.ts'

const folder = await mkdtemp(join(tmpdir(), 'lanmei-archive-'))
after(() => rm(folder, { recursive: true }))

type Packed = { name: string; content: Uint8Array; claimed?: number; flags?: number }

/** A zip file by the .ZIP File Format Specification (APPNOTE 6.3), deflated; `claimed` lies about the unpacked size. */
function zipOf(files: Packed[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, claimed = content.length, flags = 0 } of files) {
    const packed = deflateRawSync(content)
    const path = Buffer.from(name)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(flags | 0x800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(content), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(claimed, 18)
    fields.writeUInt16LE(path.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, path, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, tail, path]))
    locals.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(files.length, 8)
  end.writeUInt16LE(files.length, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...directory, end])
}

async function fileOf(name: string, bytes: Uint8Array) {
  const path = join(folder, name)
  await writeFile(path, bytes)
  return { path, name }
}

async function all(given: AsyncIterable<Member>) {
  const found: { name: string; codes: string[]; values: number }[] = []
  for await (const { source, notice } of given) {
    if (notice) found.push({ name: notice.file ?? '', codes: [notice.code], values: 0 })
    else {
      const read = await gather(mrcExport.read(source))
      found.push({ name: source.name, codes: codesOf(read), values: read.values.length })
    }
  }
  return found
}

const table = Buffer.from('date,value\n2001-01-01,1\n2001-01-02,2\n')
const bomb = Buffer.alloc(20 << 20, '1')

test('members carry the name of the archive and their folders, and are read', async () => {
  const zip = zipOf([
    { name: 'water-level/', content: Buffer.alloc(0) },
    { name: 'water-level/LA_013901_Pakse.csv', content: table },
    { name: '../../water-level\\LA_013902_B.csv', content: table },
    { name: '__MACOSX/x.csv', content: table },
  ])
  assert.equal(isArchive(zip), 'zip')
  assert.deepEqual(await all(members(await fileOf('a.zip', zip), 'zip')), [
    { name: 'a.zip/water-level/LA_013901_Pakse.csv', codes: [], values: 2 },
    { name: 'a.zip/water-level/LA_013902_B.csv', codes: [], values: 2 },
  ])
  assert.equal(recognise('a.zip/water-level/LA_013901_Pakse.csv', table)?.reader.id, 'mrc-export')
})

test('a member that unpacks beyond the ratio is refused unread, the others are read', async () => {
  const zip = zipOf([
    { name: 'water-level/LA_000001_Bomb.csv', content: bomb },
    { name: 'water-level/LA_013901_Pakse.csv', content: table },
  ])
  assert.deepEqual(
    (await all(members(await fileOf('b.zip', zip), 'zip'))).map(({ codes, values }) => [codes, values]),
    [
      [['archive-too-large'], 0],
      [[], 2],
    ],
  )
})

test('a member that lies about its size is told to be broken', async () => {
  const zip = zipOf([{ name: 'water-level/LA_000001_Liar.csv', content: bomb, claimed: 1000 }])
  const [found] = await all(members(await fileOf('c.zip', zip), 'zip'))
  assert.ok(found.codes.includes('archive-broken'), found.codes.join())
})

test('the sizes of all members together are limited', async () => {
  const zip = zipOf([1, 2, 3].map((n) => ({ name: `water-level/LA_00000${n}_X.csv`, content: table })))
  const limits = { ...archiveLimits, totalBytes: table.length * 2, members: 2 }
  assert.deepEqual(
    (await all(members(await fileOf('d.zip', zip), 'zip', limits))).map(({ codes }) => codes),
    [[], [], ['archive-too-large']],
  )
})

test('archives within archives, encrypted members and broken archives are told', async () => {
  const zip = zipOf([
    { name: 'inner.zip', content: table },
    { name: 'secret.csv', content: table, flags: 1 },
  ])
  assert.deepEqual(
    (await all(members(await fileOf('e.zip', zip), 'zip'))).map(({ codes }) => codes),
    [['unknown-format'], ['archive-broken']],
  )
  const half = zip.subarray(0, zip.length / 2)
  assert.deepEqual(
    (await all(members(await fileOf('f.zip', half), 'zip'))).map(({ codes }) => codes),
    [['archive-broken']],
  )
})

test('a gzip file is read under its name without .gz; a bomb and a torn one keep what came before', async () => {
  const good = await all(members(await fileOf('LA_013901_Pakse.csv.gz', gzipSync(table)), 'gzip'))
  assert.deepEqual(good, [{ name: 'LA_013901_Pakse.csv', codes: [], values: 2 }])
  const [big] = await all(members(await fileOf('g.csv.gz', gzipSync(Buffer.concat([table, bomb]))), 'gzip'))
  assert.ok(big.codes.includes('archive-too-large'), big.codes.join())
  const rows = Array.from({ length: 50_000 }, (_, i) => `${1900 + (i % 100)}-01-01,${Math.sin(i)}`).join('\n')
  const torn = gzipSync(`date,value\n${rows}`).subarray(0, 200_000)
  const [part] = await all(members(await fileOf('h.csv.gz', torn), 'gzip'))
  assert.ok(part.values > 1000 && part.values < 50_000)
  assert.ok(part.codes.includes('archive-broken'))
})
