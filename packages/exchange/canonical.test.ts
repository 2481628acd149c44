/** Canonical form against the published examples of RFC 8785, and its refusals. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { toHex } from './byte-text.ts'
import { canonicalBytes, canonicalText, deepestNesting } from './canonical.ts'

// RFC 8785, appendix B: IEEE 754 bits and their text.
const numbers: [bits: bigint, text: string][] = [
  [0x0000000000000000n, '0'],
  [0x8000000000000000n, '0'],
  [0x0000000000000001n, '5e-324'],
  [0x8000000000000001n, '-5e-324'],
  [0x7fefffffffffffffn, '1.7976931348623157e+308'],
  [0xffefffffffffffffn, '-1.7976931348623157e+308'],
  [0x4340000000000000n, '9007199254740992'],
  [0xc340000000000000n, '-9007199254740992'],
  [0x4430000000000000n, '295147905179352830000'],
  [0x44b52d02c7e14af5n, '9.999999999999997e+22'],
  [0x44b52d02c7e14af6n, '1e+23'],
  [0x44b52d02c7e14af7n, '1.0000000000000001e+23'],
  [0x444b1ae4d6e2ef4en, '999999999999999700000'],
  [0x444b1ae4d6e2ef4fn, '999999999999999900000'],
  [0x444b1ae4d6e2ef50n, '1e+21'],
  [0x3eb0c6f7a0b5ed8cn, '9.999999999999997e-7'],
  [0x3eb0c6f7a0b5ed8dn, '0.000001'],
  [0x41b3de4355555553n, '333333333.3333332'],
  [0x41b3de4355555554n, '333333333.33333325'],
  [0x41b3de4355555555n, '333333333.3333333'],
  [0x41b3de4355555556n, '333333333.3333334'],
  [0x41b3de4355555557n, '333333333.33333343'],
  [0xbecbf647612f3696n, '-0.0000033333333333333333'],
  [0x43143ff3c1cb0959n, '1424953923781206.2'],
]

test('numbers are written as appendix B of RFC 8785 says', () => {
  for (const [bits, text] of numbers) {
    const number = new Float64Array(BigUint64Array.of(bits).buffer)[0]
    assert.equal(canonicalText(number), text)
  }
})

test('the sample object of RFC 8785 gives the bytes of section 3.2.4', () => {
  const sample = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`)
  const published = `
    7b 22 6c 69 74 65 72 61 6c 73 22 3a 5b 6e 75 6c 6c 2c 74 72 75 65 2c 66 61 6c 73 65 5d 2c 22 6e 75 6d 62 65 72 73 22 3a
    5b 33 33 33 33 33 33 33 33 33 2e 33 33 33 33 33 33 33 2c 31 65 2b 33 30 2c 34 2e 35 2c 30 2e 30 30 32 2c 31 65 2d 32 37
    5d 2c 22 73 74 72 69 6e 67 22 3a 22 e2 82 ac 24 5c 75 30 30 30 66 5c 6e 41 27 42 5c 22 5c 5c 5c 5c 5c 22 2f 22 7d`
  assert.equal(toHex(canonicalBytes(sample)), published.replace(/\s/g, ''))
})

test('names are sorted by UTF-16 code units as in section 3.2.3 of RFC 8785', () => {
  const sorted = canonicalText({
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  })
  assert.deepEqual(Object.values(JSON.parse(`[${sorted.slice(1, -1).replace(/"[^"]*":/g, '')}]`)), [
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ])
})

test('the canonical form reads back as the same value and is its own canonical form', () => {
  const json = fc.jsonValue({ maxDepth: 5, stringUnit: 'grapheme' })
  fc.assert(
    fc.property(json, (value) => {
      const text = canonicalText(value)
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)))
      assert.equal(canonicalText(JSON.parse(text)), text)
      assert.equal(new TextDecoder().decode(canonicalBytes(value)), text)
    }),
  )
})

test('what is not plain JSON is refused with its place', () => {
  const refused: [unknown, RegExp][] = [
    [Number.NaN, /NaN at \/$/],
    [{ a: [1, Number.POSITIVE_INFINITY] }, /Infinity at \/a\/1/],
    [{ a: undefined }, /undefined at \/a/],
    [[undefined], /undefined at \/0/],
    [new Array(1), /undefined at \/0/],
    [undefined, /undefined/],
    [['\ud83d'], /lone surrogate at \/0/],
    [{ '\ude00': 1 }, /lone surrogate in a name/],
    [{ when: new Date(0) }, /a Date at \/when/],
    [new Map([[1, 2]]), /a Map/],
    [{ values: new Float64Array(2) }, /a Float64Array at \/values/],
    [{ toJSON: () => 1 }, /no canonical form/],
    [1n, /a bigint/],
    [() => 1, /a function/],
    [Symbol.iterator, /a symbol/],
  ]
  for (const [value, message] of refused)
    assert.throws(
      () => canonicalText(value),
      (error) => error instanceof TypeError && message.test(error.message),
    )
})

test('nesting is limited, so that neither a cycle nor a hostile body exhausts the stack', () => {
  const nested = (levels: number) => JSON.parse('['.repeat(levels) + ']'.repeat(levels))
  assert.equal(canonicalText(nested(deepestNesting)).length, 2 * deepestNesting)
  assert.throws(() => canonicalText(nested(deepestNesting + 1)), /nesting/)
  assert.throws(() => canonicalText(nested(100_000)), /nesting/)
  const cycle: unknown[] = []
  cycle.push(cycle)
  assert.throws(() => canonicalText(cycle), /nesting/)
})
