/** The only place where a problem becomes an HTTP status: RFC 9457 documents. What is our own fault shows a reference, nothing else. */
import { randomBytes } from 'node:crypto'
import { isProblem, type Problem, type ProblemCode, problem, problemCodes } from '@lanmei/model/problem'

export const statusOf: Readonly<Record<ProblemCode, number>> = {
  'bad-request': 400,
  'invalid-body': 400,
  'invalid-parameter': 400,
  'not-signed-in': 401,
  'not-allowed': 403,
  'not-found': 404,
  'series-unknown': 404,
  'station-unknown': 404,
  'record-kind-unknown': 404,
  'path-missing': 404,
  conflict: 409,
  'setup-done': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'record-invalid': 422,
  'format-unknown': 422,
  'profile-invalid': 422,
  'idempotency-conflict': 422,
  'too-many-requests': 429,
  'setting-unknown': 500,
  'setting-invalid': 500,
  'key-missing': 500,
  'journal-broken': 500,
  'backup-invalid': 500,
  'store-newer': 500,
  internal: 500,
  'not-ready': 503,
  'store-unreachable': 503,
  'disk-nearly-full': 507,
}

export type ProblemDocument = {
  status: number
  body: Record<string, unknown>
  /** Seconds after which asking again makes sense. */
  retryAfterSeconds?: number
  /** Stands in the document and in the log; only where we are at fault. */
  reference?: string
}

/** The document for anything thrown. */
export function problemDocument(error: unknown): ProblemDocument {
  const known = problemFrom(error)
  const status = statusOf[known.code]
  // Of our own faults a stranger learns nothing but what he can act on: to wait, or to name the reference to the operator.
  const code = status === 500 ? 'internal' : known.code
  const reference = status >= 500 ? randomBytes(5).toString('hex') : undefined
  const details = status >= 500 ? {} : known.details
  const retryAfterSeconds =
    typeof known.details.retryAfterSeconds === 'number'
      ? Math.ceil(known.details.retryAfterSeconds)
      : status === 503
        ? 5
        : undefined
  const title = problemCodes[code]
  const detail = sentenceOf(details)
  return {
    status,
    retryAfterSeconds,
    reference,
    body: {
      ...details,
      type: `urn:lanmei:problem:${code}`,
      title,
      status,
      ...(detail ? { detail } : {}),
      code,
      ...(reference ? { reference } : {}),
    },
  }
}

/** Field, what was expected and the reason, in one line of plain words. */
function sentenceOf(details: Readonly<Record<string, unknown>>): string | undefined {
  const { field, reason, expected } = details
  const parts = [field && `${field}:`, reason, expected && `expected ${expected}`]
  return parts.filter((part) => typeof part === 'string' && part).join(' ') || undefined
}

const byFrameworkCode: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_NOT_FOUND: 'not-found',
}
/** SQLSTATE classes that say the database is not there for us now; 53100 is a full disk. */
const databaseAway = /^(08|57P|53[023]|55000|25006)/
const networkAway = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'ETIMEDOUT', 'EPIPE'])
/** Texts that PostgreSQL cannot store: a NUL character, half a surrogate pair. */
const unstorable = new Set(['22021', '22P05'])

function problemFrom(error: unknown): Problem {
  if (isProblem(error)) return error
  const {
    code = '',
    statusCode,
    message,
  } = (error ?? {}) as {
    code?: unknown
    statusCode?: unknown
    message?: string
  }
  const name = String(code)
  if (name in byFrameworkCode) return problem(byFrameworkCode[name], {}, error)
  if (name === '53100' || name === 'ENOSPC') return problem('disk-nearly-full', {}, error)
  if (databaseAway.test(name) || (isDatabaseCall(error) && networkAway.has(name)))
    return problem('store-unreachable', {}, error)
  if (/timeout exceeded when trying to connect|Connection terminated/.test(message ?? ''))
    return problem('store-unreachable', {}, error)
  if (unstorable.has(name))
    return problem('bad-request', { reason: 'a text holds a character that cannot be stored' }, error)
  if (statusCode === 413) return problem('too-large', {}, error)
  if (statusCode === 415) return problem('unsupported-media-type', {}, error)
  // Other refusals of the framework: broken JSON, an address that cannot be decoded, a wrong content length.
  if (typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500)
    return problem('bad-request', name.startsWith('FST_') ? { reason: frameworkReason(name) } : {}, error)
  return problem('internal', {}, error)
}

function isDatabaseCall(error: unknown): boolean {
  return /\bpg\b|pg-pool|postgres/i.test((error as Error)?.stack ?? '')
}

function frameworkReason(code: string): string {
  if (code.includes('JSON')) return 'the body is no valid JSON'
  if (code === 'FST_ERR_BAD_URL') return 'the address cannot be decoded'
  return 'the request cannot be understood'
}
