/** The list of all work of the node. To add one: its file and a line here. */
import type { Context } from '../context.ts'
import { qualityJob, qualityPatienceSeconds } from '../quality/job.ts'
import { climatologyJob } from './climatology-job.ts'
import { demonstrationJob } from './demonstration-job.ts'
import { loadJob } from './load-job.ts'
import type { Job } from './queue.ts'

export function jobsOf(context: Context): Job[] {
  return [
    loadJob(context),
    climatologyJob(context),
    { ...qualityJob(context), oneAtATime: true, afterGrowthSeconds: qualityPatienceSeconds },
    demonstrationJob(context),
  ]
}
