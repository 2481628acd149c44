/** `verify`: proves the whole store from the first entry, in one snapshot, with the memory of one series. */
import type { JournalKey } from '@lanmei/exchange/keys'
import type { Queryable, Store } from '@lanmei/store/connect'
import {
  beginSnapshot,
  findOrphan,
  findSplitMillisecond,
  rowsOf,
  seriesKeysInOrder,
} from '@lanmei/store/verify-read'
import { Difference } from './difference.ts'
import { type JournalFacts, proveJournal } from './journal-proof.ts'
import { foldSeries } from './read-series.ts'
import { recordProof } from './record-proof.ts'
import { proveSeries } from './series-proof.ts'

/** What was proved, counted; or the first difference. */
export type VerifyResult = {
  ok: boolean
  entries: number
  checkpoints: number
  records: number
  series: number
  values: number
  revisions: number
  judgements: number
  difference?: { kind: string; place: string; sentence: string }
}
export type ProofProgress = { phase: 'journal' | 'tables'; done: number; total: number }
export type OnProof = (progress: ProofProgress) => Promise<void> | void

/** Proves journal and tables. A difference is a result; only a fault of ours (the database is gone) is thrown. */
export async function verifyStore(
  { store, keys }: { store: Store; keys: JournalKey[] },
  onProgress: OnProof = () => {},
): Promise<VerifyResult> {
  const result: VerifyResult = {
    ok: false,
    entries: 0,
    checkpoints: 0,
    records: 0,
    series: 0,
    values: 0,
    revisions: 0,
    judgements: 0,
  }
  const client = await store.pool.connect()
  try {
    await beginSnapshot(client)
    const records = recordProof(client)
    const facts = await proveJournal(client, keys, records.entry, (done, total) =>
      onProgress({ phase: 'journal', done, total }),
    )
    result.entries = facts.entries
    result.checkpoints = facts.checkpoints
    result.records = await records.end()
    await proveKeys(client, facts)
    const total = facts.entries - result.records
    let done = 0
    for (const [index, series] of facts.series.entries()) {
      const fold = await foldSeries(client, series, async (count) => {
        done += count
        await onProgress({ phase: 'tables', done, total })
      })
      await proveSeries(client, series, index + 1, fold)
      result.series++
      result.values += fold.rows.length
      result.revisions += fold.revisions
      result.judgements += fold.flags.length
    }
    await proveNothingElse(client)
    result.ok = true
  } catch (error) {
    if (!(error instanceof Difference)) throw error
    result.difference = { kind: error.kind, place: error.place, sentence: error.message }
  } finally {
    const lost = await client.query('ROLLBACK').then(
      () => undefined,
      (error) => error,
    )
    client.release(lost)
  }
  return result
}

/** Numbers of series follow from the journal: the order of their first blocks. */
async function proveKeys(db: Queryable, { series }: JournalFacts): Promise<void> {
  let n = 0
  for await (const { key, id } of rowsOf<{ key: number; id: string }>(db, 'proof_keys', seriesKeysInOrder)) {
    if (series[n] !== id || key !== n + 1)
      throw new Difference(
        'table',
        'series_key',
        `The table gives the number ${key} to ${id}; by the journal number ${n + 1} is ${series[n] ?? 'free'}.`,
      )
    n++
  }
  if (n < series.length)
    throw new Difference('table', 'series_key', `The table has no number for the series ${series[n]}.`)
}

async function proveNothingElse(db: Queryable): Promise<void> {
  const orphan = await findOrphan(db)
  if (orphan)
    throw new Difference(
      'table',
      orphan.table,
      `The table has rows of a series with the number ${orphan.series}, which the journal does not know.`,
    )
  const table = await findSplitMillisecond(db)
  if (table)
    throw new Difference(
      'table',
      table,
      'A time in the table has parts of a millisecond, which nothing here writes.',
    )
}
