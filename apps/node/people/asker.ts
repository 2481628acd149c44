/** Finds out who asks: a session cookie, or an API key in a header. */
import { createHash } from 'node:crypto'
import { type Duty, duties } from '@lanmei/model/kinds/role'
import { problem } from '@lanmei/model/problem'
import { type RoleRow, rolesHeld } from '@lanmei/store/people'
import type { FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { type Asker, type HeldRole, nobody } from '../http/bind.ts'
import type { Identify } from '../http/mount.ts'
import { newAttempts } from './attempts.ts'
import type { SignIn } from './sign-in.ts'

const keyMemoryMs = 10_000
const dayMs = 86_400_000

export type Identity = { identify: Identify; forgetKeys(): void }

/** A wrong key is refused even where nobody need sign in: its owner would wonder why he sees so little. */
export function newIdentity(context: Context, signIn: SignIn): Identity {
  const { store, config } = context
  const wrongKeys = newAttempts(30, 60_000)
  const keys = new Map<string, { asker: Asker; until: number }>()

  const byKey = async (key: string, address: string): Promise<Asker> => {
    const hash = createHash('sha256').update(key).digest('base64')
    const known = keys.get(hash)
    if (known && known.until > Date.now()) return known.asker
    wrongKeys.check(address)
    const { valid, key: found } = await signIn.api.verifyApiKey({ body: { key } })
    const duty = found?.permissions?.duty?.[0]
    if (!valid || !found || (duty !== 'reader' && duty !== 'contributor')) {
      wrongKeys.failed(address)
      throw problem('not-signed-in', { reason: 'the API key is unknown, revoked or expired' })
    }
    const asker: Asker = { ...nobody, kind: 'key', id: found.id, duty, author: `key:${found.id}` }
    if (keys.size > 1000) keys.clear()
    const expires = found.expiresAt ? found.expiresAt.getTime() : Number.POSITIVE_INFINITY
    keys.set(hash, { asker, until: Math.min(Date.now() + keyMemoryMs, expires) })
    return asker
  }

  const byCookie = async (request: FastifyRequest): Promise<Asker> => {
    const found = await signIn.api.getSession({
      headers: new Headers({ cookie: request.headers.cookie as string }),
      query: { disableRefresh: true },
    })
    if (!found || found.user.disabled) return nobody
    const roles = await rolesHeld(store.pool, found.user.id)
    const isStrong =
      found.user.twoFactorEnabled === true || ['passkey', 'oidc'].includes(found.session.method ?? '')
    const ours = asHeldHere(roles, context.party())
    return personAsking(found.user, ours, isStrong, config.secondFactorGraceDays * dayMs)
  }

  return {
    async identify(request) {
      const key = keyIn(request)
      if (key !== undefined) return byKey(key, request.ip)
      if (request.headers.cookie?.includes('better-auth.session_token')) return byCookie(request)
      return nobody
    },
    forgetKeys: () => keys.clear(),
  }
}

function keyIn(request: FastifyRequest): string | undefined {
  const { 'x-api-key': direct, authorization } = request.headers
  if (typeof direct === 'string') return direct
  if (authorization === undefined) return undefined
  const bearer = /^Bearer ([\w.~+/=-]{1,200})$/i.exec(authorization)
  if (!bearer)
    throw problem('not-signed-in', { reason: 'the header Authorization must be: Bearer <API key>' })
  return bearer[1]
}

/** Roles as they count at this node: whoever holds a duty for another party may read here, and no more. */
export function asHeldHere(rows: RoleRow[], party: string): RoleRow[] {
  return rows.map((row) => (row.party === party ? row : { ...row, duty: 'reader' }))
}

/**
 * What a person may do. Officers and administrators need a second factor: TOTP, a passkey, or a sign-in through the issuer,
 * who answers for his own. Without one they work until the days of grace, counted from when the role was given, are over.
 */
export function personAsking(
  person: { id: string; pseudonym: string },
  rows: RoleRow[],
  isStrong: boolean,
  graceMs: number,
  now: number = Date.now(),
): Asker {
  const roles: HeldRole[] = rows.map(({ id, party, area, duty }) => ({ id, party, area, duty: duty as Duty }))
  const rank = (duty: Duty) => duties.indexOf(duty)
  const highest = roles.reduce<HeldRole | undefined>(
    (best, role) => (best && rank(best.duty) >= rank(role.duty) ? best : role),
    undefined,
  )
  const graceOver = rows.some(
    ({ duty, since }) => rank(duty as Duty) >= rank('officer') && since.getTime() + graceMs <= now,
  )
  return {
    kind: 'person',
    id: person.id,
    duty: highest?.duty ?? 'none',
    author: highest ? `role:${highest.id}#${person.pseudonym}` : '',
    roles,
    secondFactorMissing: !isStrong && graceOver,
  }
}
