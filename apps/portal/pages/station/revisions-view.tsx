/** Values that were revised: what stood there, from when to when, and why it changed. */
import { Link } from 'react-router'
import { useReader } from '../../shell/reader-context.tsx'
import type { Revision, Series, Station } from '../../shell/told.ts'
import '../../ui/rows.css'
import { Scroll } from '../../ui/scroll.tsx'
import { unitWritten } from './present.ts'

export function RevisionsView({
  station,
  series,
  revisions,
}: {
  station: Station
  series: Series
  revisions: Revision[]
}) {
  const reader = useReader()
  const { t, number, time, utc } = reader
  const shown = (text: string) => (
    <time dateTime={text} title={utc(Date.parse(text))}>
      {time(Date.parse(text), station.timeZone)}
    </time>
  )
  if (revisions.length === 0) return <p className="empty">{t('revisions.none')}</p>
  return (
    <Scroll label={t('revisions.caption')}>
      <table className="stacking">
        <caption>{t('revisions.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('river.time')}</th>
            <th scope="col" className="number">
              {t('revisions.stood')} ({unitWritten(series.unit, reader)})
            </th>
            <th scope="col">{t('revisions.known')}</th>
            <th scope="col">{t('revisions.reason')}</th>
            <th scope="col">{t('table.proof')}</th>
          </tr>
        </thead>
        <tbody>
          {revisions.map((revision) => (
            <tr key={`${revision.time}-${revision.entry}`}>
              <td>{shown(revision.time)}</td>
              <td className="number" data-label={t('revisions.stood')}>
                {number(revision.value)}
              </td>
              <td data-label={t('revisions.known')}>
                {shown(revision.knownFrom)} – {shown(revision.knownUntil)}
              </td>
              <td data-label={t('revisions.reason')}>{revision.reason}</td>
              <td data-label={t('table.proof')}>
                <Link
                  to={`?${new URLSearchParams({ series: series.id, view: 'proof', time: revision.time })}`}
                >
                  {t('revisions.new-entry', { entry: revision.supersededBy })}
                </Link>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  )
}
