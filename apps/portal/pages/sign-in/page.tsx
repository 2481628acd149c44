/** Sign in: password and second factor, a passkey, or the service of the own house. */
import { useEffect, useState } from 'react'
import { Link, useLocation, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { signOut } from '../../shell/person-menu.tsx'
import { useReader } from '../../shell/reader-context.tsx'
import { PasswordField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { credentialsWrong, nextPage, type Wrong } from './present.ts'
import { SecondStep } from './second-step.tsx'

export default function SignIn() {
  const { t } = useReader()
  const root = useRouteLoaderData<RootData>('root')
  const { search } = useLocation()
  const [step, setStep] = useState<'first' | 'second'>('first')
  const enter = () => window.location.assign(nextPage(search))
  const out = useDeed(signOut)
  const person = root?.me.person
  return (
    <div className="column">
      <title>{`${t('sign-in.title')} · Lanmei`}</title>
      <h1>{t('sign-in.title')}</h1>
      {person ? (
        <>
          <p>{t('sign-in.already', { name: person.name })}</p>
          <div className="button-row">
            <Link className="button" to="/account">
              {t('account.title')}
            </Link>
            <button type="button" onClick={() => out.run()}>
              {t('sign-in.out')}
            </button>
          </div>
          <Refused refusal={out.refusal} />
        </>
      ) : step === 'second' ? (
        <SecondStep onDone={enter} onBack={() => setStep('first')} />
      ) : (
        <>
          <p className="quiet">{t('sign-in.who')}</p>
          <FirstStep onDone={enter} onSecond={() => setStep('second')} />
          {root && <OtherWays ways={root.node.signIn} onDone={enter} />}
        </>
      )}
    </div>
  )
}

function FirstStep({ onDone, onSecond }: { onDone: () => void; onSecond: () => void }) {
  const { t } = useReader()
  const [typed, setTyped] = useState({ email: '', password: '' })
  const [wrong, setWrong] = useState<Wrong<typeof typed>>({})
  const send = useDeed(async () => {
    const { auth, must } = await import('../../shell/auth-door.ts')
    const answer = await must<object>(
      auth().signIn.email({ email: typed.email.trim(), password: typed.password }) as never,
    )
    if ('twoFactorRedirect' in answer && answer.twoFactorRedirect) onSecond()
    else onDone()
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    const found = credentialsWrong(typed)
    setWrong(found)
    if (Object.keys(found).length === 0) send.run()
  }
  return (
    <form className="form" method="post" noValidate onSubmit={submit}>
      <noscript>
        <p className="message">{t('form.needs-script')}</p>
      </noscript>
      <Refused refusal={send.refusal} />
      <TextField
        label={t('form.email')}
        type="email"
        name="email"
        autoComplete="username webauthn"
        value={typed.email}
        wrong={wrong.email && t(wrong.email)}
        onChange={({ target }) => setTyped({ ...typed, email: target.value })}
      />
      <PasswordField
        label={t('form.password')}
        name="password"
        autoComplete="current-password"
        value={typed.password}
        wrong={wrong.password && t(wrong.password)}
        onChange={({ target }) => setTyped({ ...typed, password: target.value })}
      />
      <SendButton busy={send.busy}>{t('sign-in.title')}</SendButton>
      <p className="quiet small">{t('sign-in.forgotten')}</p>
    </form>
  )
}

function OtherWays({ ways, onDone }: { ways: RootData['node']['signIn']; onDone: () => void }) {
  const { t } = useReader()
  const [passkeys, setPasskeys] = useState(false)
  useEffect(() => setPasskeys(ways.passkey && 'PublicKeyCredential' in window), [ways.passkey])
  const byPasskey = useDeed(async () => {
    const { signInByPasskey } = await import('../../shell/auth-door.ts')
    await signInByPasskey()
    onDone()
  })
  const byHouse = useDeed(async (provider: string) => {
    const { auth, must } = await import('../../shell/auth-door.ts')
    const { url } = await must<{ url?: string }>(
      auth().signIn.social({
        provider,
        callbackURL: nextPage(window.location.search),
        disableRedirect: true,
      } as never) as never,
    )
    if (url) window.location.assign(url)
  })
  if (!passkeys && ways.oidc.length === 0) return null
  return (
    <section aria-labelledby="other-ways">
      <h2 id="other-ways">{t('sign-in.otherwise')}</h2>
      <Refused refusal={byPasskey.refusal ?? byHouse.refusal} />
      <div className="button-row">
        {passkeys && (
          <button type="button" onClick={() => byPasskey.run()}>
            {t('sign-in.passkey')}
          </button>
        )}
        {ways.oidc.map(({ id, name }) => (
          <button key={id} type="button" onClick={() => byHouse.run(id)}>
            {t('sign-in.by', { name })}
          </button>
        ))}
      </div>
    </section>
  )
}
