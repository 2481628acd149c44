/** Administration: the ways to its four parts, and who may be here. */
import { me as meRoute } from '@lanmei/api/contract/house'
import { data, Link, type LoaderFunctionArgs, NavLink, Outlet, useLoaderData } from 'react-router'
import { asking, type Refusal } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { sections } from './present.ts'
import './page.css'

export async function loader(asked: LoaderFunctionArgs) {
  const { person, duty } = await asking(asked)(meRoute)
  if (duty !== 'officer' && duty !== 'administrator')
    throw data(
      {
        code: person ? 'not-allowed' : 'not-signed-in',
        details: { reason: 'officer-needed' },
      } satisfies Refusal,
      { status: person ? 403 : 401 },
    )
  return { duty, secondFactor: person?.secondFactor ?? false }
}

export default function Frame() {
  const { t } = useReader()
  const { secondFactor } = useLoaderData<typeof loader>()
  return (
    <div className="column">
      <h1>{t('administration.title')}</h1>
      {!secondFactor && (
        <p className="message">
          {t('account.second-needed')} <Link to="/account">{t('account.second-set-up')}</Link>
        </p>
      )}
      <nav className="parts-nav" aria-label={t('administration.title')}>
        {sections.map((section) => (
          <NavLink key={section} to={`/administration/${section}`}>
            {t(`administration.${section}`)}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </div>
  )
}
