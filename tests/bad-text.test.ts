/** Files in wrong encodings and forms: encodings, line ends, quotes, separators, huge lines, columns without end. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Bench, type Given, kratieLevels, openBench } from './take-in-bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench?.close())

let year = 1850
/** Loads three readings of a year of their own, written by `make`, and says what was stored of it. */
async function load(make: (year: number) => Given, name = kratieLevels) {
  const own = ++year
  const taken = await bench.take(name, make(own))
  const rows = (await bench.stored()).filter((line) => line.startsWith(String(own)))
  return { taken, rows: rows.map((row) => row.slice(5)) }
}
const plain = (y: number) => `date,value\n${y}-01-01,1.5\n${y}-01-02,2.5\n${y}-01-03,3.5\n`
const three = ['01-01T00:00:00Z 1.5', '01-02T00:00:00Z 2.5', '01-03T00:00:00Z 3.5']
const utf16 = (text: string, big = false) => {
  const bytes = Buffer.from(text, 'utf16le')
  return big ? bytes.swap16() : bytes
}
const mark = { le: Buffer.from([0xff, 0xfe]), be: Buffer.from([0xfe, 0xff]) }

const readable: Record<string, (y: number) => Given> = {
  'a byte order mark': (y) => `\ufeff${plain(y)}`,
  'CR LF': (y) => plain(y).replaceAll('\n', '\r\n'),
  'CR alone': (y) => plain(y).replaceAll('\n', '\r'),
  'line ends of all kinds': (y) =>
    plain(y)
      .replace('\n', '\r\n')
      .replace(/\n(?=.*3\.5)/, '\r'),
  'UTF-16 LE with a mark': (y) => Buffer.concat([mark.le, utf16(plain(y))]),
  'UTF-16 BE with a mark': (y) => Buffer.concat([mark.be, utf16(plain(y), true)]),
  'UTF-16 LE without a mark': (y) => utf16(plain(y)),
  'UTF-16 BE without a mark': (y) => utf16(plain(y), true),
  'UTF-16 LE with CR LF': (y) => Buffer.concat([mark.le, utf16(plain(y).replaceAll('\n', '\r\n'))]),
  'no line end at the end': (y) => plain(y).trimEnd(),
  'blank lines and comments': (y) => `# from the gauge book\n\n${plain(y).replace(/\n/g, '\n\n#x\n  \n')}`,
  'quotes round every cell': (y) => plain(y).replace(/[^,\n]+/g, '"$&"'),
  'blanks round every cell': (y) => plain(y).replace(/[^,\n]+/g, '  $& '),
  semicolons: (y) => plain(y).replaceAll(',', ';'),
  tabs: (y) => plain(y).replaceAll(',', '\t'),
  bars: (y) => plain(y).replaceAll(',', '|'),
  'empty cells at the end of lines': (y) => plain(y).replaceAll('5\n', '5,,,\n'),
}
for (const [what, make] of Object.entries(readable))
  test(`${what}: read as if it were written plainly`, async () => {
    const { taken, rows } = await load(make)
    assert.deepEqual(rows, three)
    assert.deepEqual(taken.codes(), [])
    assert.equal(taken.counts.read, 3)
  })

test('Latin-1 and a mixture of encodings are read, and it is said that they were guessed', async () => {
  const latin = await load((y) => Buffer.from(`# gel\u00e9 \u00e9\n${plain(y)}`, 'latin1'))
  assert.deepEqual(latin.rows, three)
  const head = await load((y) =>
    Buffer.from(plain(y).replace('value', 'value,d\u00e9bit').replaceAll('5\n', '5,\n'), 'latin1'),
  )
  assert.deepEqual(head.rows, three)
  assert.equal(head.taken.told('encoding-guessed').length, 1)
  const mixed = await load((y) =>
    Buffer.concat([
      Buffer.from(`# ${'ខ្មែរ'}\n`),
      Buffer.from('# d\u00e9bit\n', 'latin1'),
      Buffer.from(plain(y)),
    ]),
  )
  assert.deepEqual(mixed.rows, three)
})

test('a UTF-16 file cut in the middle of a character keeps its whole rows', async () => {
  const { rows, taken } = await load((y) => Buffer.concat([mark.le, utf16(plain(y)).subarray(0, -5)]))
  assert.deepEqual(rows.slice(0, 2), three.slice(0, 2))
  assert.ok(taken.counts.read >= 2)
})

test('a NUL byte spoils its cell alone; a file full of them is no text', async () => {
  const one = await load((y) => plain(y).replace('2.5', '2\u0000.5'))
  assert.deepEqual(one.rows, [three[0], three[2]])
  assert.equal(one.taken.told('malformed-number')[0].line, 3)
  assert.match(one.taken.told('malformed-number')[0].read ?? '', /2␀\.5/)
  const many = await load((y) => `${plain(y)}${'\u0000'.repeat(2000)}`)
  assert.deepEqual(many.rows, [])
  assert.equal(many.taken.filesTaken, 0)
})

test('UTF-8 that is broken in a value spoils that value alone', async () => {
  const { taken, rows } = await load((y) =>
    Buffer.concat([Buffer.from(plain(y).slice(0, -4)), Buffer.from([0xff, 0xc3, 0x28]), Buffer.from('\n')]),
  )
  assert.deepEqual(rows, three.slice(0, 2))
  assert.deepEqual(taken.codes(), ['malformed-number'])
})

