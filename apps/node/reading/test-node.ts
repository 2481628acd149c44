/** For tests: a database of its own in a temporary folder, and a server with the doors asked for. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore, type Store } from '@lanmei/store/connect'
import { openCluster } from '@lanmei/store/embedded/cluster'
import { migrateStore } from '@lanmei/store/migrate'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { pino } from 'pino'
import { readAreas } from '../areas.ts'
import type { Context } from '../context.ts'
import { type Growth, watchGrowth } from '../growth.ts'
import { type Asker, type Binding, nobody } from '../http/bind.ts'
import { mount } from '../http/mount.ts'
import { newServer } from '../http/server.ts'
import { type Journal, openJournal } from '../journal/journal.ts'
import { openSigningKey } from '../journal/signing-key.ts'
import { type RecordWrite, writeRecords } from '../records/write.ts'

export type TestNode = {
  context: Context
  store: Store
  journal: Journal
  /** A server for these doors; requests with the header `x-as: officer` come from an officer. */
  serve(doors: (context: Context) => Binding[]): Promise<FastifyInstance>
  close(): Promise<void>
}

const officer: Asker = {
  kind: 'person',
  id: 'p-1',
  duty: 'officer',
  author: 'role:la-officer#p-1',
  roles: [{ id: 'la-officer', party: 'la', area: '*', duty: 'officer' }],
  secondFactorMissing: false,
}

export async function openTestNode(options: { connections?: number } = {}): Promise<TestNode> {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-reading-'))
  const cluster = await openCluster({ folder: join(folder, 'database') })
  const url = cluster.socketUrl ?? cluster.url
  const store = await openStore(url, { connections: options.connections ?? 8 })
  await migrateStore(store)
  const signing = await openSigningKey(join(folder, 'keys'), Date.UTC(2020, 0, 1))
  const journal = await openJournal(store, signing, 'la-test')
  const log = pino({ level: process.env.LANMEI_TEST_LOG ?? 'silent' })
  const growth: Growth = await watchGrowth(url, log, true)
  const config = { publicUrl: 'http://localhost:8080', readsPerMinute: 0, nodeId: 'la-test' }
  const context = {
    config,
    store,
    log,
    journal,
    keys: signing.history,
    areas: readAreas(),
    growth,
    startedAt: Date.now(),
    party: () => 'la',
  } as unknown as Context
  const servers: FastifyInstance[] = []
  return {
    context,
    store,
    journal,
    async serve(doors) {
      const server = await newServer({ config: config as Context['config'], log })
      const identify = async (request: FastifyRequest) =>
        request.headers['x-as'] === 'officer' ? officer : nobody
      mount(server, doors(context), { identify, tight: {}, checkTakingIn: () => {} })
      servers.push(server)
      return server
    },
    async close() {
      for (const server of servers) {
        // Connections that a client opened in advance never count as idle.
        server.server.closeAllConnections()
        await server.close()
      }
      await growth.close()
      await store.close()
      await cluster.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Writes a station and its series through the journal. */
export async function writeSeries(
  node: TestNode,
  id: string,
  fields: Record<string, unknown> = {},
  station: Record<string, unknown> = {},
): Promise<void> {
  const stationId = (fields.station as string | undefined) ?? 'LA_TEST'
  const items: RecordWrite[] = [
    {
      kind: 'station',
      id: stationId,
      owner: 'la',
      fields: {
        name: { en: 'Test' },
        party: 'la',
        stationType: 'river-gauge',
        timeZone: 'Asia/Vientiane',
        ...station,
      },
    },
    {
      kind: 'series',
      id,
      owner: 'la',
      fields: {
        station: stationId,
        property: 'water-level',
        unit: 'm',
        procedure: 'manual',
        aggregation: 'instantaneous',
        origin: 'observed',
        audience: 'public',
        ...fields,
      },
    },
  ]
  await writeRecords(node, 'test', items)
}
