/** Files made to fill the memory, loaded in a process of their own whose highest use of memory is measured. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { createGzip, gzipSync } from 'node:zlib'
import { kratieLevels, kratieSeries } from './take-in-bench.ts'
import { zipOf } from './zip-file.ts'

/** LANMEI_LARGE=1 asks for the full sizes; otherwise a tenth of them. */
const large = process.env.LANMEI_LARGE === '1'
const scale = large ? 10 : 1
const mebibyte = 1 << 20
const mostBytes = 500e6

const folder = mkdtempSync(join(tmpdir(), 'lanmei-sizes-'))
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

const day = (i: number) => new Date(Date.UTC(1900, 0, 1) + i * 900_000).toISOString().slice(0, 16)
const place = (name: string) => {
  const path = join(folder, 'files', name)
  mkdirSync(dirname(path), { recursive: true })
  return path
}

/** Writes a file piece by piece; nothing of it is held. */
async function write(name: string, pieces: Iterable<string | Buffer>, packed = false): Promise<string> {
  const path = place(name)
  const file = createWriteStream(path)
  const out = packed ? createGzip() : file
  if (packed) out.pipe(file)
  for (const piece of pieces) if (!out.write(piece)) await new Promise((done) => out.once('drain', done))
  out.end()
  await new Promise((done) => file.once('close', done))
  return path
}

type Measured = {
  read: number
  stored: number
  refused: number
  codes: Record<string, number>
  peakBytes: number
}

/** Loads in a child process; gives the counts and the most memory it ever held (ru_maxrss). */
async function measure(paths: string[], extra: Record<string, unknown> = {}): Promise<Measured> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      join(import.meta.dirname, 'measured-load.ts'),
      join(folder, 'data'),
      JSON.stringify({ paths, ...extra }),
    ],
    { maxBuffer: 1 << 24 },
  )
  return JSON.parse(stdout.trim().split('\n').at(-1) as string)
}

function* repeat(piece: string | Buffer, times: number): Generator<string | Buffer> {
  for (let i = 0; i < times; i++) yield piece
}

const rows = `time,value\n${day(0)},1\n${day(1)},2\n`

test('one line of a hundred megabytes between good rows', async () => {
  const line = Buffer.alloc(mebibyte, '7,')
  const path = await write(
    `line/${kratieLevels}`,
    (function* () {
      yield rows
      yield* repeat(line, 10 * scale)
      yield `\n${day(2)},3\n`
    })(),
  )
  const result = await measure([path])
  assert.equal(result.stored, 3)
  assert.equal(result.codes['line-too-long'], 1)
  assert.ok(result.peakBytes < mostBytes, String(result.peakBytes))
})

test('a quotation mark left open at the start of a file of fifty megabytes', async () => {
  const path = await write(
    `quote/${kratieLevels}`,
    (function* () {
      yield `time,value\n"${day(3)},1\n`
      for (let i = 0; i < 25_000 * scale * 8; i++) yield `${day(4 + i)},${i % 50}\n`
    })(),
  )
  const result = await measure([path])
  assert.equal(result.stored, 25_000 * scale * 8)
  assert.equal(result.codes['unclosed-quote'], 1)
  assert.ok(result.peakBytes < mostBytes, String(result.peakBytes))
})

test('bombs: a gigabyte of zeros and of blank lines, packed a thousandfold', async () => {
  const pieces = (byte: string) =>
    (function* () {
      yield rows
      yield* repeat(Buffer.alloc(mebibyte, byte), 100 * scale)
    })()
  const zeros = await write(`zeros/${kratieLevels}.gz`, pieces('\0'), true)
  const blank = await write(`blank/${kratieLevels}.gz`, pieces('\n'), true)
  const nested = place('nested.zip')
  const inner = gzipSync(Buffer.alloc(64 * mebibyte))
  writeFileSync(nested, zipOf([...Array(20).keys()].map((n) => ({ name: `${n}.csv.gz`, content: inner }))))
  const many = place('many.zip')
  const member = Buffer.alloc(7 * mebibyte, '\n')
  member.write(rows)
  const names = Array.from({ length: 10 * scale }, (_, n) => `water-level/KH_014901_${n}.csv`)
  writeFileSync(many, zipOf(names.map((name) => ({ name, content: member }))))
  const result = await measure([zeros, blank, nested, many])
  assert.ok(result.stored <= 2)
  assert.equal(result.read, 2 * (1 + names.length), JSON.stringify(result))
  // Behind a few rows zeros are no text; blank lines are, until they grow beyond what tables do.
  assert.equal(result.codes['archive-too-large'], 1, JSON.stringify(result.codes))
  assert.equal(result.codes['unknown-format'], 21, JSON.stringify(result.codes))
  assert.ok(result.peakBytes < mostBytes, String(result.peakBytes))
})

test('a hundred thousand series in one file', async () => {
  const count = large ? 100_000 : 1500
  const profile = {
    time: { column: 'date', zone: 'Z' },
    series: { property: 'water-level', unit: 'm' },
    columns: { station: 'station', value: 'value' },
  }
  const path = await write(
    'series.csv',
    (function* () {
      yield 'station,date,value\n'
      for (let i = 0; i < count; i++) yield `S${i},1950-01-01,1\n`
      yield 'KH_014901,1950-01-01,1\n'
    })(),
  )
  const result = await measure([path], { format: 'profile-csv', profile, createStations: true })
  assert.equal(result.read, count + 1)
  assert.ok(result.peakBytes < mostBytes, String(result.peakBytes))
})

test('JSON of one line, of real observations and of nothing at all', async () => {
  const item = (i: number) => `{"series":"${kratieSeries}","time":"${day(i)}:00Z","value":${i % 50}}`
  const bytes = (large ? 80 : 8) * mebibyte
  const observations = await write(
    'observations.json',
    (function* () {
      yield '{"observations":['
      const width = item(100_000).length + 1
      for (let i = 0; i < bytes / width; i++) yield `${i ? ',' : ''}${item(i)}`
      yield ']}'
    })(),
  )
  const empty = await write(
    'empty.json',
    (function* () {
      yield '{"observations":[{}'
      yield* repeat(',{}'.repeat(10_000), bytes / 30_000 - 1)
      yield ']}'
    })(),
  )
  for (const path of [observations, empty]) {
    const result = await measure([path])
    assert.ok(result.read > 10_000)
    assert.ok(result.peakBytes < mostBytes, `${path}: ${result.peakBytes}`)
  }
})

test('many files of many series each leave nothing behind in memory', async () => {
  const paths: string[] = []
  for (let f = 0; f < 40 * scale; f++) {
    const station = `KH_${String(200_000 + f)}`
    const lines = Array.from({ length: 5000 }, (_, i) => `${day(i)},${(i + f) % 40}`)
    const path = place(`water-level/${station}_Made${f}.csv`)
    writeFileSync(path, `time,value\n${lines.join('\n')}\n`)
    paths.push(path)
  }
  const result = await measure(paths, { createStations: true })
  assert.equal(result.stored, paths.length * 5000)
  assert.ok(result.peakBytes < mostBytes, String(result.peakBytes))
})