test('a decimal comma, a thousands separator and a blank inside are refused, never read as another number', async () => {
  const { taken, rows } = await load(
    (y) =>
      `date;value\n${y}-01-01;1,5\n${y}-01-02;1,234.5\n${y}-01-03;1 234\n${y}-01-04;1'234\n${y}-01-05;9\n`,
  )
  assert.deepEqual(rows, ['01-05T00:00:00Z 9'])
  assert.equal(taken.told('malformed-number').length, 4)
  const unquoted = await load((y) => `date,value\n${y}-01-01,1,5\n${y}-01-02,2.5\n`)
  assert.deepEqual(unquoted.rows, ['01-02T00:00:00Z 2.5'])
  const [notice] = unquoted.taken.told('wrong-cell-count')
  assert.deepEqual([notice.line, notice.read, notice.expected, notice.refused], [2, '3 cells', '2 cells', 1])
})

test('a quotation mark that is never closed spoils its line alone', async () => {
  const { taken, rows } = await load((y) => plain(y).replace(',2.5', ',"2.5'))
  assert.deepEqual(rows, [three[0], three[2]])
  const [notice] = taken.told('unclosed-quote')
  assert.deepEqual([notice.line, notice.refused], [3, 1])
})

test('quotation marks left open again and again do not lose the rows between them', async () => {
  const { taken, rows } = await load((y) => {
    const lines = Array.from({ length: 200 }, (_, i) => `${day(y, i)},${i % 10 === 3 ? '"' : ''}${i}`)
    return `date,value\n${lines.join('\n')}\n`
  })
  assert.equal(rows.length, 180)
  assert.deepEqual(taken.codes(), ['unclosed-quote'])
  assert.equal(taken.counts.read, 200)
  for (const row of rows) {
    const [time, value] = row.split(' ')
    assert.equal(day(2001, Number(value)).slice(5), time.slice(0, 5))
  }
})

test('a quoted cell with line ends inside keeps the numbers of the lines after it', async () => {
  const { taken, rows } = await load(
    (y) => `date,value,note\n${y}-01-01,1.5,"a\nb\r\nc"\n${y}-01-02,x,\n${y}-01-03,3.5,\n`,
  )
  assert.deepEqual(rows, [three[0], three[2]])
  assert.equal(taken.told('malformed-number')[0].line, 5)
})

test('a line of megabytes is refused with the number of its cells, its neighbours are stored', async () => {
  const { taken, rows } = await load(
    (y) => `${plain(y).slice(0, -15)}${'7,'.repeat(2 << 20)}7\n${y}-01-03,3.5\n`,
  )
  assert.deepEqual(rows, three)
  const [notice] = taken.told('line-too-long')
  assert.equal(notice.line, 4)
  assert.equal(notice.refused, 2 << 20)
  assert.ok(notice.expected)
})

test('a row of a million columns is refused, its neighbours are stored', async () => {
  const { taken, rows } = await load((y) =>
    plain(y).replace(',2.5', ',2'.repeat(500_000)).replace(',3.5', ',3.5'),
  )
  assert.deepEqual(rows, [three[0], three[2]])
  assert.deepEqual(
    taken.told('too-many-columns').map(({ line, refused }) => [line, refused]),
    [[3, 500_000]],
  )
})

test('a head of a million columns refuses the file in one notice', async () => {
  const { taken, rows } = await load((y) => `date,value${',x'.repeat(400_000)}\n${y}-01-01,1.5\n`)
  assert.deepEqual(rows, [])
  assert.ok(taken.notices.length < 10)
  assert.ok(taken.codes().length > 0)
})

test('an empty file, a head alone and blank lines are told and store nothing', async () => {
  const cases: [string, string][] = [
    ['', 'empty-file'],
    ['\n\n\n', 'unknown-format'],
    ['date,value\n', 'no-values'],
    ['\ufeff', 'unknown-format'],
    ['date,value', 'no-values'],
  ]
  for (const [content, code] of cases) {
    const taken = await bench.take(kratieLevels, content)
    assert.deepEqual(taken.codes(), [code], JSON.stringify(content))
    assert.equal(taken.notices[0].file, kratieLevels)
    assert.equal(taken.counts.read, 0)
    assert.equal(taken.filesTaken, 0)
  }
})

test('binary files are told by name and left alone', async () => {
  const kinds: [string, number[]][] = [
    ['x.pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
    ['x.xls', [0xd0, 0xcf, 0x11, 0xe0]],
    ['x.xlsx', [0x50, 0x4b, 3, 4]],
    ['x.parquet', [0x50, 0x41, 0x52, 0x31]],
    ['x.bin', []],
  ]
  for (const [name, signature] of kinds) {
    const noise = Uint8Array.from({ length: 9000 }, (_, i) => (i * i * 31 + i * 7) & 255)
    const taken = await bench.take(name, Buffer.concat([Uint8Array.from(signature), noise]))
    assert.equal(taken.counts.read, 0)
    assert.equal(taken.filesTaken, 0, name)
    assert.equal(taken.notices.length, 1, name)
    assert.equal(taken.notices[0].file, name)
  }
})

test('after all of it the store verifies', async () => {
  assert.deepEqual((await bench.verify()).difference, undefined)
})

function day(y: number, i: number): string {
  return new Date(Date.UTC(y, 0, 1 + i)).toISOString().slice(0, 10)
}
