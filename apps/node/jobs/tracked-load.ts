/** Runs a load and keeps its row and notices up to date, so that it can be watched from anywhere while it runs. */
import type { Notice } from '@lanmei/model/notice'
import { isProblem } from '@lanmei/model/problem'
import type { Source } from '@lanmei/model/reading'
import {
  addNotices,
  endLoad,
  holdLoad,
  type LoadCounts,
  type LoadState,
  noteProgress,
  releaseLoad,
} from '@lanmei/store/loads'
import type { Context } from '../context.ts'
import { type LoadOptions, type LoadResult, runLoad } from '../take-in/load.ts'

export type TrackedLoad = {
  /** Number of its row (`addLoad`). */
  id: number
  sources: Source[]
  author: string
  options?: Partial<LoadOptions>
  /** True: stop at the next batch border; the load can be run again. */
  shouldStop(): boolean
}
export type TrackedResult = {
  state: LoadState
  result?: LoadResult
  problem?: string
  /** What was thrown, where something was. */
  error?: unknown
}

const everyMs = 700
/** Of a file that is wrong on every line the first ones tell enough; the counts hold all. */
const mostNotices = 10_000

/**
 * Runs the load. A fault of ours ends it as `failed` with the code; a stop or a full disk as `interrupted`.
 * @returns undefined when another process runs it already
 */
export async function runTrackedLoad(
  context: Context,
  load: TrackedLoad,
): Promise<TrackedResult | undefined> {
  const { pool } = context.store
  const connection = await pool.connect()
  try {
    if (!(await holdLoad(connection, load.id))) return undefined
    const notices = noticeKeeper(context, load.id)
    let shownAt = 0
    let latest: LoadCounts | undefined
    let ended: TrackedResult
    try {
      const result = await runLoad(context, {
        ...load.options,
        sources: load.sources,
        author: load.author,
        shouldStop: () => load.shouldStop() || !context.disk.state().takingIn,
        onNotice: (item) => {
          notices.add(item)
          load.options?.onNotice?.(item)
        },
        onProgress: async (progress) => {
          const { bytesRead, counts } = progress
          latest = counts
          await load.options?.onProgress?.(progress)
          if (Date.now() - shownAt < everyMs) return
          shownAt = Date.now()
          await noteProgress(pool, load.id, bytesRead, counts)
          await notices.flush()
        },
      })
      latest = result.counts
      const reason = context.disk.state().takingIn ? undefined : 'disk-nearly-full'
      ended = result.stopped ? { state: 'interrupted', result, problem: reason } : { state: 'done', result }
    } catch (error) {
      const problem = isProblem(error) ? error.code : 'internal'
      context.log.error({ err: error, load: load.id }, 'A load failed')
      ended = { state: problem === 'disk-nearly-full' ? 'interrupted' : 'failed', problem, error }
    }
    await notices.flush()
    await endLoad(pool, load.id, ended.state, latest, ended.problem)
    await releaseLoad(connection, load.id)
    return ended
  } finally {
    connection.release()
  }
}

function noticeKeeper(context: Context, load: number) {
  let waiting: Notice[] = []
  let kept = 0
  return {
    add(item: Notice) {
      if (kept + waiting.length < mostNotices) waiting.push(item)
    },
    async flush() {
      const batch = waiting
      waiting = []
      const first = kept
      kept += batch.length
      for (let i = 0; i < batch.length; i += 1000)
        await addNotices(context.store.pool, load, first + i, batch.slice(i, i + 1000))
    },
  }
}
