/** An error page: what happened, what was kept, what to do next, with a reference number where there is one. */
import { Link, useLocation } from 'react-router'
import { refusalText } from './call.ts'
import type { TextKey } from './reader.ts'
import { useReader } from './reader-context.tsx'

type Told = { status: number; code: string; reference: string; reason?: string }

const titles: Readonly<Record<number, TextKey>> = {
  401: 'error.sign-in',
  403: 'error.not-allowed',
  404: 'error.missing',
}
const nexts: Readonly<Record<number, TextKey>> = {
  401: 'error.sign-in-next',
  403: 'error.not-allowed-next',
  404: 'error.missing-next',
}

export function PageError({ status, code, reference, reason }: Told) {
  const reader = useReader()
  const { t } = reader
  const { pathname, search } = useLocation()
  const title = t(titles[status] ?? 'error.title')
  return (
    <div className="column page-error">
      <title>{`${title} · Lanmei`}</title>
      <h1>{title}</h1>
      <p>{refusalText(reader, { code, details: { reason } })}</p>
      <p>{t(nexts[status] ?? 'error.next')}</p>
      <p className="button-row">
        {status === 401 && (
          <Link
            className="button button-next"
            to={`/sign-in?${new URLSearchParams({ next: pathname + search })}`}
          >
            {t('nav.sign-in')}
          </Link>
        )}
        {reason === 'second-factor-needed' && (
          <Link className="button button-next" to="/account">
            {t('account.second-set-up')}
          </Link>
        )}
        <Link className="button" to="/">
          {t('nav.river')}
        </Link>
      </p>
      <dl className="facts">
        <div>
          <dt>{t('error.code')}</dt>
          <dd className="figures">
            {status} {code}
          </dd>
        </div>
        {reference && (
          <div>
            <dt>{t('error.reference')}</dt>
            <dd className="figures">{reference}</dd>
          </div>
        )}
      </dl>
    </div>
  )
}
