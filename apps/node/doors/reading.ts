/** All doors that read. */
import type { Context } from '../context.ts'
import type { Binding } from '../http/bind.ts'
import { flagDoors } from './flags.ts'
import { journalDoors } from './journal.ts'
import { latestDoors } from './latest.ts'
import { proofDoors } from './proof.ts'
import { riverDoors } from './river.ts'
import { seriesDoors } from './series.ts'
import { stationDoors } from './stations.ts'
import { statisticsDoors } from './statistics.ts'
import { valueDoors } from './values.ts'

export function readingDoors(context: Context): Binding[] {
  return [
    ...stationDoors(context),
    ...seriesDoors(context),
    ...valueDoors(context),
    ...latestDoors(context),
    ...riverDoors(context),
    ...statisticsDoors(context),
    ...flagDoors(context),
    ...proofDoors(context),
    ...journalDoors(context),
  ]
}
