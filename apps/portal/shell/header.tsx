/** The slim band above every page: name, ways, language, look, person; and the band of the demonstration. */
import { Link, NavLink, useLocation } from 'react-router'
import type { RootData } from '../root.tsx'
import { Wordmark } from '../ui/wordmark.tsx'
import { inNumerals } from './customs.ts'
import { PersonMenu } from './person-menu.tsx'
import { buddhistEra, languageNames, numberingSystems } from './preferences.ts'
import { useReader } from './reader-context.tsx'

export function Header({ root }: { root?: RootData }) {
  const { t } = useReader()
  const duty = root?.me.duty ?? 'none'
  const mayContribute = ['contributor', 'officer', 'administrator'].includes(duty)
  return (
    <>
      <a className="skip" href="#content">
        {t('shell.skip')}
      </a>
      <header className="band">
        <Link to="/" className="home" aria-label={t('shell.home')}>
          <Wordmark />
        </Link>
        <nav aria-label={t('shell.navigation')}>
          <NavLink to="/" end>
            {t('nav.river')}
          </NavLink>
          <NavLink to="/series">{t('nav.series')}</NavLink>
          {mayContribute && <NavLink to="/upload">{t('nav.upload')}</NavLink>}
          <NavLink to="/status">{t('nav.status')}</NavLink>
          {(duty === 'administrator' || duty === 'officer') && (
            <NavLink to="/administration">{t('nav.administration')}</NavLink>
          )}
        </nav>
        <div className="choices">
          <LanguageChoice />
          <LookChoice />
          <PersonMenu me={root?.me} />
        </div>
      </header>
      {root && !root.node.setUp && (
        <p className="notice-band">
          {t('shell.not-set-up')} <Link to="/set-up">{t('shell.set-up')}</Link>
        </p>
      )}
      {root?.node.demonstration && (
        <p className="simulated-band">
          <strong>{t('shell.simulated')}</strong> {t('shell.simulated-detail')}
        </p>
      )}
    </>
  )
}

/** The address that keeps a choice and comes back here. */
function useChoice(): (name: string, value: string) => string {
  const { pathname, search } = useLocation()
  return (name, value) =>
    `/preferences?${new URLSearchParams({ [name]: value, back: pathname.startsWith('/preferences') ? '/' : pathname + search })}`
}

function LanguageChoice() {
  const { t, language } = useReader()
  const choice = useChoice()
  return (
    <details className="menu" name="shell-menu">
      <summary>
        <span className="visually-hidden">{t('shell.language')}: </span>
        {languageNames[language]}
      </summary>
      <ul>
        {Object.entries(languageNames).map(([code, name]) => (
          <li key={code}>
            <a
              href={choice('language', code)}
              lang={code}
              hrefLang={code}
              aria-current={code === language ? 'true' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </details>
  )
}

function LookChoice() {
  const { t, language, preferences } = useReader()
  const choice = useChoice()
  const themes = ['auto', 'light', 'dark'] as const
  return (
    <details className="menu" name="shell-menu">
      <summary>{t('shell.look')}</summary>
      <ul>
        <li className="menu-title">{t('shell.theme')}</li>
        {themes.map((theme) => (
          <li key={theme}>
            <a href={choice('theme', theme)} aria-current={theme === preferences.theme ? 'true' : undefined}>
              {t(`shell.theme.${theme}`)}
            </a>
          </li>
        ))}
        {buddhistEra.includes(language) && (
          <>
            <li className="menu-title">{t('shell.calendar')}</li>
            {(['gregory', 'buddhist'] as const).map((calendar) => (
              <li key={calendar}>
                <a
                  href={choice('calendar', calendar)}
                  aria-current={calendar === preferences.calendar ? 'true' : undefined}
                >
                  {t(`shell.calendar.${calendar}`)}
                </a>
              </li>
            ))}
          </>
        )}
        {numberingSystems[language] && (
          <>
            <li className="menu-title">{t('shell.numerals')}</li>
            {(['latn', 'own'] as const).map((numerals) => (
              <li key={numerals}>
                <a
                  href={choice('numerals', numerals)}
                  aria-current={(numerals === 'own') === preferences.ownNumerals ? 'true' : undefined}
                >
                  {inNumerals('1234567890', numerals === 'own' ? (numberingSystems[language] ?? '') : '')}
                </a>
              </li>
            ))}
          </>
        )}
      </ul>
    </details>
  )
}
