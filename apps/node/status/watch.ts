/** Looks at the node every half minute: silent series, disk, clock, slow commits, database. What is wrong becomes an alarm. */
import { setTimeout as sleep } from 'node:timers/promises'
import { transaction } from '@lanmei/store/connect'
import { writeHouse } from '@lanmei/store/house'
import { readSilent, type SilentRow } from '@lanmei/store/status'
import type { Context } from '../context.ts'
import type { Alarms } from './alarms.ts'
import type { Services } from './part-states.ts'

export type Watch = {
  silent(): readonly SilentRow[]
  /** How long the last probe of a durable write took. */
  commitMs(): number
  /** Looks once, now. */
  look(): Promise<void>
  close(): Promise<void>
}

const everyMs = 30_000
const slowCommitMs = 2000
/** A clock this far behind the journal is more than the difference between two machines' clocks. */
const clockToleranceMs = 2000
/** Silent for longer: the series has ended, which is no alarm. */
export const endedAfterDays = 90
export const mostSilent = 500

export function watchNode(context: Context, alarms: Alarms, services: Services): Watch {
  const { store, disk, log, journal } = context
  const closing = new AbortController()
  let silent: SilentRow[] = []
  let commitMs = 0

  const lookAtStore = async () => {
    const started = performance.now()
    await transaction(store, (client) => writeHouse(client, 'alive', new Date().toISOString()))
    commitMs = performance.now() - started
    alarms.set(commitMs > slowCommitMs, 'store-slow', 'warning', undefined, {
      commitMs: Math.round(commitMs),
    })
    silent = await readSilent(store.pool, endedAfterDays, mostSilent)
    alarms.set(silent.length > 0, 'series-silent', 'warning', undefined, { series: silent.length })
    const { rows } = await store.pool.query(
      'SELECT CASE WHEN isfinite(at) THEN extract(epoch FROM at) * 1000 ELSE 0 END::float8 AS at FROM journal_head',
    )
    const behindMs = Math.max(rows[0].at - Date.now(), journal.clockBehindMs())
    alarms.set(behindMs > clockToleranceMs, 'clock-behind', 'critical', undefined, {
      behindSeconds: Math.round(behindMs / 1000),
    })
    services.report('database', 'ok')
  }
  const look = async () => {
    const { takingIn, freeBytes } = disk.state()
    alarms.set(!takingIn, 'disk-nearly-full', 'critical', undefined, { freeBytes })
    await lookAtStore().catch((error) => {
      log.warn({ err: error }, 'The database does not answer')
      services.report('database', 'failed', 'does not answer')
    })
  }
  const running = (async () => {
    while (!closing.signal.aborted) {
      await look()
      await sleep(everyMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
    }
  })()
  return {
    silent: () => silent,
    commitMs: () => commitMs,
    look,
    async close() {
      closing.abort()
      await running
    },
  }
}
