/** `lanmei keys`, `lanmei node`, `lanmei status`: facts to look at. */
import { originOf } from '@lanmei/exchange/entry'
import { publicKeyFrom } from '@lanmei/exchange/keys'
import { formatVkey } from '@lanmei/exchange/note'
import { readHouse } from '@lanmei/store/house'
import { listLoads } from '@lanmei/store/loads'
import { readFigures } from '@lanmei/store/status'
import type { Context } from '../context.ts'
import { programVersion } from '../version.ts'

/** Public keys, oldest first, also as the text that verifiers of signed notes take. */
export function keys({ journal }: Context): object {
  const origin = originOf(journal.node)
  return {
    origin,
    keys: journal.keys.map((key) => {
      const bytes = publicKeyFrom(key.publicKey)
      return { ...key, ...(bytes.ok ? { vkey: formatVkey({ name: origin, publicKey: bytes.value }) } : {}) }
    }),
  }
}

export async function node(context: Context): Promise<object> {
  const figures = await readFigures(context.store.pool)
  return {
    address: context.config.publicUrl,
    node: context.journal.node,
    party: context.party(),
    entries: figures.journalSize,
    root: figures.journalRoot?.toString('base64') ?? null,
    key: context.keys.at(-1)?.kid ?? null,
    data: context.config.data,
    version: programVersion,
  }
}

export async function status(context: Context): Promise<object> {
  const { pool } = context.store
  const [figures, backup, loads, servers] = await Promise.all([
    readFigures(pool),
    readHouse(pool, 'backup'),
    listLoads(pool, undefined, 1),
    runningServers(context),
  ])
  const disk = context.disk.state()
  const last = loads[0]
  return {
    node: context.journal.node,
    running: servers > 0,
    entries: figures.journalSize,
    observations: figures.observations,
    revisions: figures.revisions,
    series: figures.series,
    stations: figures.stations,
    databaseBytes: figures.databaseBytes,
    freeBytes: disk.freeBytes,
    takingIn: disk.takingIn,
    lastEntry: figures.journalAt?.toISOString() ?? null,
    lastLoad: last
      ? { name: last.name, door: last.door, state: last.state, at: last.endedAt ?? last.startedAt }
      : null,
    lastBackup: backup ?? null,
  }
}

/** Connections of running nodes to this database; the one that hears of the journal's growth is never closed for being idle. */
export async function runningServers({ store }: Pick<Context, 'store'>): Promise<number> {
  const { rows } = await store.pool.query(
    `SELECT count(*) AS servers FROM pg_stat_activity
     WHERE datname = current_database() AND application_name IN ('lanmei server', 'lanmei worker', 'lanmei growth', 'lanmei jobs')`,
  )
  return rows[0].servers
}
