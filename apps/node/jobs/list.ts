/** The list of all work of the node. To add one: its file and a line here. */
import type { Context } from '../context.ts'
import { demonstrationJob } from './demonstration-job.ts'
import { loadJob } from './load-job.ts'
import type { Job } from './queue.ts'

export function jobsOf(context: Context): Job[] {
  return [loadJob(context), demonstrationJob(context)]
}
