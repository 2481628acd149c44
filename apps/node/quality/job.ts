/** The work `quality`: judges series anew that got values, all of them when the rules of the areas have changed. */
import { createHash } from 'node:crypto'
import { seriesSince } from '@lanmei/store/blocks-since'
import { readHouse, writeHouse } from '@lanmei/store/house'
import type { Areas } from '../areas.ts'
import type { Context } from '../context.ts'
import type { Job } from '../jobs/queue.ts'
import { runQuality } from './run.ts'

/** Where the last run stood: entries below `entry` were judged by the rules with this digest. */
type Reached = { entry: number; rules: string }

const reachedName = 'quality'
/** After a load more loads often follow: so long they are waited for. */
export const qualityPatienceSeconds = 30

/**
 * Whoever takes values in sends `quality` with `once: 'quality'` and `afterSeconds: qualityPatienceSeconds`, without data: what
 * has come in is found in the journal, so no message that is dropped loses anything. Once a night the values of loggers follow.
 */
export function qualityJob(context: Context): Job {
  return {
    queue: 'quality',
    schedule: '10 19 * * *',
    run: async (_data, { signal }) => {
      await judgeNews(context, () => signal.aborted)
    },
  }
}

/** Judges what came in since the last time. Gives how many series were looked at. */
export async function judgeNews(context: Context, shouldStop: () => boolean = () => false): Promise<number> {
  const { pool } = context.store
  const reached = (await readHouse(pool, reachedName)) as Reached | undefined
  const rules = rulesDigest(context.areas)
  const { series, size } = await seriesSince(pool, reached?.entry ?? 0)
  const all = reached?.rules !== rules
  if (!all && series.length === 0) return 0
  const result = await runQuality(context, { ...(all ? {} : { series }), shouldStop })
  context.log.info({ ...result }, 'The quality rules ran')
  // What was stopped is done again from the start: a judged series has nothing left to say.
  if (!result.stopped) await writeHouse(pool, reachedName, { entry: size, rules } satisfies Reached)
  return result.series
}

function rulesDigest(areas: Areas): string {
  const hash = createHash('sha256')
  for (const { area, read } of areas) {
    const stations = (read('stations.json') as { stations?: { id: string; checks?: unknown }[] } | undefined)
      ?.stations
    hash.update(
      JSON.stringify([
        area.observedProperties,
        area.checkClasses,
        area.neighbours,
        stations?.filter(({ checks }) => checks).map(({ id, checks }) => [id, checks]),
      ]),
    )
  }
  return hash.digest('hex')
}
