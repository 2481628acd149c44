/** JSON that is broken, hostile or of wrong types: items are refused one by one, the others are stored. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Bench, kratieLevels, kratieSeries, openBench } from './take-in-bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
  await bench.take(kratieLevels, 'date,value\n1900-01-01,1\n')
})
after(() => bench?.close())

let day = Date.UTC(1901, 0, 1)
/** Observations of days nobody used before; `bad` stands between two good ones, as the text of an item. */
async function between(bad: (time: string) => string, form: 'batch' | 'lines') {
  const [a, b, c] = [0, 1, 2].map((n) => new Date(day + n * 86_400_000).toISOString())
  day += 3 * 86_400_000
  const good = (time: string) => `{"series":"${kratieSeries}","time":"${time}","value":2.5}`
  const items = [good(a), bad(b), good(c)]
  const text = form === 'batch' ? `{"observations":[${items.join(',')}]}` : `${items.join('\n')}\n`
  const taken = await bench.take(form === 'batch' ? 'a.json' : 'a.ndjson', text)
  const rows = (await bench.stored()).filter(
    (row) => row >= a.slice(0, 10) && row < c.slice(0, 11).concat('~'),
  )
  return { taken, rows: rows.length }
}
const item = (more: string) => (time: string) => `{"series":"${kratieSeries}","time":"${time}",${more}}`
const deep = (n: number) => `${'['.repeat(n)}${']'.repeat(n)}`

const wrong: [string, (time: string) => string, string][] = [
  ['a value as text', item('"value":"2.5"'), 'malformed-number'],
  ['a value that is true', item('"value":true'), 'malformed-number'],
  ['a value that is a list', item('"value":[1]'), 'malformed-number'],
  [
    'a value that is an object with its own toString',
    item('"value":{"toString":1,"valueOf":1}'),
    'malformed-number',
  ],
  ['a value too large for a double', item('"value":1e999'), 'malformed-number'],
  ['a list deeper than any stack', item(`"value":${deep(200_000)}`), 'malformed-number'],
  ['no value', item('"valeu":1'), 'malformed-number'],
  [
    'a time without a zone',
    () => `{"series":"${kratieSeries}","time":"1950-01-01T00:00:00","value":1}`,
    'malformed-time',
  ],
  ['a bare date', () => `{"series":"${kratieSeries}","time":"1950-01-01","value":1}`, 'malformed-time'],
  [
    '31 April',
    () => `{"series":"${kratieSeries}","time":"1950-04-31T00:00:00Z","value":1}`,
    'malformed-time',
  ],
  [
    'a time of half a millisecond',
    () => `{"series":"${kratieSeries}","time":0.5,"value":1}`,
    'malformed-time',
  ],
  [
    'a time as an object',
    () => `{"series":"${kratieSeries}","time":{"$date":1},"value":1}`,
    'malformed-time',
  ],
  [
    'the year 9999',
    () => `{"series":"${kratieSeries}","time":"9999-01-01T00:00:00Z","value":1}`,
    'time-out-of-range',
  ],
  [
    'a time far in the future',
    () => `{"series":"${kratieSeries}","time":"2190-01-01T00:00:00Z","value":1}`,
    'time-in-future',
  ],
  ['a series that is a number', (time) => `{"series":5,"time":"${time}","value":1}`, 'malformed-record'],
  [
    'a series without end',
    (time) => `{"series":"${'x'.repeat(5000)}","time":"${time}","value":1}`,
    'malformed-record',
  ],
  [
    'a series nobody knows',
    (time) => `{"series":"nowhere.water-level.manual","time":"${time}","value":1}`,
    'unknown-station',
  ],
  ['the series __proto__', (time) => `{"series":"__proto__","time":"${time}","value":1}`, 'unknown-property'],
  ['an item that is null', () => 'null', 'malformed-record'],
  ['an item that is a number', () => '7', 'malformed-record'],
  ['an empty item', () => '{}', 'malformed-record'],
]
for (const [what, bad, code] of wrong)
  for (const form of ['batch', 'lines'] as const)
    test(`${what} (${form}) is refused as ${code}, its neighbours are stored`, async () => {
      const { taken, rows } = await between(bad, form)
      assert.equal(rows, 2, JSON.stringify(taken))
      assert.deepEqual(taken.codes(), [code])
      assert.deepEqual([taken.counts.read, taken.counts.refused], [3, 1])
      const [notice] = taken.told(code as 'malformed-record')
      assert.equal(notice.line, 2)
      if (code !== 'time-in-future') assert.ok(notice.expected, JSON.stringify(notice))
    })

