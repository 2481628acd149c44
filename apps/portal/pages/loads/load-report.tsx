/** One load as it stands: its progress while it runs, then what it came to and what was found in the file. */
import { noticeCodes } from '@lanmei/model/notice'
import { Link } from 'react-router'
import { useReader } from '../../shell/reader-context.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { bytesText, codesOf, isUnderWay, type Load, leftText, progressOf } from './present.ts'
import '../../ui/form.css'
import './page.css'

export function LoadReport({ load, nowMs }: { load: Load; nowMs: number }) {
  const reader = useReader()
  const { t, number, find } = reader
  const { counts } = load
  const { share, bytesPerSecond, secondsLeft } = progressOf(load, nowMs)
  return (
    <div className="load-report">
      {isUnderWay(load) && (
        <>
          <ProgressBar label={t('loads.progress', { name: load.name })} share={share} />
          <p className="figures">
            {find(`loads.state.${load.state}`)}
            {share !== undefined && ` · ${number(share * 100, 0)} %`}
            {bytesPerSecond !== undefined &&
              ` · ${t('loads.rate', { rate: bytesText(bytesPerSecond, reader) })}`}
            {secondsLeft !== undefined && ` · ${leftText(secondsLeft, reader)}`}
          </p>
          <p className="quiet">{t('loads.leave')}</p>
        </>
      )}
      {load.state === 'failed' && (
        <div className="message refused" role="alert">
          <p>
            <strong>{t('loads.failed')}</strong>{' '}
            {load.problem && (find(`problem.${load.problem}`) ?? load.problem)}
          </p>
          <p>{t('loads.failed-next')}</p>
        </div>
      )}
      <Counts counts={counts} ended={!isUnderWay(load)} />
      {codesOf(load, severities).length > 0 && (
        <table className="notice-codes">
          <caption>{t('notices.by-kind')}</caption>
          <tbody>
            {codesOf(load, severities).map(([code, count]) => (
              <tr key={code}>
                <td>
                  <Severity of={severities[code]} />
                </td>
                <th scope="row">
                  <Link to={`/loads/${load.id}?code=${code}`}>{find(`notice.${code}`) ?? code}</Link>
                </th>
                <td className="number">{number(count, 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

const severities: Record<string, string> = Object.fromEntries(
  Object.entries(noticeCodes).map(([code, [severity]]) => [code, severity]),
)

/** The sum of a load, written as the sum it is; while it runs the parts do not yet add up. */
function Counts({ counts, ended }: { counts: Load['counts']; ended: boolean }) {
  const { t, number } = useReader()
  const parts = ['stored', 'unchanged', 'revised', 'refused'] as const
  return (
    <dl className="sum" aria-label={t('loads.sum')}>
      <div>
        <dt>{t('loads.read')}</dt>
        <dd>{number(counts.read, 0)}</dd>
      </div>
      {parts.map((part, place) => (
        <div key={part}>
          <dt>{t(`loads.${part}`)}</dt>
          <dd>
            {ended && (
              <span className="sign" aria-hidden="true">
                {place === 0 ? '=' : '+'}
              </span>
            )}
            {number(counts[part], 0)}
          </dd>
        </div>
      ))}
    </dl>
  )
}

/** Severity as shape and word: a full square refuses, a half one lets pass, an empty one only tells. */
export function Severity({ of }: { of: string }) {
  const { find } = useReader()
  return (
    <span className={`severity severity-${of}`}>
      <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
        <rect x="1" y="1" width="10" height="10" fill="none" stroke="currentColor" strokeWidth="1.5" />
        {of === 'error' && <rect x="1" y="1" width="10" height="10" fill="currentColor" />}
        {of === 'warning' && <path d="M1 11V1L11 11Z" fill="currentColor" />}
      </svg>{' '}
      {find(`severity.${of}`) ?? of}
    </span>
  )
}
