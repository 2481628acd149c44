/** An error page: what happened, what was kept, what to do next, with a reference number where there is one. */
import { Link } from 'react-router'
import { useReader } from './reader-context.tsx'

export function PageError({ status, code, reference }: { status: number; code: string; reference: string }) {
  const { t, find } = useReader()
  return (
    <div className="column page-error">
      <title>{`${t(status === 404 ? 'error.missing' : 'error.title')} · Lanmei`}</title>
      <h1>{t(status === 404 ? 'error.missing' : 'error.title')}</h1>
      <p>{find(`problem.${code}`) ?? t('problem.internal')}</p>
      <p>{t(status === 404 ? 'error.missing-next' : 'error.next')}</p>
      <p>
        <Link to="/">{t('nav.river')}</Link>
      </p>
      <dl className="facts">
        <dt>{t('error.code')}</dt>
        <dd className="figures">
          {status} {code}
        </dd>
        {reference && (
          <>
            <dt>{t('error.reference')}</dt>
            <dd className="figures">{reference}</dd>
          </>
        )}
      </dl>
    </div>
  )
}
