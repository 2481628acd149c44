/** Rows in chunks: the same as one sorted list, also where chunks fill, split and are met from before. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { SeriesFold } from './fold.ts'

const run = fc.record({
  first: fc.integer({ min: -9000, max: 9000 }),
  step: fc.constantFrom(1, 2, 3, 7),
  count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1500, max: 5000 })),
})

test('blocks of any length in any order give the rows a plain list would', () => {
  fc.assert(
    fc.property(fc.array(run, { minLength: 1, maxLength: 12 }), (runs) => {
      const fold = new SeriesFold()
      const plain = new Map<number, number>()
      runs.forEach(({ first, step, count }, seq) => {
        const times = Float64Array.from({ length: count }, (_, i) => first + i * step)
        fold.block({ seq, at: '' }, { times, values: times.map((t) => t + seq) })
        for (const time of times) plain.set(time, time + seq)
      })
      const rows = fold.rows.chunks.flatMap((chunk) =>
        Array.from({ length: chunk.length }, (_, row) => [chunk.times[row], chunk.values[row]]),
      )
      assert.equal(fold.rows.length, plain.size)
      assert.deepEqual(
        rows,
        [...plain].sort(([a], [b]) => a - b),
      )
    }),
    { numRuns: 60 },
  )
})

test('late values one by one, rising or falling, fill chunks instead of making new ones', () => {
  for (const order of [1, -1]) {
    const fold = new SeriesFold()
    const store = (list: number[], seq: number) => {
      const times = Float64Array.from(list)
      fold.block({ seq, at: '' }, { times, values: times })
    }
    store(
      Array.from({ length: 10_000 }, (_, i) => 100_000 + i),
      0,
    )
    for (let i = 0; i < 10_000; i++) store([order > 0 ? i : 10_000 - i], i + 1)
    assert.equal(fold.rows.length, 20_000)
    assert.ok(fold.rows.chunks.length < 25, `${fold.rows.chunks.length} chunks`)
  }
})
