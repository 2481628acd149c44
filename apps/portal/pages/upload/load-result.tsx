/** The load of an uploaded file: live while it runs, then the sum and the notices by line. */
import { notices as noticesRoute } from '@lanmei/api/contract/observations'
import { useEffect, useState } from 'react'
import { Link } from 'react-router'
import { call } from '../../shell/call.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { LoadReport } from '../loads/load-report.tsx'
import { NoticeLines } from '../loads/notice-lines.tsx'
import { isUnderWay, type Notice } from '../loads/present.ts'
import { useLiveLoad } from '../loads/use-live-load.ts'

const shownNotices = 50

export function LoadResult({ load: id }: { load: number }) {
  const { t } = useReader()
  const { load, nowMs } = useLiveLoad(id)
  const [notices, setNotices] = useState<Notice[]>([])
  const ended = load !== undefined && !isUnderWay(load)
  const some = ended && Object.keys(load.counts.notices).length > 0
  useEffect(() => {
    if (!some) return
    call(noticesRoute, { query: { load: id, limit: shownNotices } }).then(
      (answer) => setNotices(answer.notices as Notice[]),
      () => {},
    )
  }, [id, some])
  if (!load) return <p className="quiet">{t('form.loading')}</p>
  return (
    <div aria-live="polite">
      <LoadReport load={load} nowMs={nowMs} />
      {notices.length > 0 && <NoticeLines notices={notices} />}
      <p className="button-row">
        <Link className="button button-small" to={`/loads/${id}`}>
          {t('upload.to-load')}
        </Link>
        {some && (
          <a className="button button-small" href={`/loads/${id}/notices.csv`} download>
            {t('notices.csv')}
          </a>
        )}
      </p>
    </div>
  )
}
