/** The web's door to signing in: which of better-auth's addresses are open, and what guards them. */
import { createHash } from 'node:crypto'
import { problem } from '@lanmei/model/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { sendResponse } from '../http/portal.ts'
import { newAttempts } from './attempts.ts'
import { addressHeader, type SignIn, signInPath } from './sign-in.ts'

/** Everything else of better-auth (sign-up, API keys, deleting, changing the address) is closed: accounts are made by administrators. */
const open = new Set([
  'GET /get-session',
  'GET /ok',
  'GET /error',
  'POST /sign-out',
  'GET /list-sessions',
  'POST /revoke-session',
  'POST /revoke-sessions',
  'POST /revoke-other-sessions',
  'POST /update-user',
  'POST /two-factor/enable',
  'POST /two-factor/disable',
  'POST /two-factor/get-totp-uri',
  'POST /two-factor/generate-backup-codes',
  'GET /passkey/generate-register-options',
  'GET /passkey/generate-authenticate-options',
  'POST /passkey/verify-registration',
  'GET /passkey/list-user-passkeys',
  'POST /passkey/delete-passkey',
  'POST /passkey/update-passkey',
  'GET /callback/oidc',
])
/** Open too, and limited tightly: here a stranger tries his luck. */
const guessed = new Set([
  'POST /sign-in/email',
  'POST /sign-in/social',
  'POST /change-password',
  'POST /two-factor/verify-totp',
  'POST /two-factor/verify-backup-code',
  'POST /passkey/verify-authentication',
])

const windowMs = 15 * 60_000

export function mountSignIn(
  server: FastifyInstance,
  signIn: SignIn,
  config: Pick<Config, 'publicUrl'>,
  tight: object,
): void {
  // Ten wrong passwords from one place close the account to that place; a hundred from anywhere close it to all.
  const fromOnePlace = newAttempts(10, windowMs)
  const fromAnywhere = newAttempts(100, windowMs)

  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('cache-control', 'private, no-store')
    const account = accountIn(request)
    const names = account
      ? ([
          [fromOnePlace, `${account} ${request.ip}`],
          [fromAnywhere, account],
        ] as const)
      : []
    for (const [attempts, name] of names) attempts.check(name)
    const response = await signIn.handler(webRequest(request, config.publicUrl))
    if (response.status >= 500) throw new Error(`signing in answered ${response.status}`)
    for (const [attempts, name] of names) {
      if (response.status === 401) attempts.failed(name)
      else if (response.ok) attempts.succeeded(name)
    }
    return sendResponse(response, reply)
  }
  for (const [list, options] of [
    [open, {}],
    [guessed, { rateLimit: tight }],
  ] as const)
    for (const address of list) {
      const [method, path] = address.split(' ')
      server.route({
        method: method as 'GET',
        url: signInPath + path,
        exposeHeadRoute: false,
        config: options,
        handler: answer,
      })
    }
}

/** The account a password is tried for, without keeping its address. */
function accountIn(request: FastifyRequest): string | undefined {
  if (!request.url.includes('/sign-in/email')) return undefined
  const { email } = (request.body ?? {}) as { email?: unknown }
  if (typeof email !== 'string') return undefined
  return createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
}

function webRequest(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers()
  for (const name of [
    'cookie',
    'origin',
    'host',
    'user-agent',
    'sec-fetch-site',
    'sec-fetch-mode',
    'sec-fetch-dest',
  ]) {
    const value = request.headers[name]
    if (typeof value === 'string') headers.set(name, value)
  }
  headers.set(addressHeader, request.ip)
  const body =
    request.body === undefined || request.method === 'GET' ? undefined : JSON.stringify(request.body)
  if (body !== undefined) headers.set('content-type', 'application/json')
  const url = new URL(request.raw.url ?? '', publicUrl)
  if (url.origin !== new URL(publicUrl).origin) throw problem('bad-request')
  return new Request(url, { method: request.method, headers, body })
}
