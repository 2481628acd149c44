/** Where one is signed in, and how to end it there. */
import { useEffect, useState } from 'react'
import type { Session } from '../../shell/auth-door.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { When } from '../../ui/when.tsx'
import { deviceName } from './present.ts'
import '../../ui/rows.css'

const door = () => import('../../shell/auth-door.ts')

export function Sessions() {
  const { t } = useReader()
  const [sessions, setSessions] = useState<Session[]>()
  const [own, setOwn] = useState('')
  const list = useDeed(async () => {
    const { auth, must } = await door()
    const here = await must<{ session: { token: string } } | null>(auth().getSession() as never)
    setOwn(here?.session.token ?? '')
    setSessions(await must<Session[]>(auth().listSessions() as never))
  })
  const { run: show } = list
  useEffect(() => {
    show()
  }, [show])
  const end = useDeed(async (token?: string) => {
    const { auth, must } = await door()
    await must((token ? auth().revokeSession({ token }) : auth().revokeOtherSessions()) as never)
    await show()
  })
  return (
    <section aria-labelledby="sessions">
      <h2 id="sessions">{t('account.sessions')}</h2>
      <Refused refusal={list.refusal ?? end.refusal} />
      <ul className="plain-rows">
        {sessions?.map(({ token, createdAt, ipAddress, userAgent }) => (
          <li key={token}>
            <span>
              {deviceName(userAgent) || t('account.device-unknown')}{' '}
              <span className="quiet small figures">
                {ipAddress} · <When ms={new Date(createdAt).getTime()} />
              </span>
            </span>
            {token === own ? (
              <span className="chip">{t('account.session-here')}</span>
            ) : (
              <button type="button" className="button-small" onClick={() => end.run(token)}>
                {t('account.session-end')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {(sessions?.length ?? 0) > 1 && (
        <button type="button" onClick={() => end.run()}>
          {t('account.sessions-end')}
        </button>
      )}
    </section>
  )
}
