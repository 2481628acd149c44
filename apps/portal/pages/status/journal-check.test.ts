/** The check of the journal in the browser: it holds for an honest node, and names the step where a dishonest one fails. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { toBase64, toHex } from '@lanmei/exchange/byte-text'
import { signCheckpoint } from '@lanmei/exchange/checkpoint'
import { entryLeafHash } from '@lanmei/exchange/entry'
import { rootOfLeaves } from '@lanmei/exchange/merkle'
import { consistencyProof } from '@lanmei/exchange/merkle-proof'
import {
  entries,
  firstKey,
  keys,
  node,
  origin,
  stranger,
  treeOf,
} from '@lanmei/exchange/vectors/small-journal'
import { type Asking, checkJournal, type Seen, type Step } from './journal-check.ts'

const time = '2026-01-01T00:00:05.000Z'
const rootAt = (size: number) => rootOfLeaves(entries.slice(0, size).map(entryLeafHash))
const noteOf = (size: number, signer = firstKey) =>
  signCheckpoint({ origin, size, root: rootAt(size), time }, [signer])

/** A node that serves the small journal; `lies` puts other answers in the place of its own. */
function asking(lies: Record<string, string> = {}): Asking {
  return async (path) => {
    const lie = lies[path.split('?')[0]]
    if (lie !== undefined) return lie
    if (path === '/journal/keys') return JSON.stringify({ node, origin, keys })
    if (path === '/journal/checkpoint') return noteOf(entries.length)
    if (path === '/journal/pages/0') return JSON.stringify({ node, page: 0, entries })
    const query = new URLSearchParams(path.split('?')[1])
    const [from, to] = [Number(query.get('from')), Number(query.get('to'))]
    const hashes = await consistencyProof(from, to, treeOf(entries.map(entryLeafHash)).read)
    return JSON.stringify({ from, to, hashes: hashes.map(toHex) })
  }
}

async function run(ask: Asking, seen?: Seen) {
  const last = new Map<string, Step>()
  const remember = await checkJournal(node, ask, seen, (step) => last.set(step.name, step))
  return { remember, states: [...last.values()].map(({ name, state, said }) => `${name} ${state} ${said}`) }
}

test('an honest journal holds, and its checkpoint is remembered', async () => {
  const { remember, states } = await run(asking())
  assert.deepEqual(states, [
    'keys ok keys-ok',
    'checkpoint ok checkpoint-ok',
    'tree ok tree-whole',
    'consistency ok consistency-first',
  ])
  assert.deepEqual(remember, { origin, size: entries.length, root: toBase64(rootAt(entries.length)) })
})

test('a journal that has grown since the last visit is proven to be the same one', async () => {
  const seen = { origin, size: 2, root: toBase64(rootAt(2)) }
  const { remember, states } = await run(asking(), seen)
  assert.equal(states.at(-1), 'consistency ok consistency-ok')
  assert.equal(remember?.size, entries.length)
})

test('a journal that changed its past is found out, and nothing new is remembered', async () => {
  const seen = { origin, size: 2, root: toBase64(rootAt(3)) }
  const { remember, states } = await run(asking(), seen)
  assert.equal(states.at(-1), 'consistency failed consistency-failed')
  assert.equal(remember, undefined)
})

test('a journal that became shorter is found out', async () => {
  const seen = { origin, size: 9, root: toBase64(rootAt(2)) }
  assert.equal((await run(asking(), seen)).states.at(-1), 'consistency failed consistency-failed')
})

test('a changed entry does not fit the signed root', async () => {
  const changed = entries.with(1, { ...entries[1], commitment: 'ab'.repeat(32) })
  const { states } = await run(
    asking({ '/journal/pages/0': JSON.stringify({ node, page: 0, entries: changed }) }),
  )
  assert.deepEqual(states.slice(2), ['tree failed tree-failed', 'consistency skipped skipped'])
})

test('a checkpoint signed by somebody else ends the check there', async () => {
  const { states } = await run(asking({ '/journal/checkpoint': noteOf(entries.length, stranger) }))
  assert.deepEqual(states, [
    'keys ok keys-ok',
    'checkpoint failed checkpoint-failed',
    'tree skipped skipped',
    'consistency skipped skipped',
  ])
})
