/** Notices one by one: where, what was read, what was expected. */
import { useReader } from '../../shell/reader-context.tsx'
import { Severity } from './load-report.tsx'
import { type Notice, placeText } from './present.ts'
import '../../ui/rows.css'
import './page.css'

type Shown = Omit<Notice, 'load' | 'at'>

export function NoticeLines({ notices }: { notices: readonly Shown[] }) {
  const reader = useReader()
  const { t, find, number } = reader
  return (
    <table className="stacking notice-lines">
      <caption className="visually-hidden">{t('notices.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('notices.place')}</th>
          <th scope="col">{t('notices.what')}</th>
          <th scope="col">{t('notices.head.read')}</th>
          <th scope="col">{t('notices.head.expected')}</th>
          <th scope="col" className="number">
            {t('notices.head.refused')}
          </th>
        </tr>
      </thead>
      <tbody>
        {notices.map((notice, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notices have no id, and the list is never reordered
          <tr key={place}>
            <th scope="row">
              {placeText(notice, reader) || notice.series || notice.file || '–'}
              {notice.line !== undefined && notice.series && (
                <span className="block quiet small">{notice.series}</span>
              )}
            </th>
            <td>
              <Severity of={notice.severity} /> {find(`notice.${notice.code}`) ?? notice.code}
            </td>
            <td data-label={t('notices.head.read')}>
              {notice.read !== undefined && (
                <span className="as-read" translate="no">
                  {notice.read}
                </span>
              )}
            </td>
            <td data-label={t('notices.head.expected')}>
              {notice.expected !== undefined && <span lang="en">{notice.expected}</span>}
            </td>
            <td className="number" data-label={t('notices.head.refused')}>
              {notice.refused > 0 && number(notice.refused, 0)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
