/** The work `demonstration`: lets the simulated season go on, while nothing real has been taken in. */
import type { Context } from '../context.ts'
import { growDemonstration } from '../seed/demonstration.ts'
import { isDemonstration } from '../status/demonstration.ts'
import type { Job } from './queue.ts'

export function demonstrationJob(context: Context): Job {
  return {
    queue: 'demonstration',
    oneAtATime: true,
    atStart: true,
    schedule: '10 * * * *',
    async run() {
      if (!(await isDemonstration(context))) return
      const { stored } = await growDemonstration(context, Date.now())
      if (stored) context.log.info({ stored }, 'The demonstration was brought up to now')
    },
  }
}
