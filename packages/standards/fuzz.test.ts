/** Whatever the bytes, no reader throws, columns fit together, times lie in range and notices stay few. */
import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { earliestMs, latestMs } from '@lanmei/model/instant'
import { noticeCodes } from '@lanmei/model/notice'
import type { ReadEvent, Reader } from '@lanmei/model/reading'
import fc from 'fast-check'
import { isArchive, members } from './archive/members.ts'
import { readers, recognise } from './readers.ts'
import { sourceOf } from './reading-test.ts'
import { shippedProfiles } from './wide-table/reader.ts'

const id = 'KH/LA_013901.water-level.manual'
const valid: Record<string, { name: string; text: string }[]> = {
  'mrc-export': [
    {
      name: 'mrc-export-2023/water-level/LA_013901_Pakse.csv',
      text: 'time,value\r\n2001-01-01T00:00,1.5\r\n2001-01-01T12:00,-2\r\n',
    },
    {
      name: 'rainfall/LA_013901_Pakse.csv',
      text: '# x\nTimestamp (UTC+07:00),Value (mm),Grade\n"2001-01-01 00:00","1.5",ok\n',
    },
  ],
  'wide-table': [
    {
      name: 'fmmp-2000-2014/water-level-daily.csv',
      text: 'date,KH_014501,LA_013901\n2000-01-01,1.5,\n2000-01-02,#DIV/0!,2\n',
    },
    { name: 'fmmp-2000-2014/rainfall-estimated-flags.csv', text: 'station,date\nKH_110404,2003-07-01\n' },
    {
      name: 'daily-mean-levels-filled/straight-line-segments.csv',
      text: 'station,first_day,last_day,days\nTan Chau,1997-10-30,1997-11-01,3\n',
    },
    {
      name: 'delta-subdaily/levels-2011.csv',
      text: 'date,hour,tan_chau_69759,vung_tau_71580\n2011-01-01,7,83,\n2011-01-01,24,,-5\n',
    },
    {
      name: 'fmmp-2000-2014/malformed-values.csv',
      text: 'station,kind,date,text_in_source\nLA_180207,water-level,2014-05-31,#DIV/0!\n',
    },
  ],
  'station-table': [
    {
      name: 'stations.csv',
      text: 'station,name,country,latitude,longitude\nLA_013901,"Pakse, old",Lao PDR,15.1,105.8\n',
    },
    { name: 'points-utm48n.csv', text: 'name,easting_m,northing_m\nA,500000,1658325\n' },
  ],
  'json-observations': [
    {
      name: 'a.json',
      text: JSON.stringify({ blocks: [{ series: id, times: ['2001-01-01T00:00Z'], values: [1] }] }),
    },
    {
      name: 'a.ndjson',
      text: `${JSON.stringify({ series: id, time: '2001-01-01T00:00:00Z', value: 1, flag: 1 })}\n`,
    },
  ],
  'profile-csv': [
    { name: 'a.csv', text: 'Ngày;Giờ;Mực nước (cm)\n31/12/2001;7;12,5\n31/12/2001;19;-3,25\n' },
    {
      name: 'b.tsv',
      text: 'station\tparameter\tunit\ttime\tvalue\tquality\nA\tWL\tm\t2001-01-01 00:00\t1\tgood\n',
    },
  ],
}

async function check(events: AsyncIterable<ReadEvent>): Promise<void> {
  const keys = new Set<string>()
  let notices = 0
  for await (const event of events) {
    if (event.type === 'series') keys.add(event.hint.key)
    else if (event.type === 'values' || event.type === 'flags') {
      assert.ok(keys.has(event.key))
      assert.equal(event.lines.length, event.times.length)
      if (event.type === 'values') assert.equal(event.values.length, event.times.length)
      for (const ms of event.times) assert.ok(ms >= earliestMs && ms < latestMs)
    } else if (event.type === 'notice') {
      notices++
      assert.ok(event.notice.code in noticeCodes)
      assert.ok(event.notice.refused >= 0 && Number.isInteger(event.notice.refused))
      assert.ok((event.notice.read?.length ?? 0) <= 200)
    }
  }
  assert.ok(notices < 10_000)
}

