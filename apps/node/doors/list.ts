/** The list of all doors. To add one: its file and a line here. */
import { observationsWrite } from '@lanmei/api/contract/observations'
import type { AnswerOf } from '@lanmei/api/route'
import type { Context } from '../context.ts'
import type { Binding } from '../http/bind.ts'
import type { Jobs } from '../jobs/queue.ts'
import type { Metrics } from '../status/metrics.ts'
import type { StatusSources } from '../status/status.ts'
import type { Uploads } from '../uploads/uploads.ts'
import { type House, houseDoors } from './house.ts'
import { intakeDoors } from './intake.ts'
import { observationWriteDoors } from './observations-write.ts'
import { readingDoors } from './reading.ts'
import { recordDoors } from './records.ts'

export type Doors = House & { uploads: Uploads; jobs: Jobs }

export function allDoors(context: Context, doors: Doors): Binding[] {
  return [
    ...houseDoors(context, doors),
    ...recordDoors(context),
    ...readingDoors(context),
    ...intakeDoors(context, doors.uploads, doors.jobs),
    ...observationWriteDoors(context).map((binding) => counted(binding, doors.metrics, doors.sources)),
  ]
}

/** Counts the rows of POST /api/observations for status page and metrics. */
function counted(binding: Binding, metrics: Metrics, sources: StatusSources): Binding {
  if (binding.route.id !== observationsWrite.id) return binding
  return {
    ...binding,
    async handler(call) {
      const answer = (await binding.handler(call)) as AnswerOf<typeof observationsWrite>
      const { stored, unchanged, revised, refused, refusals } = answer
      for (const [outcome, rows] of Object.entries({ stored, unchanged, revised, refused }))
        if (rows > 0) metrics.onRows(outcome, rows)
      for (const { code } of refusals) metrics.onRefused(code, 1)
      sources.apiTaken.add(stored + revised)
      sources.apiRefused.add(refused)
      return answer
    },
  }
}
