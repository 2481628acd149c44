/** What everything that runs works with: settings, store, keys, journal, areas, log. Opened the same way by server, worker and command line. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fromBase64url, toHex } from '@lanmei/exchange/byte-text'
import type { JournalKey } from '@lanmei/exchange/keys'
import { problem } from '@lanmei/model/problem'
import { openStore, type Store } from '@lanmei/store/connect'
import { type Cluster, openCluster } from '@lanmei/store/embedded/cluster'
import { readHouse } from '@lanmei/store/house'
import { migrateStore } from '@lanmei/store/migrate'
import { type Logger, pino } from 'pino'
import { type Areas, readAreas } from './areas.ts'
import type { Config } from './config.ts'
import { type Growth, watchGrowth } from './growth.ts'
import { type Journal, openJournal } from './journal/journal.ts'
import { openSigningKey, type SigningKey } from './journal/signing-key.ts'
import { type DiskWatch, watchDisk } from './status/disk.ts'

export type Purpose = 'server' | 'worker' | 'command'

export type Context = {
  /** With the node's name filled in. */
  readonly config: Config
  readonly store: Store
  readonly log: Logger
  readonly journal: Journal
  /** Public keys of the journal with their dates, oldest first. */
  readonly keys: readonly JournalKey[]
  readonly areas: Areas
  /** Says when the journal has grown, in whatever process. Silent for the purpose `command`. */
  readonly growth: Growth
  /** Free space of the data folder: `disk.checkTakingIn()` before a batch is taken in. */
  readonly disk: DiskWatch
  readonly startedAt: number
  /** The party this node speaks for: what the set-up said, else the settings. */
  party(): string
  /** Called by the set-up. */
  changeParty(party: string): void
  close(): Promise<void>
}

const connections: Record<Purpose, number> = { server: 12, worker: 6, command: 4 }

/**
 * Opens everything, in order: database, tables, keys, journal. What was opened is closed again when a later step fails.
 * @throws store-unreachable, store-newer, key-missing, setting-invalid
 */
export async function openContext(
  config: Config,
  { purpose, log = newLog(config) }: { purpose: Purpose; log?: Logger },
): Promise<Context> {
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const closers: (() => Promise<void>)[] = []
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse())
      await close().catch((error) => log.warn({ err: error }, 'Something did not close properly'))
  }
  try {
    let cluster: Cluster | undefined
    if (!config.databaseUrl) {
      cluster = await openCluster({
        folder: join(config.data, 'database'),
        log: (sentence) => log.info(sentence),
      })
      closers.push(cluster.close)
    }
    const url = config.databaseUrl ?? cluster?.socketUrl ?? (cluster as Cluster).url
    const store = await openStore(url, {
      connections: connections[purpose],
      applicationName: `lanmei ${purpose}`,
    })
    closers.push(store.close)
    const migrations = await migrateStore(store)
    if (migrations.length) log.info({ migrations }, 'The tables were brought forward')

    const signing = await openSigningKey(join(config.data, 'keys'), Date.now(), config.keyPassphrase)
    const nodeId = await nameOf(store, config, signing)
    const journal = await openJournal(store, signing, nodeId)
    const growth = await watchGrowth(url, log, purpose !== 'command')
    closers.push(growth.close)
    let party = ((await readHouse(store.pool, 'party')) as string | undefined) ?? config.party
    let closed: Promise<void> | undefined
    return {
      config: { ...config, nodeId },
      store,
      log,
      journal,
      keys: signing.history,
      areas: readAreas(),
      growth,
      disk: watchDisk(config.data, config.diskMinimumFreeMb),
      startedAt: Date.now(),
      party: () => party,
      changeParty: (other) => {
        party = other
      },
      close: () => (closed ??= closeAll()),
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** The name in the journal's head once there is one; before that the settings', else one made from the key. */
async function nameOf(store: Store, config: Config, signing: SigningKey): Promise<string> {
  const { rows } = await store.pool.query('SELECT node FROM journal_head')
  const kept: string | undefined = rows[0]?.node
  if (kept === undefined) return config.nodeId || `node-${fingerprintOf(signing)}`
  // LANMEI_PARTY alone does not rename: the set-up or a later start may say another party than the first.
  if (config.nodeId && config.nodeId !== kept && config.nodeId !== `${config.party}-node`)
    throw problem('setting-invalid', {
      name: 'LANMEI_NODE',
      read: config.nodeId,
      expected: `${kept}, the name its journal was begun with`,
    })
  return kept
}

/** First 8 hexadecimal digits of the node's first public key. */
function fingerprintOf({ history }: SigningKey): string {
  return toHex(fromBase64url(history[0].publicKey.x, 32) as Uint8Array).slice(0, 8)
}

/** The structured log, on standard output. */
export function newLog(config: Pick<Config, 'logLevel'>): Logger {
  return pino({
    level: config.logLevel,
    base: undefined,
    redact: [
      'req.headers.cookie',
      'req.headers.authorization',
      'req.headers["x-api-key"]',
      'password',
      '*.password',
      'key',
      'code',
    ],
  })
}
