/** What PostgreSQL says when the machine fails it, as a problem that tells what to do. */
import { type Problem, problem } from '@lanmei/model/problem'

/** SQLSTATE of what is not our query's fault (PostgreSQL manual, appendix A). */
const diskFull = '53100'
const damaged = new Set(['XX001', 'XX002'])
const gone = /^(?:57P0[1-4]|08...)$/

/** The problem behind an error of the store, or undefined where it is something else. */
export function storeFault(error: unknown): Problem | undefined {
  if (!(error instanceof Error)) return undefined
  const { code = '', message } = error as Error & { code?: string }
  if (code === diskFull || /No space left on device/.test(message))
    return problem('disk-nearly-full', { reason: message }, error)
  if (damaged.has(code))
    return problem(
      'store-unreachable',
      { reason: `A page of the database is damaged on the disk: ${message}.`, fix: 'See docs/failures.md.' },
      error,
    )
  if (
    gone.test(code) ||
    /^(?:ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code) ||
    /^Connection terminated/.test(message)
  )
    return problem(
      'store-unreachable',
      {
        reason: `The database went away in the middle of the work: ${message}.`,
        fix: 'What was acknowledged is stored. Run the same again.',
      },
      error,
    )
  return undefined
}

/** True for what PostgreSQL refused or what broke on the way to it: never the fault of the file that is read. */
export function isFromStore(error: unknown): boolean {
  return (error instanceof Error && 'severity' in error) || storeFault(error) !== undefined
}
