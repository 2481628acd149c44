/** The work `load`: runs a load whose row says what to read. */
import { findInterrupted, readLoad, unfinishedLoads } from '@lanmei/store/loads'
import type { Context } from '../context.ts'
import { fileSource } from '../take-in/sources.ts'
import type { Job, Jobs } from './queue.ts'
import { runTrackedLoad } from './tracked-load.ts'

/** What the row of a load from an upload keeps. */
export type LoadRequest = {
  path: string
  /** Name with folders, which can carry meaning. */
  name: string
  format?: string
  profile?: Record<string, unknown>
  createStations?: boolean
  reason?: string
}

const diskPatienceSeconds = 300

export function loadJob(context: Context): Job {
  return {
    queue: 'load',
    async run(data, { signal, again }) {
      const row = await readLoad(context.store.pool, Number(data.load))
      if (!row || row.state === 'done' || row.state === 'failed') return
      const { path, name, format, profile, createStations, reason } = row.request as LoadRequest
      const ended = await runTrackedLoad(context, {
        id: row.id,
        sources: [fileSource(path, name)],
        author: row.author,
        options: { format, profile, createStations, reason, stationTable: format === 'station-table' },
        shouldStop: () => signal.aborted,
      })
      // Stopped with the process: thrown, so that the next process takes it up.
      if (signal.aborted && ended?.state === 'interrupted')
        throw new Error('interrupted by the end of the process')
      if (ended?.state === 'interrupted') await again(diskPatienceSeconds)
    },
  }
}

/** At the start: queues uploads again that were to be loaded when a process died. One that another process holds is left to it. */
export async function resumeLoads({ store, log }: Context, jobs: Jobs): Promise<void> {
  await findInterrupted(store.pool)
  for (const load of await unfinishedLoads(store.pool, 'upload')) {
    log.info({ load }, 'A load goes on')
    await jobs.send('load', { load })
  }
}
