/** Calls of the node from the browser, and what came of a refusal: a code with details that a page can put into words. */
import { client } from '@lanmei/api/client'
import { isProblem } from '@lanmei/model/problem'
import type { Refusal } from './doors.ts'
import type { Reader } from './reader.ts'

/** The typed client for this page's own node, with the visitor's cookie. */
export const call = client('')

/** A refusal as a value, whatever was thrown: the node's problem, a refusal of the sign-in, or a line that broke. */
export function refusalOf(error: unknown): Refusal {
  if (isProblem(error)) return { code: error.code, details: { ...error.details } }
  if (error instanceof SignInRefused) return { code: error.code, details: {} }
  if (error instanceof TypeError) return { code: 'unreachable', details: {} }
  return { code: 'internal', details: {} }
}

/** What went wrong, as a sentence in the reader's language. */
export function refusalText({ find, t }: Pick<Reader, 'find' | 't'>, { code, details }: Refusal): string {
  const reason = typeof details.reason === 'string' ? find(`problem.reason.${details.reason}`) : undefined
  return reason ?? find(`problem.${code}`) ?? t('problem.internal')
}

/** A refusal by the sign-in, under our own code. */
export class SignInRefused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const ownCodes: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'sign-in-wrong',
  INVALID_EMAIL: 'sign-in-wrong',
  USER_NOT_FOUND: 'sign-in-wrong',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'password-wrong',
  INVALID_PASSWORD: 'password-wrong',
  PASSWORD_TOO_SHORT: 'password-short',
  PASSWORD_TOO_LONG: 'password-long',
  INVALID_CODE: 'code-wrong',
  INVALID_BACKUP_CODE: 'code-wrong',
  BACKUP_CODES_NOT_ENABLED: 'code-wrong',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'sign-in-again',
  ACCOUNT_TEMPORARILY_LOCKED: 'too-many-requests',
  INVALID_TWO_FACTOR_COOKIE: 'sign-in-again',
  SESSION_EXPIRED: 'sign-in-again',
  SESSION_NOT_FRESH: 'sign-in-again',
  SESSION_REQUIRED: 'not-signed-in',
  UNAUTHORIZED: 'not-signed-in',
  ACCOUNT_DISABLED: 'account-disabled',
  PASSKEY_NOT_FOUND: 'passkey-unknown',
  AUTHENTICATION_FAILED: 'passkey-unknown',
  ERROR_CEREMONY_ABORTED: 'passkey-stopped',
  ERROR_AUTHENTICATOR_PREVIOUSLY_REGISTERED: 'passkey-there',
}

/** Our code for a refusal by the sign-in; the node's own codes pass as they are. */
export function signInCode({ code, status }: { code?: string; status?: number }): string {
  if (code && /^[a-z-]+$/.test(code)) return code
  if (code && ownCodes[code]) return ownCodes[code]
  if (status === 401) return 'not-signed-in'
  if (status === 429) return 'too-many-requests'
  return 'internal'
}
