/** Work that is done beside the requests: queues in the database, so that any process may take it and none is lost. */
import { PgBoss } from 'pg-boss'
import type { Context } from '../context.ts'

/** A kind of work. `run` may be called again with the same data after a crash; it must end soon once `signal` is aborted. */
export type Job = {
  queue: string
  /** At most so many at once in this process. */
  atOnce?: number
  /** Cron line (UTC) for work that comes by itself. */
  schedule?: string
  run(data: Record<string, unknown>, work: { signal: AbortSignal; again: Again }): Promise<void>
}
/** Puts the same work back, to be tried later. */
export type Again = (afterSeconds: number) => Promise<void>

export type Jobs = {
  /** Queues work. With `once`, work of this name that waits already is not queued a second time. */
  send(
    queue: string,
    data: Record<string, unknown>,
    options?: { afterSeconds?: number; once?: string },
  ): Promise<void>
  /** Waiting and running work by queue. */
  counts(): Promise<Record<string, { waiting: number; active: number }>>
  close(): Promise<void>
}

const heartbeatSeconds = 30
const stopWithinMs = 8000

/** Opens the queues; with `work` false work can be sent but is left to other processes. */
export async function openJobs(context: Context, jobs: readonly Job[], work: boolean): Promise<Jobs> {
  const { log, store } = context
  const boss = new PgBoss({
    connectionString: store.url,
    schema: 'jobs',
    application_name: 'lanmei jobs',
    max: 4,
    supervise: work,
    schedule: work,
    monitorIntervalSeconds: heartbeatSeconds,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'The job queue met an error'))
  await boss.start()
  const stopping = new AbortController()
  for (const { queue, atOnce = 1, schedule, run } of jobs) {
    if (!(await boss.getQueue(queue)))
      await boss.createQueue(queue, {
        expireInSeconds: 23 * 3600,
        heartbeatSeconds,
        retryLimit: 5,
        retryDelay: 5,
        retryBackoff: true,
        deleteAfterSeconds: 7 * 86_400,
      })
    if (!work) continue
    if (schedule) await boss.schedule(queue, schedule)
    await boss.work<Record<string, unknown>>(
      queue,
      { batchSize: 1, localConcurrency: atOnce, pollingIntervalSeconds: 1 },
      async ([job]) => {
        const again: Again = async (afterSeconds) => {
          await boss.send(queue, job.data, { startAfter: afterSeconds })
        }
        await run(job.data ?? {}, { signal: AbortSignal.any([stopping.signal, job.signal]), again }).catch(
          (error) => {
            log.error({ err: error, queue, job: job.id }, 'Work from the queue failed')
            throw error
          },
        )
      },
    )
  }
  return {
    async send(queue, data, { afterSeconds = 0, once } = {}) {
      await boss.send(queue, data, { startAfter: afterSeconds, ...(once ? { singletonKey: once } : {}) })
    },
    async counts() {
      const { rows } = await store.pool.query(
        `SELECT name, count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting,
           count(*) FILTER (WHERE state = 'active')::int AS active
         FROM jobs.job WHERE state IN ('created', 'retry', 'active') GROUP BY name`,
      )
      return Object.fromEntries(rows.map((row) => [row.name, { waiting: row.waiting, active: row.active }]))
    },
    async close() {
      stopping.abort()
      await boss.stop({ graceful: true, timeout: stopWithinMs })
    },
  }
}
