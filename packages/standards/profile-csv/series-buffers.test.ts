/** Buffers of series: what is one series inside a file and what is not. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeriesBuffers } from './series-buffers.ts'

test('values in different units are never gathered in one buffer', () => {
  const buffers = new SeriesBuffers()
  const hint = { station: 'A', property: 'water-level', procedure: 'manual' }
  const metres = buffers.series({ ...hint, unit: 'm' })
  const centimetres = buffers.series({ ...hint, unit: 'cm' })
  const unsaid = buffers.series(hint)
  assert.equal(new Set([metres, centimetres, unsaid]).size, 3)
  assert.equal(buffers.series({ ...hint, unit: 'cm' }), centimetres)
  assert.equal(buffers.series({ ...hint, unit: 'm' }), metres)
  assert.equal(new Set([metres, centimetres, unsaid].map((buffer) => buffer?.hint.key)).size, 3)
})
