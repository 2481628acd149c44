/** The state of the node in one line, and what to do about each alarm. Pure. */
import type { status } from '@lanmei/api/contract/house'
import type { AnswerOf } from '@lanmei/api/route'

export type Status = AnswerOf<typeof status>
export type Verdict = 'well' | 'attention' | 'failing'

/** Failing: something critical, or nothing is taken in. Attention: any other alarm, or no backup for a week. */
export function verdictOf({ alarms, disk, services, backup, at, startedAt }: Status): Verdict {
  if (!disk.takingIn || alarms.some(({ severity }) => severity === 'critical')) return 'failing'
  if (services.some(({ state }) => state === 'failed')) return 'failing'
  if (alarms.length > 0) return 'attention'
  return backupState({ backup, at, startedAt }) === 'fresh' ? 'well' : 'attention'
}

const weekMs = 7 * 86_400_000

/** A node younger than a week that has no backup yet is not blamed for it. */
export function backupState({
  backup,
  at,
  startedAt,
}: Pick<Status, 'backup' | 'at' | 'startedAt'>): 'fresh' | 'old' | 'none' {
  const now = Date.parse(at)
  if (!backup) return now - Date.parse(startedAt) < weekMs ? 'fresh' : 'none'
  return now - Date.parse(backup.at) < weekMs ? 'fresh' : 'old'
}

/** How many things ask for attention: the alarms, and a backup that is missing. */
export function thingsToDo(status: Status): number {
  return status.alarms.length + (backupState(status) === 'fresh' ? 0 : 1)
}

/** Share of the disk in use, 0 to 1. */
export function usedShare({ freeBytes, totalBytes }: Status['disk']): number {
  return totalBytes > 0 ? Math.min(1, Math.max(0, 1 - freeBytes / totalBytes)) : 0
}

/** Silent series, the longest silence first. */
export function silentFirst(silent: Status['silent']): Status['silent'] {
  return silent.toSorted((a, b) => a.last.localeCompare(b.last))
}
