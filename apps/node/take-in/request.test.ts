/** A batch over HTTP: what is good is gathered, what is wrong is refused with its place. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { gather } from './request.ts'

const now = Date.UTC(2024, 0, 1)

test('good and wrong values of one block are told apart, and none is lost', () => {
  const times = [
    '2023-01-01T07:00:00+07:00',
    '2023-01-02',
    1672704000000,
    'soon',
    '2099-01-01T00:00:00Z',
    1672876800000,
  ]
  const values = [1.5, 2, 3, 4, 5, 'six']
  const { read, gathered, refusals } = gather({ blocks: [{ series: 'A', times, values }] }, now)
  assert.equal(read, 6)
  assert.deepEqual([...gathered[0].columns.times], [Date.UTC(2023, 0, 1), 1672704000000])
  assert.deepEqual([...gathered[0].columns.values], [1.5, 3])
  assert.deepEqual(
    refusals.map(({ item, code }) => [item, code]),
    [
      ['blocks/0/values/1', 'malformed-time'],
      ['blocks/0/values/3', 'malformed-time'],
      ['blocks/0/values/4', 'time-in-future'],
      ['blocks/0/values/5', 'malformed-number'],
    ],
  )
})

test('columns of different lengths refuse the values without a partner', () => {
  const { read, refusals } = gather({ blocks: [{ series: 'A', times: [1, 2, 3], values: [1] }] }, now)
  assert.equal(read, 3)
  assert.equal(refusals.length, 2)
})

test('the first of two values for one time stays; an equal one is unchanged, another one is refused', () => {
  const observations = [
    { series: 'A', time: 2000, value: 1 },
    { series: 'A', time: 1000, value: null },
    { series: 'A', time: 2000, value: 1 },
    { series: 'A', time: 2000, value: 7 },
  ]
  const { gathered, refusals } = gather({ observations }, now)
  assert.deepEqual([...gathered[0].columns.times], [1000, 2000])
  assert.deepEqual([...gathered[0].columns.values], [Number.NaN, 1])
  assert.equal(gathered[0].unchanged, 1)
  assert.deepEqual(
    refusals.map(({ item, code }) => [item, code]),
    [['observations/3', 'contradicting-stamp']],
  )
})

test('whatever is sent, every value is gathered, unchanged or refused', () => {
  const anything = fc.oneof(
    fc.integer(),
    fc.double(),
    fc.string(),
    fc.constant(null),
    fc.constant(undefined),
    fc.object({ maxDepth: 1 }),
  )
  const observation = fc.record({
    series: fc.constantFrom('A', 'B'),
    time: fc.oneof(fc.integer({ min: 0, max: 20 }), anything),
    value: anything,
    flag: anything,
  })
  const block = fc.record({
    series: fc.constantFrom('A', 'B'),
    times: fc.array(anything),
    values: fc.array(anything),
  })
  fc.assert(
    fc.property(fc.array(observation), fc.array(block), (observations, blocks) => {
      const { read, gathered, refusals } = gather({ observations, blocks }, now)
      const taken = gathered.reduce(
        (sum, { columns, unchanged }) => sum + columns.times.length + unchanged,
        0,
      )
      assert.equal(read, taken + refusals.length)
      for (const { columns } of gathered)
        for (let i = 1; i < columns.times.length; i++) assert.ok(columns.times[i] > columns.times[i - 1])
    }),
  )
})

test('a list nested deeper than any stack is refused like another wrong value', () => {
  const deep = JSON.parse('['.repeat(200_000) + ']'.repeat(200_000))
  const { read, refusals } = gather(
    {
      observations: [
        { series: 'A', time: 0, value: deep },
        { series: 'A', time: deep, value: 1 },
        { series: 'A', time: 0, value: 1, flag: deep },
      ],
    },
    now,
  )
  assert.equal(read, 3)
  assert.deepEqual(
    refusals.map(({ code, read: shown }) => [code, shown]),
    [
      ['malformed-number', 'a list'],
      ['malformed-time', 'a list'],
      ['malformed-record', 'a list'],
    ],
  )
})
