/** Stamps that stand twice, contradict each other or come out of order, near each other and over the borders of batches. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Bench, kratieLevels, openBench } from './take-in-bench.ts'

let bench: Bench
before(async () => {
  bench = await openBench()
})
after(() => bench?.close())

const minute = 60_000
const stamp = (ms: number) => new Date(ms).toISOString().slice(0, 16)
/** More than one batch of the taking in (60,000 values). */
const overBorder = 130_000

test('a stamp that stands twice with one value is kept once and told', async () => {
  const taken = await bench.take(
    kratieLevels,
    'time,value\n1901-01-01T00:00,1\n1901-01-01T00:00,1.0\n1901-01-02T00:00,2\n',
  )
  assert.deepEqual([taken.counts.stored, taken.counts.unchanged, taken.counts.refused], [2, 1, 0])
  const [notice] = taken.told('duplicate-stamp')
  assert.equal(notice.line, 3)
  assert.equal(notice.read, '1901-01-01T00:00:00Z 1')
})

test('of stamps that contradict each other the first is kept; the others are refused, naming what is kept', async () => {
  const taken = await bench.take(
    kratieLevels,
    'time,value\n1902-01-01T00:00,1\n1902-01-01T00:00,2\n1902-01-01T07:00+07:00,3\n1902-01-02T00:00,2\n1902-01-01T00:00,1\n',
  )
  assert.deepEqual([taken.counts.stored, taken.counts.unchanged, taken.counts.refused], [2, 1, 2])
  const [a, b] = taken.told('contradicting-stamp')
  assert.deepEqual([a.line, a.read, a.expected], [3, '1902-01-01T00:00:00Z 2', '1'])
  assert.deepEqual([b.line, b.read, b.expected], [4, '1902-01-01T00:00:00Z 3', '1'])
})

test('a missing value and a number at one stamp contradict each other; zeros of both signs do not', async () => {
  const profile = {
    time: { column: 'time', zone: 'Z' },
    series: { station: 'KH_014901', property: 'water-level', unit: 'm', procedure: 'manual' },
    columns: { values: [{ column: 'value' }] },
    missing: ['-9999'],
  }
  const taken = await bench.take(
    'gaps.csv',
    'time,value\n1903-01-01,-9999\n1903-01-01,-9999.0\n1903-01-01,4\n1903-01-02,0\n1903-01-02,-0\n1903-01-02,-9999\n',
    { format: 'profile-csv', profile },
  )
  assert.deepEqual([taken.counts.stored, taken.counts.unchanged, taken.counts.refused], [2, 2, 2])
  assert.deepEqual(
    taken.told('contradicting-stamp').map(({ line }) => line),
    [4, 7],
  )
})

test('stamps that stand twice far apart are found over the borders of batches', async () => {
  const start = Date.UTC(1905, 0, 1)
  const rows = Array.from({ length: overBorder }, (_, i) => `${stamp(start + i * 15 * minute)},${i % 97}`)
  const repeats = [`${stamp(start)},0`, `${stamp(start + 15 * minute)},55`, `${stamp(start + 30 * minute)},2`]
  const taken = await bench.take(kratieLevels, `time,value\n${rows.join('\n')}\n${repeats.join('\n')}\n`)
  assert.deepEqual([taken.counts.stored, taken.counts.unchanged, taken.counts.refused], [overBorder, 2, 1])
  const [notice] = taken.told('contradicting-stamp')
  assert.deepEqual([notice.line, notice.expected], [overBorder + 3, '1'])
})

test('a file that holds all its rows twice is taken at once, not row by row', async () => {
  const start = Date.UTC(1910, 0, 1)
  const rows = Array.from(
    { length: overBorder },
    (_, i) => `${stamp(start + i * 15 * minute)},${i % 97}`,
  ).join('\n')
  const { pool } = bench.context.store
  let queries = 0
  const query = pool.query
  pool.query = ((...given: Parameters<typeof query>) => {
    queries++
    return query.apply(pool, given)
  }) as typeof query
  try {
    const taken = await bench.take(kratieLevels, `time,value\n${rows}\n${rows}\n`)
    assert.deepEqual([taken.counts.stored, taken.counts.unchanged], [overBorder, overBorder])
  } finally {
    pool.query = query
  }
  assert.ok(queries < 500, `${queries} queries`)
})

