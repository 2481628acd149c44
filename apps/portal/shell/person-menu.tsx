/** Who is signed in, in the header: the person's own pages and the way out; or the way in. */
import { NavLink, useLocation } from 'react-router'
import { useDeed } from '../ui/use-deed.ts'
import { useReader } from './reader-context.tsx'
import type { Me } from './told.ts'
import './person-menu.css'

export function PersonMenu({ me }: { me?: Me }) {
  const { t, find } = useReader()
  const { pathname, search } = useLocation()
  const out = useDeed(signOut)
  if (!me?.person) {
    const back = /^\/(sign-in|set-up)/.test(pathname)
      ? ''
      : `?${new URLSearchParams({ next: pathname + search })}`
    return (
      <NavLink to={`/sign-in${back}`} className="person">
        {t('nav.sign-in')}
      </NavLink>
    )
  }
  return (
    <details className="menu person-menu" name="shell-menu">
      <summary>{me.person.name}</summary>
      <ul>
        <li className="menu-title">{find(`duty.${me.duty}`)}</li>
        <li>
          <NavLink to="/account">{t('account.title')}</NavLink>
        </li>
        <li>
          <NavLink to="/loads">{t('loads.title')}</NavLink>
        </li>
        <li>
          <button type="button" className="menu-button" onClick={() => out.run()}>
            {t('sign-in.out')}
          </button>
        </li>
      </ul>
    </details>
  )
}

/** Ends the session, and shows the first page as a stranger sees it. */
export async function signOut(): Promise<void> {
  const { auth, must } = await import('./auth-door.ts')
  await must(auth().signOut() as never)
  window.location.assign('/')
}
