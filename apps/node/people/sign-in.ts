/** Signing in: better-auth with password and TOTP, passkeys, and OpenID Connect where the settings name a service. */
import { apiKey } from '@better-auth/api-key'
import { passkey } from '@better-auth/passkey'
import { betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import { genericOAuth, twoFactor } from 'better-auth/plugins'
import type { Pool } from 'pg'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'

export const signInPath = '/api/auth'
/** The header in which the server hands on the address of the asker; whatever a stranger puts there is overwritten. */
export const addressHeader = 'x-lanmei-address'

export type SignInOptions = {
  config: Pick<Config, 'publicUrl' | 'oidc'>
  pool: Pool
  /** Signs cookies and encrypts TOTP secrets. */
  secret: string
  log: Logger
}

/**
 * Nobody can make an account: the set-up and administrators do that. An account found through OpenID Connect must have the
 * address of a person already there. Which paths are open to the web is decided in sign-in-door.ts.
 */
export function openSignIn({ config, pool, secret, log }: SignInOptions) {
  const { publicUrl, oidc } = config
  return betterAuth({
    appName: 'Lanmei',
    baseURL: publicUrl,
    basePath: signInPath,
    secret,
    database: pool,
    trustedOrigins: (request) => [new URL(publicUrl).origin, ownOrigin(request)],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: 12,
      maxPasswordLength: 128,
      revokeSessionsOnPasswordReset: true,
    },
    user: {
      modelName: 'person',
      additionalFields: {
        disabled: { type: 'boolean', input: false, required: true, defaultValue: false },
        pseudonym: { type: 'string', input: false, required: true, unique: true },
      },
    },
    session: {
      modelName: 'person_session',
      expiresIn: 7 * 86_400,
      updateAge: 86_400,
      additionalFields: { method: { type: 'string', input: false, required: false } },
    },
    account: {
      modelName: 'person_account',
      accountLinking: { enabled: true, trustedProviders: ['oidc'] },
      encryptOAuthTokens: true,
    },
    verification: { modelName: 'person_verification' },
    plugins: [
      twoFactor({ issuer: 'Lanmei', schema: { twoFactor: { modelName: 'person_two_factor' } } }),
      passkey({
        rpID: new URL(publicUrl).hostname,
        rpName: 'Lanmei',
        origin: new URL(publicUrl).origin,
        schema: { passkey: { modelName: 'person_passkey' } },
      }),
      apiKey({
        defaultPrefix: 'lanmei_',
        startingCharactersConfig: { charactersLength: 12 },
        maximumNameLength: 60,
        keyExpiration: { maxExpiresIn: 3650 },
        rateLimit: { enabled: false },
        schema: { apikey: { modelName: 'api_key' } },
      }),
      ...(oidc
        ? [
            genericOAuth({
              config: [
                {
                  providerId: 'oidc',
                  name: oidc.name,
                  discoveryUrl: discoveryUrl(oidc.issuer),
                  clientId: oidc.clientId,
                  clientSecret: oidc.clientSecret,
                  scopes: ['openid', 'email', 'profile'],
                  requireIdTokenVerification: true,
                  pkce: true,
                  disableSignUp: true,
                },
              ],
            }),
          ]
        : []),
    ],
    databaseHooks: {
      session: {
        create: {
          async before(session, ctx) {
            const { rows } = await pool.query('SELECT disabled FROM person WHERE id = $1', [session.userId])
            if (rows[0]?.disabled !== false)
              throw new APIError('FORBIDDEN', {
                code: 'ACCOUNT_DISABLED',
                message: 'This account is disabled',
              })
            return { data: { ...session, method: methodOf(ctx?.path ?? '') } }
          },
        },
      },
    },
    rateLimit: { enabled: false },
    advanced: {
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax' },
      ipAddress: { ipAddressHeaders: [addressHeader] },
    },
    telemetry: { enabled: false },
    logger: {
      level: 'warn',
      log: (level, message) => {
        log[level === 'error' ? 'error' : 'warn']({ part: 'sign-in' }, message)
      },
    },
  })
}
type Opened = ReturnType<typeof openSignIn>
export type SignIn = Pick<Opened, 'api' | 'handler' | '$context'>

/** Signing in that can be opened anew while the node runs, which is how an issuer that was away at the start comes in. */
export function reopenableSignIn(options: SignInOptions): SignIn & { reopen(): void } {
  let current = openSignIn(options)
  return {
    get api() {
      return current.api
    },
    get handler() {
      return current.handler
    },
    get $context() {
      return current.$context
    },
    reopen() {
      current = openSignIn(options)
    },
  }
}

/** Where an issuer describes itself (OpenID Connect Discovery 1.0, section 4). */
export function discoveryUrl(issuer: string): string {
  return `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`
}

/** How a session began, from the path that made it: password, second-factor, passkey, or oidc. */
function methodOf(path: string): string {
  if (path.startsWith('/two-factor/')) return 'second-factor'
  if (path.startsWith('/passkey/')) return 'passkey'
  if (path.startsWith('/callback/') || path.startsWith('/oauth2/')) return 'oidc'
  return 'password'
}

/** The origin of a page that this node served under another of its names: Origin and Host agree, which a browser sees to. */
function ownOrigin(request: Request | undefined): string | undefined {
  const origin = request?.headers.get('origin') ?? ''
  return URL.canParse(origin) && new URL(origin).host === request?.headers.get('host') ? origin : undefined
}
