/** Flags a source gives apart from its values: taken once, and never over an officer's word. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newNode } from '../testing/running-node.ts'
import { storeParts } from './batch.ts'
import { storeFlagging } from './flagging.ts'
import { storeSourceFlags } from './source-flags.ts'
import { sameUnit } from './vocabulary.ts'

const times = Float64Array.of(1e12, 1e12 + 1000, 1e12 + 2000)
const target = { series: 'A.level.manual', audience: 'public' as const, rules: [], conversion: sameUnit }
const given = { times: Float64Array.of(...times, 5), flags: Uint8Array.of(8, 8, 8, 8) }

test('a list of estimated days is taken once; a day without a value is told, an officer is not overruled', async () => {
  const { context } = await newNode()
  const part = {
    series: target.series,
    audience: target.audience,
    rules: [],
    times,
    values: Float64Array.of(1, 2, 3),
  }
  await storeParts(context, { author: 'test' }, [part])
  const judged = { times: times.slice(1, 2), flags: Uint8Array.of(1), rule: Uint8Array.of(0) }
  await storeFlagging(
    context,
    { series: target.series, author: 'role:x#p-1', rules: ['officer'], ...judged },
    'public',
  )
  assert.deepEqual(await storeSourceFlags(context, target, given, 'list.csv'), { set: 2, without: 1 })
  assert.deepEqual(await storeSourceFlags(context, target, given, 'list.csv'), { set: 0, without: 1 })
  const { rows } = await context.store.pool.query('SELECT flag FROM observation ORDER BY time')
  assert.deepEqual(
    rows.map(({ flag }) => flag),
    [8, 1, 8],
  )
})
