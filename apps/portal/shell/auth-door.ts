/** The way to the node's own door for signing in (better-auth's client). In the browser only, and loaded when it is needed. */
import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { createAuthClient } from 'better-auth/client'
import { twoFactorClient } from 'better-auth/client/plugins'
import { SignInRefused, signInCode } from './call.ts'

const open = () => createAuthClient({ plugins: [twoFactorClient()] })
let opened: ReturnType<typeof open> | undefined

/** better-auth's client for this node. */
export function auth(): ReturnType<typeof open> {
  opened ??= open()
  return opened
}

type Answer<T> = { data: T | null; error: { code?: string; status?: number } | null }

/** The data of an answer. @throws SignInRefused with one of our codes */
export async function must<T>(asked: Promise<Answer<T>>): Promise<T> {
  const { data, error } = await asked
  if (error) throw new SignInRefused(signInCode(error))
  return data as T
}

export type Passkey = { id: string; name?: string; deviceType: string; createdAt: string }
export type Session = {
  token: string
  createdAt: string | Date
  expiresAt: string | Date
  ipAddress?: string | null
  userAgent?: string | null
}

export const canUsePasskeys = browserSupportsWebAuthn

/** Asks the node for a task, lets the device solve it, and gives the node the answer. @throws SignInRefused */
export async function signInByPasskey(): Promise<void> {
  const task = await get<Parameters<typeof startAuthentication>[0]['optionsJSON']>(
    '/passkey/generate-authenticate-options',
  )
  const { clientExtensionResults: _, ...response } = await byDevice(
    startAuthentication({ optionsJSON: task }),
  )
  await post('/passkey/verify-authentication', { response })
}

export async function addPasskey(name: string): Promise<void> {
  const task = await get<Parameters<typeof startRegistration>[0]['optionsJSON']>(
    `/passkey/generate-register-options?${new URLSearchParams({ name })}`,
  )
  const { clientExtensionResults: _, ...response } = await byDevice(startRegistration({ optionsJSON: task }))
  await post('/passkey/verify-registration', { response, name })
}

export function listPasskeys(): Promise<Passkey[]> {
  return get('/passkey/list-user-passkeys')
}

export function removePasskey(id: string): Promise<unknown> {
  return post('/passkey/delete-passkey', { id })
}

function get<T>(path: string): Promise<T> {
  return must(auth().$fetch(path, { method: 'GET' }) as Promise<Answer<T>>)
}

function post(path: string, body: Record<string, unknown>): Promise<unknown> {
  return must(auth().$fetch(path, { method: 'POST', body }) as Promise<Answer<unknown>>)
}

/** What the device or the person refused: stopped, or a key that is there already. */
async function byDevice<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    const { code } = error as { code?: string }
    throw new SignInRefused(
      code === 'ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED' ? 'passkey-there' : 'passkey-stopped',
    )
  }
}
