/** Values on another zero of the gauge are found, and only those. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { datumVerdict } from './datum.ts'

const day = 86_400_000
const parameters = { shift: 50, window: 30 }

/** A series of daily levels: pieces of so many days around a level. */
function pieces(...parts: [days: number, level: number][]) {
  const values = parts.flatMap(([days, level]) =>
    Array.from({ length: days }, (_, i) => level + 2 * Math.sin(i / 9)),
  )
  return { times: Float64Array.from(values, (_, i) => i * day), values: Float64Array.from(values) }
}
const marked = (marks: Uint8Array, from: number, to: number) =>
  marks.subarray(from, to).reduce((sum, mark) => sum + mark, 0)

describe('values on another zero', () => {
  test('marks the shorter stay on another level and nothing else', () => {
    const { times, values } = pieces([1000, 5], [400, 517], [300, 16])
    const { marks, segments } = datumVerdict(times, values, parameters)
    assert.equal(marked(marks, 1000, 1400), 400)
    assert.equal(marked(marks, 0, 1700), 400)
    assert.deepEqual(
      segments.map(({ first, away }) => [first, away]),
      [
        [0, false],
        [1000, true],
        [1400, false],
      ],
    )
  })

  test('counts stays on one level together: two short ones outweigh a longer one elsewhere', () => {
    const { times, values } = pieces([300, 5], [500, 417], [300, 9])
    const { marks } = datumVerdict(times, values, parameters)
    assert.equal(marked(marks, 300, 800), 500)
    assert.equal(marked(marks, 0, 1100), 500)
  })

  test('marks a single reading of the other zero, and spares one of the right zero among wrong ones', () => {
    const { times, values } = pieces([1000, 5], [400, 517])
    values[500] = 516
    values[1200] = 6
    const { marks } = datumVerdict(times, values, parameters)
    assert.equal(marks[500], 1)
    assert.equal(marks[1200], 0)
    assert.equal(marked(marks, 0, 1400), 400)
  })

  test('finds nothing in a flood that stays on its zero', () => {
    const { times, values } = pieces([1000, 5])
    for (let i = 300; i < 330; i++) values[i] = 45
    assert.equal(marked(datumVerdict(times, values, parameters).marks, 0, 1000), 0)
  })
})
