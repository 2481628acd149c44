/** Loads from the queue go on after the process that ran them died. */
import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { addLoad, endLoad, holdLoad, readLoad, releaseLoad } from '@lanmei/store/loads'
import { newNode } from '../testing/running-node.ts'
import { resumeLoads } from './load-job.ts'

const rows = Array.from(
  { length: 500 },
  (_, day) =>
    `CN_CHANGDU,water-level,${new Date(Date.UTC(2020, 0, 1 + day)).toISOString()},${3 + (day % 9) / 10},m`,
)
const table = ['station,property,time,value,unit', ...rows].join('\n')

test('a load that stood half done, and one that nobody had begun, are taken up', {
  timeout: 60_000,
}, async () => {
  const node = await newNode()
  const { context, jobs, folder } = node
  const { pool } = context.store
  mkdirSync(join(folder, 'files'))
  const path = join(folder, 'files', 'levels.csv')
  writeFileSync(path, table)
  const request = { path, name: 'levels.csv' }
  const load = { name: 'levels.csv', door: 'upload', author: 'key:x', bytes: table.length, request } as const
  const begun = await addLoad(pool, load)
  const waiting = await addLoad(pool, load)
  const held = await addLoad(pool, load)
  const finished = await addLoad(pool, load)
  await endLoad(pool, finished, 'failed', undefined, 'internal')

  // A process that died left its load as running, and nobody holds it; another one still lives.
  await pool.query("UPDATE load SET state = 'running' WHERE id = $1", [begun])
  const living = await pool.connect()
  assert.equal(await holdLoad(living, held), true)
  assert.equal(await holdLoad(pool, held), false)

  await resumeLoads(context, jobs)
  const stateOf = async (id: number) => (await readLoad(pool, id))?.state
  while ((await stateOf(begun)) !== 'done' || (await stateOf(waiting)) !== 'done')
    await new Promise((resolve) => setTimeout(resolve, 50))
  const counts = [await readLoad(pool, begun), await readLoad(pool, waiting)].map((row) => row?.counts)
  const sum = (field: 'stored' | 'unchanged') =>
    counts.reduce((total, count) => total + (count?.[field] ?? 0), 0)
  assert.deepEqual([sum('stored'), sum('unchanged')], [500, 500])
  assert.equal(await stateOf(held), 'running')
  assert.equal(await stateOf(finished), 'failed')
  await releaseLoad(living, held)
  living.release()
})
