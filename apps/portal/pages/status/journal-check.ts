/**
 * Checks the node's journal in the reader's browser, without believing the node: signature, keys, tree, and that the journal
 * is the one seen here before, grown longer. Pure but for the `ask` it is given.
 */
import { fromBase64, fromHex, sameBytes, toBase64 } from '@lanmei/exchange/byte-text'
import { type Checkpoint, openJournalCheckpoint } from '@lanmei/exchange/checkpoint'
import { entryLeafHash, originOf } from '@lanmei/exchange/entry'
import { checkJournalKey, type JournalKey } from '@lanmei/exchange/keys'
import { append, emptyFrontier, rootOf } from '@lanmei/exchange/merkle'
import { verifyConsistency, verifyInclusion } from '@lanmei/exchange/merkle-proof'
import { checkPage, pagePath, pagesIn } from '@lanmei/exchange/page'

export const stepNames = ['keys', 'checkpoint', 'tree', 'consistency'] as const
export type StepName = (typeof stepNames)[number]
export type Step = {
  name: StepName
  state: 'running' | 'ok' | 'failed' | 'skipped'
  /** Key of the sentence, `journal.<said>`, and its values. */
  said: string
  values?: Record<string, string | number>
}
/** What this browser saw last: origin, size and root of a checkpoint it had verified. */
export type Seen = { origin: string; size: number; root: string }
export type Asking = (path: string) => Promise<string>

/** Journals up to this many entries are hashed whole; of longer ones the newest page, proven against the root. */
export const wholeUpTo = 20_000

/** Runs the check; `tell` hears each step as it begins and ends. Gives what to remember, when everything held. */
export async function checkJournal(
  node: string,
  ask: Asking,
  seen: Seen | undefined,
  tell: (step: Step) => void,
): Promise<Seen | undefined> {
  const failed = (name: StepName, said: string, values: Step['values'] = {}) => {
    tell({ name, state: 'failed', said, values })
    for (const later of stepNames.slice(stepNames.indexOf(name) + 1))
      tell({ name: later, state: 'skipped', said: 'skipped' })
    return undefined
  }
  const origin = originOf(node)

  tell({ name: 'keys', state: 'running', said: 'keys-running' })
  const keys: JournalKey[] = []
  for (const item of (JSON.parse(await ask('/journal/keys')) as { keys: unknown[] }).keys) {
    const key = checkJournalKey(item)
    if (!key.ok) return failed('keys', 'keys-failed', { detail: key.detail })
    keys.push(key.value)
  }
  tell({ name: 'keys', state: 'ok', said: 'keys-ok', values: { count: keys.length } })

  tell({ name: 'checkpoint', state: 'running', said: 'checkpoint-running' })
  const opened = openJournalCheckpoint(await ask('/journal/checkpoint'), origin, keys)
  if (!opened.ok) return failed('checkpoint', 'checkpoint-failed', { detail: opened.detail })
  const checkpoint = opened.value
  tell({
    name: 'checkpoint',
    state: 'ok',
    said: 'checkpoint-ok',
    values: { size: checkpoint.size, time: Date.parse(checkpoint.time) },
  })

  tell({ name: 'tree', state: 'running', said: 'tree-running', values: { share: 0 } })
  const fault = await (checkpoint.size <= wholeUpTo ? wholeTree : newestPage)(node, ask, checkpoint, tell)
  if (fault) return failed('tree', 'tree-failed', { detail: fault })
  tell({
    name: 'tree',
    state: 'ok',
    said: checkpoint.size <= wholeUpTo ? 'tree-whole' : 'tree-part',
    values: { size: checkpoint.size },
  })

  tell({ name: 'consistency', state: 'running', said: 'consistency-running' })
  const now: Seen = { origin, size: checkpoint.size, root: toBase64(checkpoint.root) }
  if (!seen || seen.origin !== origin) {
    tell({ name: 'consistency', state: 'ok', said: 'consistency-first' })
    return now
  }
  const grown = await isGrown(ask, seen, checkpoint)
  if (!grown) return failed('consistency', 'consistency-failed', { size: seen.size })
  tell({ name: 'consistency', state: 'ok', said: 'consistency-ok', values: { size: seen.size } })
  return now
}

/** Hashes every entry and compares the root. Gives the fault, or undefined. */
async function wholeTree(
  node: string,
  ask: Asking,
  { size, root }: Checkpoint,
  tell: (step: Step) => void,
): Promise<string | undefined> {
  let frontier = emptyFrontier
  for (let number = 0; number < pagesIn(size); number++) {
    const page = checkPage(JSON.parse(await ask(pagePath(number))), node, number)
    if (!page.ok) return page.detail
    const leaves = page.value.entries.slice(0, size - frontier.size).map(entryLeafHash)
    frontier = append(frontier, leaves).frontier
    tell({ name: 'tree', state: 'running', said: 'tree-running', values: { share: frontier.size / size } })
  }
  if (frontier.size !== size) return `${frontier.size} of ${size} entries came`
  return sameBytes(rootOf(frontier), root) ? undefined : 'the entries give another root than the one signed'
}

/** Proves the last entry of the newest page against the root. Gives the fault, or undefined. */
async function newestPage(
  node: string,
  ask: Asking,
  { size, root }: Checkpoint,
): Promise<string | undefined> {
  const number = pagesIn(size) - 1
  const page = checkPage(JSON.parse(await ask(pagePath(number))), node, number)
  if (!page.ok) return page.detail
  const last = page.value.entries.find(({ seq }) => seq === size - 1)
  if (!last) return `entry ${size - 1} is not on its page`
  const proof = JSON.parse(await ask(`/journal/proof/inclusion?seq=${last.seq}&size=${size}`)) as {
    hashes: unknown[]
  }
  const hashes = proof.hashes.map((hash) => fromHex(hash, 32))
  if (hashes.includes(undefined)) return 'the proof is malformed'
  const holds = verifyInclusion({
    leafHash: entryLeafHash(last),
    seq: last.seq,
    size,
    proof: hashes as Uint8Array[],
    root,
  })
  return holds ? undefined : 'the newest entry is not in the signed tree'
}

async function isGrown(ask: Asking, seen: Seen, { size, root }: Checkpoint): Promise<boolean> {
  const fromRoot = fromBase64(seen.root, 32)
  if (!fromRoot || seen.size > size) return false
  const hashes: unknown[] =
    seen.size === size || seen.size === 0
      ? []
      : (
          JSON.parse(await ask(`/journal/proof/consistency?from=${seen.size}&to=${size}`)) as {
            hashes: unknown[]
          }
        ).hashes
  const proof = hashes.map((hash) => fromHex(hash, 32))
  if (proof.includes(undefined)) return false
  return verifyConsistency({
    from: seen.size,
    to: size,
    fromRoot,
    toRoot: root,
    proof: proof as Uint8Array[],
  })
}
