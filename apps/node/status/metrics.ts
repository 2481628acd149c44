/** Figures for a monitoring system, in OpenMetrics. */
import { readFigures, readRefusals } from '@lanmei/store/status'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Context } from '../context.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Alarms } from './alarms.ts'
import type { Watch } from './watch.ts'

export type Metrics = {
  readonly contentType: string
  onAnswer(route: string, method: string, status: number, seconds: number): void
  /** Rows taken in or refused by a door that keeps no load. */
  onRows(outcome: string, rows: number): void
  onRefused(code: string, rows: number): void
  text(sources: { context: Context; jobs?: Jobs; alarms: Alarms; watch: Watch }): Promise<string>
  close(): void
}

export function newMetrics(): Metrics {
  const registry = new Registry()
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE as never)
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'lanmei_http_requests',
    help: 'Answers by route, method and status',
    labelNames: ['route', 'method', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'lanmei_http_request_seconds',
    help: 'Time from request to the end of the answer',
    labelNames: ['route'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const rows = new Counter({
    name: 'lanmei_api_rows',
    help: 'Rows of POST /api/observations by outcome',
    labelNames: ['outcome'],
    registers,
  })
  const refused = new Counter({
    name: 'lanmei_api_refused_rows',
    help: 'Refused rows of POST /api/observations by code',
    labelNames: ['code'],
    registers,
  })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name, help, labelNames, registers })
  const stored = gauge('lanmei_observations', 'Values kept')
  const revisions = gauge('lanmei_revisions', 'Values that were revised')
  const series = gauge('lanmei_series', 'Series with values')
  const entries = gauge('lanmei_journal_entries', 'Entries of the journal')
  const databaseBytes = gauge('lanmei_database_bytes', 'Size of the database')
  const loadRefused = gauge('lanmei_load_refused_rows', 'Values refused by loads, by code', ['code'])
  const jobCount = gauge('lanmei_jobs', 'Work by queue and state', ['queue', 'state'])
  const pool = gauge('lanmei_pool_connections', 'Connections to the database by state', ['state'])
  const diskFree = gauge('lanmei_disk_free_bytes', 'Free space of the data folder')
  const alarmsNow = gauge('lanmei_alarms', 'Alarms now, by code', ['code'])
  const silent = gauge('lanmei_silent_series', 'Series silent for three of their intervals')
  const commit = gauge('lanmei_commit_seconds', 'Time of the last probe of a durable write')
  return {
    contentType: registry.contentType,
    onAnswer(route, method, status, took) {
      requests.inc({ route, method, status })
      seconds.observe({ route }, took)
    },
    onRows: (outcome, count) => rows.inc({ outcome }, count),
    onRefused: (code, count) => refused.inc({ code }, count),
    async text({ context, jobs, alarms, watch }) {
      const { pool: connections } = context.store
      pool.set({ state: 'idle' }, connections.idleCount)
      pool.set({ state: 'busy' }, connections.totalCount - connections.idleCount)
      pool.set({ state: 'waited-for' }, connections.waitingCount)
      diskFree.set(context.disk.state().freeBytes)
      silent.set(watch.silent().length)
      commit.set(watch.commitMs() / 1000)
      alarmsNow.reset()
      for (const { code } of alarms.list()) alarmsNow.inc({ code })
      const figures = await readFigures(connections)
      stored.set(figures.observations)
      revisions.set(figures.revisions)
      series.set(figures.series)
      entries.set(figures.journalSize)
      databaseBytes.set(figures.databaseBytes)
      for (const { code, refused: count } of await readRefusals(connections)) loadRefused.set({ code }, count)
      jobCount.reset()
      for (const [queue, { waiting, active }] of Object.entries((await jobs?.counts()) ?? {})) {
        jobCount.set({ queue, state: 'waiting' }, waiting)
        jobCount.set({ queue, state: 'active' }, active)
      }
      return registry.metrics()
    },
    close: () => registry.clear(),
  }
}
