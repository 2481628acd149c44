/** Columns read from canonical bytes are the numbers JSON itself would give. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { canonicalBlock } from '@lanmei/exchange/canonical-block'
import fc from 'fast-check'
import { readBodyColumns } from './body-columns.ts'

const number = fc.oneof(
  fc.double({ noDefaultInfinity: true }),
  fc.integer({ min: -99_999, max: 99_999 }).map((n) => n / 100),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0.5, 1e21, 1e-7, 999999999999999.9, 0.1 + 0.2),
)

test('any columns come back bit for bit, whatever stands in the texts beside them', () => {
  fc.assert(
    fc.property(
      fc.array(number),
      fc.array(fc.maxSafeInteger()),
      fc.oneof(fc.string(), fc.constantFrom('x","times":[1,2],"', '],"values":[', '\\')),
      (values, times, reason) => {
        const header = { kind: 'block', reason, rules: ['a', ',"values":[3]'] }
        const bytes = canonicalBlock(header, {
          times: Float64Array.from(times),
          values: Float64Array.from(values),
        })
        const read = readBodyColumns(Buffer.from(bytes))
        assert.deepEqual(read.header, { ...header, times: [], values: [] })
        const unsigned = (list: number[]) => Float64Array.from(list, (value) => value + 0)
        assert.deepEqual(read.columns, { times: unsigned(times), values: unsigned(values) })
      },
    ),
    { numRuns: 500 },
  )
})
