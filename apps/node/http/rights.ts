/** Who may call a route. */
import type { Right } from '@lanmei/api/route'
import { duties } from '@lanmei/model/kinds/role'
import { problem } from '@lanmei/model/problem'
import type { Asker } from './bind.ts'

/** Refuses an asker without the right. @throws not-signed-in, not-allowed */
export function checkRight(right: Right, asker: Asker): void {
  if (right === 'anybody') return
  if (asker.kind === 'nobody') throw problem('not-signed-in', { right })
  if (right === 'signed-in') return
  if (asker.duty === 'none' || duties.indexOf(asker.duty) < duties.indexOf(right))
    throw problem('not-allowed', { right })
  if ((right === 'officer' || right === 'administrator') && asker.secondFactorMissing)
    throw problem('not-allowed', { right, reason: 'second-factor-needed' })
}
