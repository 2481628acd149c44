/** The work `climatology`: makes the day-of-year figures and the outlines for drawing anew of series whose rows have changed. */
import type { Context } from '../context.ts'
import { refreshClimatology } from '../reading/climatology.ts'
import { refreshOutlines } from '../reading/outlines.ts'
import type { Job } from './queue.ts'

export function climatologyJob(context: Context): Job {
  return {
    queue: 'climatology',
    oneAtATime: true,
    atStart: true,
    afterGrowthSeconds: 60,
    async run() {
      const made = await refreshClimatology(context)
      if (made) context.log.info({ series: made }, 'The climatology was made anew')
      // So that nobody's first zoom into a long series has to wait for its outline.
      await refreshOutlines(context)
    },
  }
}
