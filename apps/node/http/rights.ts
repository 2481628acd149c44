/** Who may call a route, and who may act in an area of cooperation. */
import type { Right } from '@lanmei/api/route'
import { type Duty, duties } from '@lanmei/model/kinds/role'
import { problem } from '@lanmei/model/problem'
import type { Asker } from './bind.ts'

/** Stands for all areas, in a role and where a deed belongs to no single one. */
export const everyArea = '*'

/** The highest duty an asker holds in an area. A key holds its one duty everywhere; a person what the roles say. */
export function dutyIn(area: string, { kind, duty, roles }: Asker): Duty | 'none' {
  if (kind !== 'person') return duty
  const held = roles.filter((role) => role.area === everyArea || role.area === area)
  return held.reduce<Duty | 'none'>((best, role) => (rank(role.duty) > rank(best) ? role.duty : best), 'none')
}

function rank(duty: Duty | 'none'): number {
  return duty === 'none' ? -1 : duties.indexOf(duty)
}

/** Refuses an asker without the right in the area. @throws not-signed-in, not-allowed */
export function checkRight(right: Right, asker: Asker, area: string = everyArea): void {
  if (right === 'anybody') return
  if (asker.kind === 'nobody') throw problem('not-signed-in', { right })
  if (right === 'signed-in') return
  if (rank(dutyIn(area, asker)) < duties.indexOf(right)) throw problem('not-allowed', { right, area })
  if ((right === 'officer' || right === 'administrator') && asker.secondFactorMissing)
    throw problem('not-allowed', { right, reason: 'second-factor-needed' })
}
