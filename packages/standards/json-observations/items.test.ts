/** Items of lists, parted from a stream, against JSON.parse of the whole. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Item, ItemScanner, longestItemBytes } from './items.ts'

function scan(text: string | Uint8Array, size = 3) {
  const scanner = new ItemScanner()
  const bytes = Buffer.from(text as string)
  const items: Item[] = []
  for (let at = 0; at < bytes.length; at += size) items.push(...scanner.push(bytes.subarray(at, at + size)))
  items.push(...scanner.end())
  const texts = items.map(({ list, place, text: own, tooLong }) => [
    list,
    place,
    tooLong ? 'too long' : own.toString(),
  ])
  return { items: texts, fault: scanner.fault, found: scanner.found }
}

test('the items of both lists are those JSON.parse finds, whatever stands beside them and however the text is cut', () => {
  const value = fc.jsonValue({ maxDepth: 3 })
  const lists = fc.record({
    before: value,
    blocks: fc.array(value),
    'we"ird\\': value,
    observations: fc.array(value),
    after: value,
  })
  fc.assert(
    fc.property(lists, fc.constantFrom(0, 2), fc.integer({ min: 1, max: 9 }), (given, space, size) => {
      const { items, fault, found } = scan(JSON.stringify(given, null, space), size)
      assert.equal(fault, undefined)
      assert.equal(found, true)
      const of = (list: string) =>
        items.filter(([name]) => name === list).map(([, , text]) => JSON.parse(text as string))
      const plain = JSON.parse(JSON.stringify(given))
      assert.deepEqual(of('blocks'), plain.blocks)
      assert.deepEqual(of('observations'), plain.observations)
    }),
  )
})

test('a list by itself is one of observations', () => {
  assert.deepEqual(scan(' [ {"a":[1,"]"]} , 2 ] ').items, [
    ['observations', 0, '{"a":[1,"]"]} '],
    ['observations', 1, '2 '],
  ])
  assert.deepEqual(scan('[]'), { items: [], fault: undefined, found: true })
})

test('missing items are items of nothing; a cut off text keeps what came whole and says so', () => {
  assert.deepEqual(
    scan('[1,,2,]').items.map(([, , text]) => text),
    ['1', '', '2', ''],
  )
  const cut = scan('{"observations":[1,{"a":2')
  assert.deepEqual(
    cut.items.map(([, , text]) => text),
    ['1', '{"a":2'],
  )
  assert.match(cut.fault ?? '', /too early/)
})

test('text around the lists that cannot stand there is a fault, and no text makes it hang', () => {
  for (const text of [
    '[1}',
    '[1]]',
    '{"a":1]',
    '{a:1}',
    '{"a" 1}',
    'x',
    '{"observations":[1]}}',
    '[',
    '{"a":"',
    '}',
    '{"observations":[1}',
  ])
    assert.ok(scan(text).fault, text)
  const soup = fc
    .array(fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'observations', '"blocks":[', '1', ' '))
    .map((p) => p.join(''))
  fc.assert(
    fc.property(soup, (text) => {
      assert.deepEqual(scan(text, 1), scan(text, 100))
    }),
    { numRuns: 2000 },
  )
})

test('an item that is too long is let go and counted; the next is read', () => {
  const { items } = scan(`[1,"${'x'.repeat(longestItemBytes)}",2]`, 1 << 16)
  assert.deepEqual(
    items.map(([, , text]) => text),
    ['1', 'too long', '2'],
  )
})