test('rows from the newest to the oldest and rows in any order are stored as rows in order are', async () => {
  const start = Date.UTC(1920, 0, 1)
  const rows = Array.from({ length: overBorder }, (_, i) => `${stamp(start + i * 15 * minute)},${i % 89}`)
  const falling = await bench.take(kratieLevels, `time,value\n${rows.toReversed().join('\n')}\n`)
  assert.deepEqual([falling.counts.stored, falling.counts.unchanged], [overBorder, 0])
  const mixed = rows.map((row, i) => [(i * 7919) % overBorder, row] as const).sort(([a], [b]) => a - b)
  const again = await bench.take(kratieLevels, `time,value\n${mixed.map(([, row]) => row).join('\n')}\n`)
  assert.deepEqual([again.counts.stored, again.counts.unchanged, again.counts.revised], [0, overBorder, 0])
})

test('two columns of one file that mean one series are compared as rows of one file are', async () => {
  const profile = {
    time: { column: 'date', zone: 'Z' },
    series: { property: 'water-level', unit: 'm', procedure: 'manual' },
    columns: { wide: {} },
  }
  const options = { format: 'profile-csv', profile }
  const taken = await bench.take(
    'wide.csv',
    'date,KH_014901,014901\n1940-01-01,1,1\n1940-01-02,2,3\n1940-01-03,,4\n',
    options,
  )
  assert.deepEqual([taken.counts.stored, taken.counts.unchanged, taken.counts.refused], [3, 1, 1])
})

test('a revision is stored once, and the value before it is kept', async () => {
  const first = await bench.take(kratieLevels, 'date,value\n1950-01-01,1\n1950-01-02,2\n')
  assert.equal(first.counts.stored, 2)
  const second = await bench.take(kratieLevels, 'date,value\n1950-01-01,1\n1950-01-02,2.5\n', {
    reason: 'book checked',
  })
  assert.deepEqual([second.counts.unchanged, second.counts.revised], [1, 1])
  const { rows } = await bench.context.store.pool.query(
    `SELECT value FROM observation_superseded WHERE time = '1950-01-02T00:00:00Z'`,
  )
  assert.deepEqual(
    rows.map(({ value }) => value),
    [2],
  )
})

test('two files that contradict each other end the same however often they are loaded, and both values are kept', async () => {
  const a = bench.file(`contradiction/a/${kratieLevels}`, 'date,value\n1960-01-01,1\n1960-01-02,2\n')
  const b = bench.file(`contradiction/b/${kratieLevels}`, 'date,value\n1960-01-02,7\n1960-01-03,3\n')
  const taken = await bench.takePaths([a, b])
  assert.deepEqual([taken.counts.read, taken.counts.stored, taken.counts.revised], [4, 3, 1])
  const expected = ['1960-01-01T00:00:00Z 1', '1960-01-02T00:00:00Z 7', '1960-01-03T00:00:00Z 3']
  const rows = async () => (await bench.stored()).filter((row) => row.startsWith('1960'))
  assert.deepEqual(await rows(), expected)
  for (const paths of [[a], [b], [b, a]]) {
    const again = await bench.takePaths(paths)
    assert.deepEqual([again.counts.stored, again.counts.revised], [0, 0])
    assert.deepEqual(await rows(), expected)
  }
  const { rows: sources } = await bench.context.store.pool.query(
    `SELECT count(*)::int AS n FROM observation_superseded WHERE time = '1960-01-02T00:00:00Z' AND value = 2`,
  )
  assert.equal(sources[0].n, 1)
  const back = await bench.takePaths([a], { reason: 'the first reading was right' })
  assert.equal(back.counts.revised, 1)
  assert.ok((await rows()).includes('1960-01-02T00:00:00Z 2'))
})

test('a dry run counts what a run would come to, over the borders of batches too', async () => {
  const start = Date.UTC(1970, 0, 1)
  const rows = Array.from({ length: overBorder }, (_, i) => `${stamp(start + i * 15 * minute)},${i % 97}`)
  const text = `time,value\n${rows.join('\n')}\n${rows[0]}\n${stamp(start)},5\n`
  const dry = await bench.take(kratieLevels, text, { dryRun: true })
  const real = await bench.take(kratieLevels, text)
  assert.deepEqual(dry.counts, real.counts)
})

test('after all of it the store verifies', async () => {
  assert.deepEqual((await bench.verify()).difference, undefined)
})
