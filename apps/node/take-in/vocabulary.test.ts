/** Units of the shipped area data convert as decimals do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readAreas } from '../areas.ts'
import { convert, readVocabulary } from './vocabulary.ts'

const vocabulary = readVocabulary(readAreas())

test('centimetres become the same double that the decimal in metres is', () => {
  const conversion = vocabulary.conversion('water-level', 'cm')
  assert.ok(conversion)
  fc.assert(
    fc.property(fc.integer({ min: -99_999, max: 99_999 }), (centimetres) => {
      const values = Float64Array.of(centimetres)
      convert(values, conversion)
      assert.equal(values[0], Number(`${centimetres}e-2`))
    }),
  )
})

test('a unit of another quantity or an unknown unit has no conversion', () => {
  assert.equal(vocabulary.conversion('water-level', 'm3/s'), undefined)
  assert.equal(vocabulary.conversion('discharge', 'furlong'), undefined)
  assert.equal(vocabulary.conversion('no-such-property', 'm'), undefined)
})

test('missing values stay missing through a conversion', () => {
  const values = Float64Array.of(Number.NaN, 100)
  convert(values, vocabulary.conversion('water-level', 'cm') ?? { multiply: 1, divide: 1, add: 0 })
  assert.deepEqual([...values], [Number.NaN, 1])
})

test('every property of the shipped areas has a unit that converts to itself', () => {
  assert.ok(vocabulary.properties.length >= 10)
  for (const { id, unit } of vocabulary.properties)
    assert.ok(vocabulary.conversion(id, unit), `${id} in ${unit}`)
})
