/** The status page's facts, gathered. */
import type { status } from '@lanmei/api/contract/house'
import type { AnswerOf } from '@lanmei/api/route'
import { readHouse } from '@lanmei/store/house'
import { readFigures, readIntake } from '@lanmei/store/status'
import type { Context } from '../context.ts'
import { programVersion } from '../version.ts'
import type { Alarms } from './alarms.ts'
import type { LastDay } from './hours.ts'
import type { Services } from './part-states.ts'
import type { Watch } from './watch.ts'

export type StatusSources = {
  alarms: Alarms
  services: Services
  watch: Watch
  /** Rows through POST /api/observations. */
  apiTaken: LastDay
  apiRefused: LastDay
}

/** What the command `backup` leaves in the house table. */
type Backup = { at: string; verified: boolean; bytes: number }

export async function gatherStatus(
  context: Context,
  sources: StatusSources,
): Promise<AnswerOf<typeof status>> {
  const { pool } = context.store
  const [figures, intake, backup] = await Promise.all([
    readFigures(pool),
    readIntake(pool),
    readHouse(pool, 'backup') as Promise<Backup | undefined>,
  ])
  return {
    at: new Date().toISOString(),
    startedAt: new Date(context.startedAt).toISOString(),
    version: programVersion,
    alarms: sources.alarms.list(),
    journal: {
      size: figures.journalSize,
      root: figures.journalRoot?.toString('base64') ?? '',
      ...(figures.journalAt ? { at: figures.journalAt.toISOString() } : {}),
      key: context.keys.at(-1)?.kid ?? '',
    },
    store: {
      observations: figures.observations,
      series: figures.series,
      stations: figures.stations,
      databaseBytes: figures.databaseBytes,
    },
    disk: context.disk.state(),
    silent: sources.watch.silent().map((row) => ({ ...row, last: row.last.toISOString() })),
    backup: backup ? { at: backup.at, verified: backup.verified, bytes: backup.bytes } : null,
    intake: {
      last24h: intake.taken + sources.apiTaken.sum(),
      refused24h: intake.refused + sources.apiRefused.sum(),
    },
    services: sources.services.list(),
  }
}
