/** Tests of writing numbers and times into bytes. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatInstant } from '@lanmei/model/instant'
import fc from 'fast-check'
import { ByteOut } from './byte-out.ts'
import { toInt64 } from './int64.ts'

const text = (write: (out: ByteOut) => void) => {
  const out = new ByteOut(4)
  write(out)
  return new TextDecoder().decode(out.take())
}

test('a number is written as String writes it, and -0 keeps its sign', () => {
  const decimal = fc
    .tuple(fc.integer({ min: -2_000_000_000, max: 2_000_000_000 }), fc.integer({ min: 0, max: 9 }))
    .map(([n, places]) => n / 10 ** places)
  fc.assert(
    fc.property(fc.array(fc.oneof(decimal, fc.double({ noNaN: true })), { minLength: 1 }), (values) => {
      const expected = values.map((v) => (Object.is(v, -0) ? '-0' : String(v))).join(' ')
      const written = text((out) => {
        for (const [i, value] of values.entries()) {
          if (i > 0) out.byte(32)
          out.number(value)
        }
      })
      assert.equal(written, expected)
    }),
    { numRuns: 5000 },
  )
})

test('a time is written as the model writes it', () => {
  const time = fc.integer({ min: Date.UTC(1800, 0), max: Date.UTC(2200, 0) })
  fc.assert(
    fc.property(
      fc.array(
        fc.oneof(
          time,
          time.map((ms) => ms - (ms % 60_000)),
        ),
        { minLength: 1 },
      ),
      (times) => {
        assert.equal(
          text((out) => {
            for (const ms of times) out.instant(ms)
          }),
          times.map(formatInstant).join(''),
        )
      },
    ),
    { numRuns: 3000 },
  )
})

test('times become 64-bit integers as BigInt would make them', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -(2 ** 53) + 1, max: 2 ** 53 - 1 })), (values) => {
      assert.deepEqual([...toInt64(Float64Array.from(values))], values.map(BigInt))
    }),
  )
})
