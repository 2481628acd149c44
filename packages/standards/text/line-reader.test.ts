/** Tests of reading lines from byte streams. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { LineReader, longestLineBytes } from './line-reader.ts'

async function* pieces(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

async function linesOf(source: AsyncIterable<Uint8Array>) {
  const faults: string[] = []
  const reader = new LineReader(source, {
    encoding: (encoding) => faults.push(encoding),
    binary: () => faults.push('binary'),
    lineTooLong: (line, cells) => faults.push(`line ${line} too long, ${cells} cells`),
    unreadable: (error) => faults.push((error as Error).message),
  })
  const lines: [number, string][] = []
  while (await reader.fill())
    while (reader.next())
      lines.push([reader.line, new TextDecoder().decode(reader.bytes.subarray(reader.start, reader.end))])
  return { lines, faults }
}

const encode = (text: string) => new TextEncoder().encode(text)

test('LF, CR LF and CR end lines, whatever the pieces the bytes come in', async () => {
  const line = fc.stringMatching(/^[a-z,;"ខ]{0,6}$/)
  const ending = fc.constantFrom('\n', '\r\n', '\r')
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(line, ending), { minLength: 1 }),
      fc.integer({ min: 1, max: 9 }),
      async (given, size) => {
        // A CR before an empty line that ends in LF is one CR LF: not two lines.
        const text = given.map(([l, e]) => `${l || 'x'}${e}`).join('')
        const { lines, faults } = await linesOf(pieces(encode(text), size))
        assert.deepEqual(
          lines,
          given.map(([l], i) => [i + 1, l || 'x']),
        )
        assert.deepEqual(faults, [])
      },
    ),
  )
})

test('a CR LF or a character parted between two large pieces is still one', async () => {
  for (const size of [1 << 14, (1 << 14) + 1, 1 << 18]) {
    for (const shift of [0, 1, 2]) {
      const first = 'x'.repeat(size - 1 - shift)
      const { lines } = await linesOf(pieces(encode(`${first}\r\nខ\r\rlast`), size))
      assert.deepEqual(lines, [
        [1, first],
        [2, 'ខ'],
        [3, ''],
        [4, 'last'],
      ])
    }
  }
})

test('the last line needs no line end, and blank lines keep their numbers', async () => {
  assert.deepEqual((await linesOf(pieces(encode('a\n\nb'), 2))).lines, [
    [1, 'a'],
    [2, ''],
    [3, 'b'],
  ])
})

test('a byte order mark is left out and UTF-16 is read with or without one', async () => {
  const text = 'time,value\n2001-01-01,1.5\n'
  const utf16 = Buffer.from(text, 'utf16le')
  const swapped = Buffer.from(utf16).swap16()
  for (const bytes of [
    encode(`\ufeff${text}`),
    Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]),
    Buffer.concat([Buffer.from([0xfe, 0xff]), swapped]),
    utf16,
    swapped,
  ]) {
    const { lines } = await linesOf(pieces(bytes, 3))
    assert.deepEqual(lines, [
      [1, 'time,value'],
      [2, '2001-01-01,1.5'],
    ])
  }
})

test('a line over the limit is skipped without holding it, and counted', async () => {
  const long = '1,'.repeat(longestLineBytes)
  const whole = encode(`head\n${long}\nafter\n`)
  for (const size of [1000, 1 << 16, whole.length]) {
    const { lines, faults } = await linesOf(pieces(whole, size))
    assert.deepEqual(lines, [
      [1, 'head'],
      [3, 'after'],
    ])
    assert.deepEqual(faults, [`line 2 too long, ${longestLineBytes} cells`])
  }
})

test('a quarter of a gigabyte without a line end takes no memory', async () => {
  const part = new Uint8Array(1 << 20).fill(49)
  async function* endless() {
    for (let i = 0; i < 256; i++) yield part
  }
  const { lines, faults } = await linesOf(endless())
  assert.deepEqual(lines, [])
  assert.equal(faults.length, 1)
  assert.ok(process.memoryUsage.rss() < 400e6)
})

test('binary content is not read', async () => {
  const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 37) % 11)
  assert.deepEqual(await linesOf(pieces(bytes, 4096)), { lines: [], faults: ['binary'] })
})

test('what came before a source broke off is kept, and the break is told', async () => {
  async function* broken() {
    yield encode(`${'a\n'.repeat(9000)}`)
    throw new Error('cable cut')
  }
  const { lines, faults } = await linesOf(broken())
  assert.equal(lines.length, 9000)
  assert.deepEqual(faults, ['cable cut'])
})

test('a quotation is closed only by a mark that ends its cell; otherwise the lines after it are read by themselves', async () => {
  const cut = async (text: string) => {
    const reader = new LineReader(pieces(encode(text), 5), {
      encoding() {},
      binary() {},
      lineTooLong() {},
      unreadable() {},
    })
    const ends: [number, string][] = []
    while (await reader.fill())
      while (reader.next()) {
        const { bytes, start } = reader
        if (bytes[start] === 34) {
          const extended = reader.extend()
          if (extended === 'wait') break
          ends.push([reader.line, extended])
        } else ends.push([reader.line, 'plain'])
      }
    return ends
  }
  assert.deepEqual(await cut('"a\nb"\nc\n'), [
    [1, 'done'],
    [3, 'plain'],
  ])
  assert.deepEqual(await cut('"a\n""b",x\nc\n'), [
    [1, 'done'],
    [3, 'plain'],
  ])
  assert.deepEqual(await cut('"a\nb,"c",d\ne\n'), [
    [1, 'no'],
    [2, 'plain'],
    [3, 'plain'],
  ])
})
