/** One load: found again under its own address, live while it runs, with its notices by line. */
import { loadsGet } from '@lanmei/api/contract/intake'
import { notices as noticesRoute } from '@lanmei/api/contract/observations'
import { Link, type LoaderFunctionArgs, useLoaderData, useRevalidator } from 'react-router'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { When } from '../../ui/when.tsx'
import { LoadReport } from './load-report.tsx'
import { NoticeLines } from './notice-lines.tsx'
import type { Load, Notice } from './present.ts'
import { useLiveLoad } from './use-live-load.ts'

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const load = Number(asked.params.load)
  const search = new URL(asked.request.url).searchParams
  const code = search.get('code') ?? undefined
  const cursor = search.get('cursor') ?? undefined
  const [told, list] = await Promise.all([
    ask(loadsGet, { parameters: { load } }),
    ask(noticesRoute, { query: { load, code, cursor, limit: 200 } }),
  ])
  return { load: told as Load, notices: list.notices as Notice[], next: list.next, code, nowMs: Date.now() }
}

export default function LoadPage() {
  const { t, find } = useReader()
  const told = useLoaderData<typeof loader>()
  const { revalidate } = useRevalidator()
  const { load = told.load, nowMs } = useLiveLoad(told.load.id, told.load, told.nowMs, revalidate)
  const { notices, next, code } = told
  const some = Object.keys(load.counts.notices).length > 0
  return (
    <div className="column">
      <title>{`${load.name} · Lanmei`}</title>
      <p className="quiet">
        <Link to="/loads">{t('loads.title')}</Link>
      </p>
      <h1>{load.name}</h1>
      <dl className="facts">
        <div>
          <dt>{t('loads.state')}</dt>
          <dd>{find(`loads.state.${load.state}`)}</dd>
        </div>
        <div>
          <dt>{t('loads.door')}</dt>
          <dd>{find(`loads.door.${load.door}`) ?? load.door}</dd>
        </div>
        <div>
          <dt>{t('loads.author')}</dt>
          <dd>{load.author}</dd>
        </div>
        {load.startedAt && (
          <div>
            <dt>{t('loads.when')}</dt>
            <dd className="figures">
              <When ms={Date.parse(load.startedAt)} />
              {load.endedAt && (
                <>
                  {' – '}
                  <When ms={Date.parse(load.endedAt)} />
                </>
              )}
            </dd>
          </div>
        )}
      </dl>
      <LoadReport load={load} nowMs={nowMs} />
      {some && (
        <section aria-labelledby="notices">
          <h2 id="notices">{code ? (find(`notice.${code}`) ?? code) : t('notices.title')}</h2>
          <p className="button-row no-print">
            <a className="button button-small" href={`/loads/${load.id}/notices.csv`} download>
              {t('notices.csv')}
            </a>
            {code && <Link to={`/loads/${load.id}`}>{t('notices.all')}</Link>}
          </p>
          <NoticeLines notices={notices} />
          {next && (
            <Link
              className="button"
              to={`?${new URLSearchParams({ ...(code ? { code } : {}), cursor: next })}`}
            >
              {t('notices.more')}
            </Link>
          )}
        </section>
      )}
    </div>
  )
}
