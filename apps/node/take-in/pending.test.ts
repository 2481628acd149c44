/** Waiting columns come out by time, each time once, whatever the order they came in. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Pending } from './pending.ts'

test('columns come out strictly rising, with the first value a file gave for each time', () => {
  const readings = fc.array(
    fc.record({ ms: fc.integer({ min: 0, max: 60 }), value: fc.integer(), flag: fc.constantFrom(0, 8) }),
    { maxLength: 600 },
  )
  fc.assert(
    fc.property(readings, (given) => {
      const pending = new Pending()
      const first = new Map<number, { value: number; flag: number }>()
      for (const { ms, value, flag } of given) {
        assert.equal(pending.add(ms, value, flag), !first.has(ms))
        if (!first.has(ms)) first.set(ms, { value, flag })
      }
      const parts = pending.take()
      const [columns = { times: [], values: [], flags: undefined }] = parts
      assert.ok(parts.length < 2)
      const expected = [...first].sort(([a], [b]) => a - b)
      assert.deepEqual(
        [...columns.times],
        expected.map(([ms]) => ms),
      )
      assert.deepEqual(
        [...columns.values],
        expected.map(([, { value }]) => value),
      )
      if (columns.flags)
        assert.deepEqual(
          [...columns.flags],
          expected.map(([, { flag }]) => flag),
        )
      else assert.ok(expected.every(([, { flag }]) => flag === 0))
      assert.equal(pending.length, 0)
    }),
  )
})

test('values of two files leave file by file, each in order, with the times that stand in both', () => {
  const pending = new Pending('a', 1)
  pending.add(5, 0, 0)
  pending.add(10, 1, 8)
  pending.newFile('b', 2)
  pending.add(20, 3, 0)
  assert.equal(pending.valueAt(10), undefined)
  pending.add(10, 2, 0)
  assert.equal(pending.valueAt(10), 2)
  assert.deepEqual(
    pending
      .take()
      .map(({ source, file, times, values, flags }) => [
        source,
        file,
        [...times],
        [...values],
        [...(flags ?? [])],
      ]),
    [
      ['a', 1, [5, 10], [0, 1], [0, 8]],
      ['b', 2, [10, 20], [2, 3], [0, 0]],
    ],
  )
  pending.add(30, 4, 0)
  pending.newFile('c', 3)
  assert.deepEqual(
    pending.take().map(({ source, times }) => [source, [...times]]),
    [['b', [30]]],
  )
  pending.newFile('d', 4)
  pending.add(1, 1, 0)
  assert.deepEqual(
    pending.take().map(({ source, file }) => [source, file]),
    [['d', 4]],
  )
})

test('a value is found again while it waits, and after it left where that was asked for', () => {
  for (const order of [
    [1, 2, 3, 4],
    [4, 3, 2, 1],
    [2, 4, 1, 3],
  ]) {
    const pending = new Pending('a', 0, true)
    for (const ms of order.slice(0, 3)) pending.add(ms, ms * 10, 0)
    pending.take()
    pending.add(order[3], order[3] * 10, 0)
    assert.deepEqual(
      [0, 1, 2, 3, 4, 5].map((ms) => pending.valueAt(ms)),
      [undefined, 10, 20, 30, 40, undefined],
    )
  }
  const forgetful = new Pending('a')
  forgetful.add(1, 10, 0)
  forgetful.take()
  assert.equal(forgetful.valueAt(1), undefined)
})

test('a negative zero loses its sign, since the canonical form has none', () => {
  const pending = new Pending()
  pending.add(1, -0, 0)
  assert.ok(Object.is(pending.take()[0].values[0], 0))
})
