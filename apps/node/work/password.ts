/** `lanmei password`: a new password for a person of this node. */
import type { Context } from '../context.ts'
import { giveNewPassword } from '../people/new-password.ts'
import { openSignIn } from '../people/sign-in.ts'
import { signInSecret } from '../people/sign-in-secret.ts'

export type PasswordRequest = { email: string; endSecondFactor: boolean }

/** @throws not-found for an address nobody has */
export async function password(
  context: Context,
  { email, endSecondFactor }: PasswordRequest,
): Promise<object> {
  const { config, store, log } = context
  const signIn = openSignIn({ config, pool: store.pool, secret: await signInSecret(config.data), log })
  return giveNewPassword(context, signIn, email, endSecondFactor)
}
