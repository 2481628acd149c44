/** The fast writer of block bodies against the general canonical form. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { canonicalText } from './canonical.ts'
import { canonicalBlock, type NumberColumn } from './canonical-block.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

/** The general form of the same body, through boxed arrays. */
function general(header: Record<string, unknown>, columns: Record<string, NumberColumn>): string {
  const boxed = Object.entries(columns).map(([name, column]) => [
    name,
    Array.from(column, (value) => (Number.isNaN(value) ? null : value)),
  ])
  return canonicalText({ ...header, ...Object.fromEntries(boxed) })
}

const reading = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2_000_000, max: 2_000_000 }).map((n) => n / 1000) },
  { weight: 2, arbitrary: fc.integer({ min: -20_000_000, max: 20_000_000 }).map((n) => n / 10_000) },
  fc.maxSafeInteger().map((n) => n / 1000),
  fc.maxSafeInteger(),
  fc.double({ noDefaultInfinity: true }),
  fc.double({ min: -1e13, max: 1e13 }),
  fc.constantFrom(
    0,
    -0,
    Number.NaN,
    0.1 + 0.2,
    1e21,
    1e-7,
    5e-324,
    2 ** 53,
    -(2 ** 53),
    1e9,
    999_999_999,
    1e12,
    0.0005,
  ),
)

test('a block has the bytes of its general canonical form', () => {
  const header = fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 2 }), {
    noNullPrototype: true,
  })
  fc.assert(
    fc.property(
      header,
      fc.array(reading),
      fc.array(fc.integer({ min: 0, max: 255 })),
      (fields, values, codes) => {
        const columns = {
          times: Float64Array.from(values, (_, i) => 1_700_000_000_000 + i * 900_000),
          values: Float64Array.from(values),
          flags: Uint8Array.from(codes),
        }
        const { times: _t, values: _v, flags: _f, ...rest } = fields
        assert.equal(text(canonicalBlock(rest, columns)), general(rest, columns))
      },
    ),
    { numRuns: 1000 },
  )
})

test('every thousandth of a metre up to ten metres is written as ES writes it', () => {
  const values = Float64Array.from({ length: 20_001 }, (_, i) => (i - 10_000) / 1000)
  assert.equal(text(canonicalBlock({}, { values })), general({}, { values }))
})

test('columns of other number types are written the same', () => {
  const columns = {
    a: Float32Array.of(0.1, 1.5, Number.NaN),
    b: Int32Array.of(-2147483648, 2147483647),
    c: Uint32Array.of(4294967295),
    d: Int16Array.of(-32768),
    e: Uint16Array.of(65535),
    f: Int8Array.of(-128),
    g: new Uint8Array(0),
  }
  assert.equal(text(canonicalBlock({ series: 'x' }, columns)), general({ series: 'x' }, columns))
  assert.equal(text(canonicalBlock({}, {})), '{}')
})

test('an infinity, a name given twice and a header that is no JSON are refused with their place', () => {
  const values = Float64Array.of(1, Number.NEGATIVE_INFINITY)
  assert.throws(() => canonicalBlock({}, { values }), /-Infinity at \/values\/1/)
  assert.throws(
    () => canonicalBlock({ values: 1 }, { values: new Float64Array(1) }),
    /values is in the header and a column/,
  )
  assert.throws(() => canonicalBlock({ reason: undefined }, {}), /undefined at \/reason/)
})
