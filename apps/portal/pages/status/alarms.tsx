/** What is wrong now: since when, about what, and what to do. */
import { useReader } from '../../shell/reader-context.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { bytesText } from '../loads/present.ts'
import type { backupState, Status } from './present.ts'

type Given = { told: Status; backup: ReturnType<typeof backupState>; nowMs: number }

export function Alarms({ told, backup, nowMs }: Given) {
  const reader = useReader()
  const { t, find, ago, utc, number } = reader
  if (told.alarms.length === 0 && backup === 'fresh') return null
  const valuesOf = (detail: Record<string, unknown> = {}, about = '') => {
    const values: Record<string, string> = { about: find(`service.${about}`) ?? about }
    for (const [key, value] of Object.entries(detail))
      values[key] =
        typeof value !== 'number'
          ? String(value)
          : key.endsWith('Bytes')
            ? bytesText(value, reader)
            : number(value, 0)
    return values
  }
  return (
    <ul className="alarms">
      {told.alarms.map(({ code, severity, since, about, detail }) => {
        const values = valuesOf(detail, about)
        return (
          <li key={`${code} ${about}`}>
            <VerdictMark of={severity === 'critical' ? 'failing' : 'attention'} />
            <div>
              <p>
                <strong>{find(`alarm.${code}`, values) ?? code}</strong>{' '}
                <span className="quiet">
                  {t('status.since')}{' '}
                  <time dateTime={since} title={utc(Date.parse(since))}>
                    {ago(Date.parse(since), nowMs)}
                  </time>
                </span>
              </p>
              <p>{find(`alarm.${code}.do`, values) ?? t('alarm.do')}</p>
            </div>
          </li>
        )
      })}
      {backup !== 'fresh' && (
        <li>
          <VerdictMark of="attention" />
          <div>
            <p>
              <strong>{t(backup === 'none' ? 'alarm.backup-none' : 'alarm.backup-old')}</strong>
            </p>
            <p>{t('alarm.backup.do')}</p>
          </div>
        </li>
      )}
    </ul>
  )
}