test('flags of every wrong type are told and the value is stored without one', async () => {
  for (const flag of ['{}', '{"toString":1,"valueOf":1}', deep(100_000), '"nonsense"', '77', 'true', '[3]']) {
    const { taken, rows } = await between(item(`"value":2.5,"flag":${flag}`), 'batch')
    assert.equal(rows, 3, flag.slice(0, 50))
    assert.deepEqual(taken.codes(), ['unknown-flag'], flag.slice(0, 50))
  }
})

test('a key that stands twice counts as its last; __proto__ and constructor are only names', async () => {
  const twice = await between(
    (time) => `{"series":"x","time":"${time}","value":"x","value":9,"series":"${kratieSeries}"}`,
    'batch',
  )
  assert.equal(twice.rows, 3)
  const proto = await between(
    (time) =>
      `{"__proto__":{"value":1},"constructor":{"prototype":{"polluted":1}},"series":"${kratieSeries}","time":"${time}","value":3}`,
    'lines',
  )
  assert.equal(proto.rows, 3)
  assert.equal(({} as { polluted?: number }).polluted, undefined)
})

test('blocks of wrong shape are refused as a whole with the number of their values, other blocks are stored', async () => {
  const text = JSON.stringify({
    blocks: [
      { series: kratieSeries, times: ['1980-01-01T00:00:00Z'], values: [1] },
      { series: kratieSeries, times: ['1980-01-02T00:00:00Z', '1980-01-03T00:00:00Z'], values: [1] },
      { series: kratieSeries, times: 'soon', values: [1, 2, 3] },
      { series: kratieSeries, times: [], values: [] },
      { series: kratieSeries },
      null,
      { series: kratieSeries, times: ['1980-01-04T00:00:00Z'], values: [4], flags: [1, 2] },
      { series: kratieSeries, times: [Date.UTC(1980, 0, 5), 'x'], values: [5, 6] },
    ],
  })
  const taken = await bench.take('blocks.json', text)
  assert.deepEqual(taken.codes(), ['malformed-record', 'malformed-time'])
  assert.deepEqual([taken.counts.stored, taken.counts.refused], [2, 2 + 3 + 1 + 1])
})

test('JSON that cannot be read is told and takes nothing', async () => {
  for (const text of [
    '{"observations":[',
    '{"observations":[]}}',
    "{'observations':[]}",
    `{"observations":${deep(1000)}`,
    '{"observations":{"length":5}}',
    '[1,2,{"series":',
  ]) {
    const taken = await bench.take('broken.json', text)
    assert.ok(taken.codes().length > 0, text.slice(0, 40))
    assert.equal(taken.counts.stored, 0)
  }
})

test('lines of JSON with a broken one between them keep the others', async () => {
  const good = (d: number) => `{"series":"${kratieSeries}","time":"1985-01-0${d}T00:00:00Z","value":${d}}`
  const taken = await bench.take(
    'a.ndjson',
    `${good(1)}\n{"series":"K\n\n${good(2)}}\n${good(3)}\r\n\ufeff${good(4)}\n${good(5)}`,
  )
  assert.deepEqual(
    taken.told('malformed-json').map(({ line, refused }) => [line, refused]),
    [
      [2, 1],
      [4, 1],
      [6, 1],
    ],
  )
  assert.equal(taken.counts.stored, 3)
})

test('JSON in UTF-16 and with a mark is read', async () => {
  const text = `{"observations":[{"series":"${kratieSeries}","time":"1990-01-01T00:00:00Z","value":1}]}`
  for (const bytes of [Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le')]) {
    const taken = await bench.take('utf.json', bytes)
    assert.deepEqual(taken.codes(), [])
    assert.equal(taken.counts.read, 1)
  }
})

test('a series of the file that is known under another unit, or a public one made by nobody, changes no record', async () => {
  const before = await bench.context.store.pool.query('SELECT count(*)::int AS n FROM record_version')
  await bench.take(
    'a.json',
    '{"observations":[{"series":"KH_014901.water-level.manual","time":"1991-01-01T00:00:00Z","value":1,"unit":"cm","audience":"own"}]}',
  )
  const now = await bench.context.store.pool.query('SELECT count(*)::int AS n FROM record_version')
  assert.equal(now.rows[0].n, before.rows[0].n)
})

test('after all of it the store verifies', async () => {
  assert.deepEqual((await bench.verify()).difference, undefined)
})
