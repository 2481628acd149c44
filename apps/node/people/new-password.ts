/** A new password for somebody who forgot the old one: for the operator at the machine, who can do everything anyway. */
import { randomBytes } from 'node:crypto'
import { problem } from '@lanmei/model/problem'
import { endSessions, forgetSecondFactor } from '@lanmei/store/people'
import type { Context } from '../context.ts'
import type { SignIn } from './sign-in.ts'

/**
 * Sets a random password, ends all sessions, and takes the second factor off where that is asked for.
 * @throws not-found
 */
export async function giveNewPassword(
  { store }: Context,
  signIn: SignIn,
  email: string,
  endSecondFactor: boolean,
): Promise<{ email: string; password: string; secondFactorEnded: boolean }> {
  const { internalAdapter, password: passwords } = await signIn.$context
  const address = email.trim().toLowerCase()
  const found = await internalAdapter.findUserByEmail(address)
  if (!found) throw problem('not-found', { email: address })
  const password = randomBytes(15).toString('base64url')
  await internalAdapter.updatePassword(found.user.id, await passwords.hash(password))
  await endSessions(store.pool, found.user.id)
  if (endSecondFactor) await forgetSecondFactor(store.pool, found.user.id)
  return { email: address, password, secondFactorEnded: endSecondFactor }
}
