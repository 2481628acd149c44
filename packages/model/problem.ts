/** Problems: what is wrong with us or with a request. Thrown, with a code; only the HTTP door turns one into a status. */

/** Every problem code and what it means. The list is the contract (contract/errors.md); texts by code stand in the portal. */
export const problemCodes = {
  'not-found': 'There is nothing at this address or with this id',
  'bad-request': 'The request cannot be understood',
  'invalid-body': 'The body does not fit its schema',
  'invalid-parameter': 'A parameter does not fit its schema',
  'not-signed-in': 'This needs a signed-in person or an API key',
  'not-allowed': 'The asker has no right to this',
  'too-large': 'The request or the file is larger than allowed',
  'too-many-requests': 'Too many requests from one place',
  'unsupported-media-type': 'This kind of content is not taken here',
  'idempotency-conflict': 'The idempotency key was used before with another body',
  conflict: 'The thing was changed by somebody else in the meantime',
  'disk-nearly-full': 'The node has stopped taking in because its disk is nearly full',
  'not-ready': 'The node is starting or stopping',
  'series-unknown': 'There is no series with this id',
  'station-unknown': 'There is no station with this id',
  'record-invalid': 'The record does not fit its schema',
  'record-kind-unknown': 'There is no such kind of record',
  'path-missing': 'A named file or folder does not exist',
  'format-unknown': 'No reader knows this format',
  'profile-invalid': 'The profile does not fit its schema',
  'setting-unknown': 'A setting has a name that does not exist',
  'setting-invalid': 'A setting has a value that cannot be used',
  'key-missing': 'The signing key of the node is missing or cannot be opened',
  'journal-broken': 'The journal does not verify',
  'backup-invalid': 'The backup is incomplete or damaged',
  'store-newer': 'The store was written by a newer version of this program',
  'store-unreachable': 'The database does not answer',
  'setup-done': 'The first set-up is already done',
  internal: 'Something went wrong on our side',
} as const
export type ProblemCode = keyof typeof problemCodes

/** A thrown problem. `details` name the thing in the user's words and are shown to the asker: never put secrets there. */
export class Problem extends Error {
  readonly code: ProblemCode
  readonly details: Readonly<Record<string, unknown>>
  constructor(code: ProblemCode, details: Record<string, unknown> = {}, cause?: unknown) {
    super(
      `${code}: ${problemCodes[code]}${Object.keys(details).length ? ` ${JSON.stringify(details)}` : ''}`,
      { cause },
    )
    this.name = 'Problem'
    this.code = code
    this.details = details
  }
}

/** Makes a problem to throw: `throw problem('series-unknown', { series })`. */
export function problem(code: ProblemCode, details: Record<string, unknown> = {}, cause?: unknown): Problem {
  return new Problem(code, details, cause)
}

export function isProblem(error: unknown): error is Problem {
  return error instanceof Problem
}
