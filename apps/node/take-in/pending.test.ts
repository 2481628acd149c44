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
      const { columns, dropped } = pending.take()
      const expected = [...first].sort(([a], [b]) => a - b)
      assert.equal(dropped, 0)
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

test('of two files with one time the later value stays and the other counts as dropped', () => {
  const pending = new Pending()
  pending.add(10, 1, 0)
  pending.newFile()
  pending.add(10, 2, 0)
  pending.add(20, 3, 0)
  const { columns, dropped } = pending.take()
  assert.deepEqual([[...columns.times], [...columns.values], dropped], [[10, 20], [2, 3], 1])
})

test('a negative zero loses its sign, since the canonical form has none', () => {
  const pending = new Pending()
  pending.add(1, -0, 0)
  assert.ok(Object.is(pending.take().columns.values[0], 0))
})
