/** Says that something was refused: what happened, that nothing typed is lost, and the reference where the fault is ours. */
import { refusalText } from '../shell/call.ts'
import type { Refusal } from '../shell/doors.ts'
import { useReader } from '../shell/reader-context.tsx'
import './form.css'

export function Refused({ refusal }: { refusal?: Refusal }) {
  const reader = useReader()
  const { t } = reader
  if (!refusal) return null
  const { details } = refusal
  const seconds = Number(details.retryAfterSeconds)
  const reference = typeof details.reference === 'string' ? details.reference : ''
  return (
    <div className="message refused" role="alert">
      <p>
        <strong>{refusalText(reader, refusal)}</strong>{' '}
        {seconds > 0 && t('problem.wait', { minutes: Math.max(1, Math.ceil(seconds / 60)) })}
      </p>
      <p>
        {t('form.kept')}{' '}
        {reference && (
          <span className="figures">
            {t('error.reference')}: {reference}
          </span>
        )}
      </p>
    </div>
  )
}
