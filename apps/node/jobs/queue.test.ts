/** The queues: work runs, is tried again after a failure, follows growth of the journal once, and never twice at a time where it says so. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { writeRecords } from '../records/write.ts'
import { newNode } from '../testing/running-node.ts'
import type { Job } from './queue.ts'

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('work runs with its data, fails, and is tried again', { timeout: 60_000 }, async () => {
  const seen: unknown[] = []
  const failing: Job = {
    queue: 'failing',
    async run(data) {
      seen.push(data.n)
      if (seen.length === 1) throw new Error('the first time')
    },
  }
  let atStart = 0
  const first: Job = {
    queue: 'first',
    atStart: true,
    async run() {
      atStart++
    },
  }
  const node = await newNode({}, { jobs: [failing, first] })
  await node.jobs.send('failing', { n: 7 })
  await until(() => seen.length === 2 && atStart === 1)
  assert.deepEqual(seen, [7, 7])
  assert.ok(node.logged.some(({ queue }) => queue === 'failing'))
  await node.stop()
})

test('work that follows growth comes once for many entries, and never two at a time', {
  timeout: 60_000,
}, async () => {
  let running = 0
  let most = 0
  let runs = 0
  const follower: Job = {
    queue: 'follower',
    oneAtATime: true,
    atOnce: 3,
    afterGrowthSeconds: 1,
    async run() {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 300))
      running--
      runs++
    },
  }
  const node = await newNode({}, { jobs: [follower] })
  const fields = { party: 'la', name: { en: 'X' }, category: 'other' }
  for (let i = 0; i < 20; i++)
    await writeRecords(node.context, 'test', [
      { kind: 'organisation', id: `o-${i}`, owner: node.context.journal.node, fields },
    ])
  for (let i = 0; i < 5; i++) await node.jobs.send('follower', {})
  await until(() => runs > 0 && running === 0)
  assert.equal(most, 1)
  assert.ok(runs <= 3, `${runs} runs for 20 entries`)
  await node.stop()
})

test('the node stops while work is under way, which is told to end', { timeout: 60_000 }, async () => {
  let told = false
  const long: Job = {
    queue: 'long',
    run: (_data, { signal }) =>
      new Promise((resolve) => {
        started = true
        signal.addEventListener('abort', () => {
          told = true
          resolve()
        })
      }),
  }
  let started = false
  const node = await newNode({}, { jobs: [long] })
  await node.jobs.send('long', {})
  await until(() => started)
  await node.stop()
  assert.equal(told, true)
})
