/** `rebuild`: makes the tables anew from the journal, in one transaction while nobody writes; then proves them. */
import type { Store } from '@lanmei/store/connect'
import { transaction } from '@lanmei/store/connect'
import { encodeRows } from '@lanmei/store/copy-form'
import { copySeriesIn, emptyProjections, insertKeys } from '@lanmei/store/rebuild'
import { insertVersions, type VersionRow } from '@lanmei/store/records'
import { writeStates } from '@lanmei/store/series-state'
import type { SeriesTable } from '@lanmei/store/verify-read'
import type { PoolClient } from 'pg'
import type { Journal } from '../journal/journal.ts'
import { versionRow } from '../records/write.ts'
import { openRecord } from './body.ts'
import { Difference } from './difference.ts'
import type { SeriesFold } from './fold.ts'
import { proveJournal } from './journal-proof.ts'
import { foldSeries } from './read-series.ts'
import { flagRows, observationRows, stateOf, supersededRows, type TableRows } from './series-tables.ts'
import { type OnProof, type VerifyResult, verifyStore } from './verify.ts'

/**
 * Rebuilds and verifies. A journal that does not prove itself is left alone, and so are the tables: then the result holds the
 * difference. An interruption at any point leaves the old tables.
 */
export async function rebuildStore(
  { store, journal }: { store: Store; journal: Journal },
  onProgress: OnProof = () => {},
): Promise<VerifyResult> {
  try {
    await transaction(store, async (client) => {
      await journal.lock(client)
      await emptyProjections(client)
      await writeTables(client, journal, onProgress)
    })
  } catch (error) {
    if (!(error instanceof Difference)) throw error
    const difference = { kind: error.kind, place: error.place, sentence: error.message }
    const none = { entries: 0, checkpoints: 0, records: 0, series: 0, values: 0, revisions: 0, judgements: 0 }
    return { ok: false, ...none, difference }
  }
  return verifyStore({ store, keys: journal.keys }, onProgress)
}

const versionsAtOnce = 500

async function writeTables(client: PoolClient, journal: Journal, onProgress: OnProof): Promise<void> {
  let versions: VersionRow[] = []
  let records = 0
  const facts = await proveJournal(
    client,
    journal.keys,
    async (row) => {
      versions.push(versionRow(openRecord(row), row.seq, row.at, row.audience))
      records++
      if (versions.length < versionsAtOnce) return
      await insertVersions(client, versions)
      versions = []
    },
    (done, total) => onProgress({ phase: 'journal', done, total }),
  )
  await insertVersions(client, versions)
  await insertKeys(client, facts.series)
  const total = facts.entries - records
  let done = 0
  for (const [index, series] of facts.series.entries()) {
    const fold = await foldSeries(client, series, async (count) => {
      done += count
      await onProgress({ phase: 'tables', done, total })
    })
    await writeSeries(client, index + 1, fold)
  }
}

async function writeSeries(client: PoolClient, key: number, fold: SeriesFold): Promise<void> {
  await write(client, 'observation', observationRows(fold, key))
  if (fold.superseded.length) await write(client, 'observation_superseded', [supersededRows(fold, key)])
  if (fold.flags.length) await write(client, 'observation_flag', [flagRows(fold, key)])
  await writeStates(client, [stateOf(fold, key)])
}

async function write(client: PoolClient, table: SeriesTable, rows: Iterable<TableRows>): Promise<void> {
  await copySeriesIn(client, table, encoded(rows))
}

function* encoded(rows: Iterable<TableRows>): Generator<Buffer> {
  for (const { columns, count } of rows) yield* encodeRows(columns, count)
}
