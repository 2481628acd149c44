/** Work that is done beside the requests: queues in the database, so that any process may take it and none is lost. */
import { PgBoss } from 'pg-boss'
import type { Context } from '../context.ts'

/** A kind of work. `run` may be called again with the same data after a crash; it must end soon once `signal` is aborted. */
export type Job = {
  queue: string
  /** At most so many at once in this process. */
  atOnce?: number
  /** Never two of it at once, in whatever process, and never two that wait. */
  oneAtATime?: boolean
  /** Cron line (UTC) for work that comes by itself. */
  schedule?: string
  /** Comes at the start. */
  atStart?: boolean
  /** Comes so long after the journal has grown; what grows meanwhile is the same work. */
  afterGrowthSeconds?: number
  run(data: Record<string, unknown>, work: { signal: AbortSignal; again: Again }): Promise<void>
}
/** Puts the same work back, to be tried later. */
export type Again = (afterSeconds: number) => Promise<void>

export type Jobs = {
  send(queue: string, data: Record<string, unknown>, options?: { afterSeconds?: number }): Promise<void>
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
  for (const { queue, atOnce = 1, oneAtATime, schedule, run } of jobs) {
    if (!(await boss.getQueue(queue)))
      await boss.createQueue(queue, {
        policy: oneAtATime ? 'stately' : 'standard',
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
  const send: Jobs['send'] = async (queue, data, { afterSeconds = 0 } = {}) => {
    await boss.send(queue, data, { startAfter: afterSeconds })
  }
  if (work) for (const { queue } of jobs.filter(({ atStart }) => atStart)) await send(queue, {})
  const off = work ? sendAfterGrowth(context, jobs, send) : () => {}
  return {
    send,
    async counts() {
      const { rows } = await store.pool.query(
        `SELECT name, count(*) FILTER (WHERE state IN ('created', 'retry'))::int AS waiting,
           count(*) FILTER (WHERE state = 'active')::int AS active
         FROM jobs.job WHERE state IN ('created', 'retry', 'active') GROUP BY name`,
      )
      return Object.fromEntries(rows.map((row) => [row.name, { waiting: row.waiting, active: row.active }]))
    },
    async close() {
      off()
      stopping.abort()
      await boss.stop({ graceful: true, timeout: stopWithinMs })
    },
  }
}

/** Sends the work that follows growth, once for all that grows until it runs. Gives the function that ends it. */
function sendAfterGrowth({ growth, log }: Context, jobs: readonly Job[], send: Jobs['send']): () => void {
  const sentUntil = new Map<string, number>()
  return growth.onGrowth(() => {
    for (const { queue, afterGrowthSeconds } of jobs) {
      if (afterGrowthSeconds === undefined || (sentUntil.get(queue) ?? 0) > Date.now()) continue
      sentUntil.set(queue, Date.now() + afterGrowthSeconds * 1000)
      send(queue, {}, { afterSeconds: afterGrowthSeconds }).catch((error) =>
        log.warn({ err: error, queue }, 'Work could not be queued'),
      )
    }
  })
}