/** Bytes of a valid file with some of them changed, left out, doubled or put in. */
const mutated = (text: string) =>
  fc
    .array(
      fc.tuple(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 3 }),
        fc.uint8Array({ minLength: 1, maxLength: 6 }),
      ),
      { minLength: 1, maxLength: 8 },
    )
    .map((changes) => {
      let bytes = Buffer.from(text)
      for (const [where, how, fresh] of changes) {
        const at = Math.floor(where * bytes.length)
        const before = bytes.subarray(0, at)
        const after = bytes.subarray(at)
        if (how === 0) bytes = Buffer.concat([before, fresh, after.subarray(fresh.length)])
        else if (how === 1) bytes = Buffer.concat([before, after.subarray(fresh.length)])
        else if (how === 2) bytes = Buffer.concat([before, fresh, after])
        else bytes = Buffer.concat([before, after, Buffer.from('\n'), after])
      }
      return bytes
    })

const nasty = fc.constantFrom(
  '"',
  '""',
  ',',
  ';',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\ufeff',
  '-',
  '1e999',
  '2001-02-30',
  '24:00',
  '\ud800',
  '{',
  '[',
  'null',
  'ខ',
)
const soup = fc
  .array(fc.oneof(nasty, fc.string({ maxLength: 5 })), { maxLength: 80 })
  .map((p) => Buffer.from(p.join('')))

const profileOf = (reader: Reader, name: string, head: Uint8Array) => reader.recognise(name, head).profile

for (const reader of readers) {
  const files = valid[reader.id]

  test(`${reader.id}: recognises its valid files`, () => {
    assert.ok(files.length > 0)
    for (const { name, text } of files)
      assert.equal(recognise(name, Buffer.from(text))?.reader.id, reader.id, name)
  })

  test(`${reader.id}: mutated valid files are read without throwing`, async () => {
    for (const { name, text } of files) {
      const profile = profileOf(reader, name, Buffer.from(text))
      await fc.assert(
        fc.asyncProperty(mutated(text), fc.integer({ min: 1, max: 50 }), async (bytes, size) => {
          reader.recognise(name, bytes)
          await check(reader.read(sourceOf(name, bytes, size), profile))
        }),
        { numRuns: 300 },
      )
    }
  })

  test(`${reader.id}: random bytes and soups of signs are read without throwing`, async () => {
    const { name, text } = files[0]
    const profile = profileOf(reader, name, Buffer.from(text))
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 3000 }),
      soup,
      soup.map((s) => Buffer.from(`${text}${s}`)),
    )
    await fc.assert(
      fc.asyncProperty(bytes, async (given) => {
        const found = recognise(name, given)
        if (found) await check(found.reader.read(sourceOf(name, given, 64), found.profile))
        await check(reader.read(sourceOf(name, given, 64), profile))
      }),
      { numRuns: 500 },
    )
  })
}

test('every shipped profile reads soups of signs without throwing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...shippedProfiles().values()), soup, async (profile, bytes) => {
      const reader = readers.find(({ id: which }) => which === 'wide-table') as Reader
      await check(reader.read(sourceOf('x.csv', bytes), profile))
    }),
    { numRuns: 500 },
  )
})

test('mutated archives are opened without throwing', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lanmei-fuzz-'))
  try {
    const path = join(folder, 'a')
    const packed = gzipSync('date,value\n2001-01-01,1\n'.repeat(50))
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: packed.length - 1 }),
        fc.nat(255),
        fc.boolean(),
        async (at, byte, zip) => {
          const bytes = Buffer.from(packed)
          bytes[at] = byte
          await writeFile(path, bytes)
          const kind = zip ? 'zip' : (isArchive(bytes) ?? 'gzip')
          for await (const { source } of members({ path, name: 'water-level/LA_013901_P.csv.gz' }, kind))
            if (source) await check(readers[0].read(source))
        },
      ),
      { numRuns: 200 },
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('a large file full of faults takes few notices and no memory', async () => {
  const bad = '2001-02-30,1\n2001-01-01,x\n'.repeat(1 << 16)
  let refused = 0
  const events: AsyncIterable<ReadEvent> = readers[0].read(
    sourceOf('water-level/LA_013901_P.csv', `date,value\n${bad}`, 1 << 16),
  )
  for await (const event of events) if (event.type === 'notice') refused += event.notice.refused
  assert.equal(refused, 2 << 16)
  assert.ok(process.memoryUsage.rss() < 500e6)
})
