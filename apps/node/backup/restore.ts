/** `lanmei restore`: a node out of a backup, in one transaction; then the proof of all of it. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from '@lanmei/model/problem'
import {
  continueSequences,
  copyTableIn,
  isEmptyNode,
  knowsMigrations,
  makeTablesAnew,
} from '@lanmei/store/backup'
import { openStore, type Store, transaction } from '@lanmei/store/connect'
import { openCluster } from '@lanmei/store/embedded/cluster'
import { migrateStore } from '@lanmei/store/migrate'
import { copyIn } from '@lanmei/store/rebuild'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { openContext } from '../context.ts'
import type { VerifyResult } from '../proof/verify.ts'
import { runningServers } from '../work/facts.ts'
import type { Desk } from '../work/messages.ts'
import { verify } from '../work/proof.ts'
import { Stopped } from '../work/stopped.ts'
import { checkArchive } from './check.ts'
import type { BackupHead } from './manifest.ts'

export type RestoreRequest = { path: string; replace?: boolean }

/**
 * Restores and verifies.
 * @throws path-missing, backup-invalid, store-newer, conflict (the node runs, or holds something and `replace` is not asked)
 */
export async function restore(
  config: Config,
  log: Logger,
  { path, replace = false }: RestoreRequest,
  desk: Desk,
): Promise<VerifyResult & { node: string }> {
  if (!existsSync(path)) throw problem('path-missing', { path })
  // Read through once before anything is touched: a torn file must not cost the node that is there.
  const head = await checkArchive(path)
  if (!knowsMigrations(head.migrations)) throw problem('store-newer', { migration: head.migrations.at(-1) })
  mkdirSync(config.data, { recursive: true, mode: 0o700 })
  const { store, close } = await openOnlyStore(config, log)
  try {
    if ((await runningServers({ store })) > 0)
      throw problem('conflict', { reason: 'The node is running.', fix: 'Stop it first.' })
    await migrateStore(store)
    if (!replace && !(await isEmptyNode(store.pool)))
      throw problem('conflict', {
        reason: 'The node is not empty.',
        fix: 'Use --replace to throw away what it holds.',
      })
    await replaceAll(store, config, path, head, desk)
    await migrateStore(store)
  } finally {
    await close()
  }
  // What the environment calls the node holds for new ones; this one has its name in its journal.
  const context = await openContext({ ...config, nodeId: head.node }, { purpose: 'command', log })
  try {
    return { ...(await verify(context, undefined, desk)), node: context.journal.node }
  } finally {
    await context.close()
  }
}

async function openOnlyStore(config: Config, log: Logger): Promise<{ store: Store; close(): Promise<void> }> {
  if (config.databaseUrl) {
    const store = await openStore(config.databaseUrl, { connections: 3, applicationName: 'lanmei restore' })
    return { store, close: store.close }
  }
  const cluster = await openCluster({
    folder: join(config.data, 'database'),
    log: (sentence) => log.info(sentence),
  })
  const store = await openStore(cluster.socketUrl ?? cluster.url, {
    connections: 3,
    applicationName: 'lanmei restore',
  })
  return {
    store,
    close: async () => {
      await store.close()
      await cluster.close()
    },
  }
}

async function replaceAll(
  store: Store,
  config: Config,
  path: string,
  { tables, migrations }: BackupHead,
  desk: Desk,
): Promise<void> {
  const draft = join(config.data, 'keys.restored')
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { mode: 0o700 })
  await transaction(store, async (client) => {
    await makeTablesAnew(client, migrations)
    let done = 0
    await checkArchive(path, {
      keyFile: (name, bytes) => writeDurably(join(draft, name), bytes),
      async table(name, parts) {
        if (desk.stopped()) throw new Stopped()
        const shape = tables.find((table) => table.name === name)
        if (!shape)
          throw problem('backup-invalid', {
            reason: `it holds the table ${name}, which its head does not name`,
          })
        desk.tell({ type: 'progress', label: name, done: done++, total: tables.length, unit: 'rows' })
        await copyIn(client, copyTableIn(shape), parts)
      },
    })
    await continueSequences(client)
  })
  // The tables are in; the keys go beside them. Interrupted here, restoring again with --replace mends it.
  const keys = join(config.data, 'keys')
  if (existsSync(keys)) renameSync(keys, `${keys}.before-${new Date().toISOString().replaceAll(/[:.]/g, '')}`)
  renameSync(draft, keys)
}

function writeDurably(file: string, bytes: Buffer): void {
  const handle = openSync(file, 'w', 0o600)
  try {
    writeSync(handle, bytes)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
