/** As known at: random histories of blocks, revisions and judgements against a model that simply remembers everything. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openSnapshot } from '@lanmei/store/observations-read'
import fc from 'fast-check'
import { storeParts } from '../take-in/batch.ts'
import { storeFlagging } from '../take-in/flagging.ts'
import { openTestNode, type TestNode } from './test-node.ts'

let node: TestNode
before(async () => {
  node = await openTestNode()
})
after(() => node.close())

type Known = Map<number, { value: number; flag: number }>
const start = Date.UTC(2001, 0, 1)
const stamp = (slot: number) => start + slot * 3_600_000

const slots = fc.uniqueArray(fc.integer({ min: 0, max: 15 }), { minLength: 1, maxLength: 8 })
const block = fc.record({
  kind: fc.constant('block' as const),
  slots,
  value: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constant(Number.NaN)),
  sourceFlag: fc.constantFrom(0, 0, 3, 8),
})
const flagging = fc.record({
  kind: fc.constant('flagging' as const),
  slots,
  flag: fc.constantFrom(1, 3, 4, 8),
})

let run = 0

/** Does one thing to the store and to the model; nothing when nothing changes. */
async function apply(
  series: string,
  deed: typeof block extends fc.Arbitrary<infer B>
    ? B | (typeof flagging extends fc.Arbitrary<infer F> ? F : never)
    : never,
  model: Known,
): Promise<void> {
  const wanted = deed.slots.toSorted((a, b) => a - b)
  if (deed.kind === 'block') {
    const times = Float64Array.from(wanted, stamp)
    const values = new Float64Array(times.length).fill(deed.value)
    const flags = new Uint8Array(times.length).fill(deed.sourceFlag)
    await storeParts(node, { author: 'test' }, [
      { series, audience: 'public', rules: [], times, values, flags },
    ])
    return
  }
  const known = wanted.filter((slot) => model.has(stamp(slot)))
  if (!known.length) return
  const times = Float64Array.from(known, stamp)
  const judged = {
    series,
    author: 'test',
    rules: ['officer'],
    times,
    flags: new Uint8Array(times.length).fill(deed.flag),
    rule: new Uint8Array(times.length),
  }
  await storeFlagging(node, judged, 'public')
}

async function now(key: number, knownEntry?: number): Promise<Known> {
  const known: Known = new Map()
  const snapshot = await openSnapshot(node.store)
  for await (const { count, times, values, flags } of snapshot.rows({ key, knownEntry }))
    for (let i = 0; i < count; i++) known.set(times[i], { value: values[i], flag: flags[i] })
  await snapshot.close()
  return known
}

test('what was known at each entry is what was shown when it was the newest', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(block, flagging), { minLength: 1, maxLength: 12 }), async (deeds) => {
      const series = `history-${run++}`
      const remembered: { entry: number; shown: Known }[] = []
      let shown: Known = new Map()
      let key = -1
      for (const deed of deeds) {
        await apply(series, deed, shown)
        const { rows } = await node.store.pool.query('SELECT key FROM series_key WHERE id = $1', [series])
        key = rows[0]?.key ?? -1
        shown = await now(key)
        const size = (await node.store.pool.query('SELECT size FROM journal_head')).rows[0].size
        remembered.push({ entry: size - 1, shown })
      }
      for (const { entry, shown } of remembered) assert.deepEqual(await now(key, entry), shown)
      assert.deepEqual(await now(key, -1), new Map())
    }),
    { numRuns: 60 },
  )
})
