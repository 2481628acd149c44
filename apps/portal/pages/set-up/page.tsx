/** First run: the administrator, the party this node speaks for, and its languages. Closed as soon as it is done. */
import { setUp as setUpRoute } from '@lanmei/api/contract/house'
import { languages as allLanguages, type Language } from '@lanmei/model/language'
import { useEffect, useState } from 'react'
import { Link, useLocation, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { call } from '../../shell/call.ts'
import { languageNames } from '../../shell/preferences.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { BoxField, ChoiceField, PasswordField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import type { Wrong } from '../sign-in/present.ts'
import { codeIn, type SetUpForm, setUpWrong } from './present.ts'

export default function SetUp() {
  const { t } = useReader()
  const root = useRouteLoaderData<RootData>('root')
  return (
    <div className="column">
      <title>{`${t('set-up.title')} · Lanmei`}</title>
      <h1>{t('set-up.title')}</h1>
      {root?.node.setUp ? (
        <>
          <p>{t('problem.setup-done')}</p>
          <Link className="button" to="/sign-in">
            {t('sign-in.title')}
          </Link>
        </>
      ) : (
        root && <Form root={root} />
      )}
    </div>
  )
}

function Form({ root }: { root: RootData }) {
  const { t, name, language } = useReader()
  const { search } = useLocation()
  const [form, setForm] = useState<SetUpForm>({
    code: codeIn(search, ''),
    party: root.node.party,
    languages: [...new Set<Language>([language, 'en'])],
    name: '',
    email: '',
    password: '',
  })
  const [wrong, setWrong] = useState<Wrong<SetUpForm>>({})
  useEffect(() => {
    const code = codeIn(window.location.search, window.location.hash)
    if (code) setForm((before) => ({ ...before, code }))
  }, [])
  const send = useDeed(async () => {
    const body = { ...form, email: form.email.trim(), name: form.name.trim(), code: form.code.trim() }
    await call(setUpRoute, { body })
    const { auth, must } = await import('../../shell/auth-door.ts')
    await must(auth().signIn.email({ email: body.email, password: form.password }) as never)
    window.location.assign('/account')
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    const found = setUpWrong(form)
    setWrong(found)
    if (Object.keys(found).length === 0) send.run()
  }
  const refused = send.refusal?.details.field
  const field = (of: keyof SetUpForm) => ({
    wrong: wrong[of]
      ? t(wrong[of])
      : refused === of
        ? t(of === 'code' ? 'set-up.code-wrong' : 'form.refused')
        : undefined,
    value: form[of],
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      setForm({ ...form, [of]: target.value }),
  })
  return (
    <form className="form" method="post" noValidate onSubmit={submit}>
      <noscript>
        <p className="message">{t('form.needs-script')}</p>
      </noscript>
      <p>{t('set-up.what')}</p>
      <Refused refusal={send.refusal} />
      <TextField
        label={t('set-up.code')}
        hint={t('set-up.code-hint')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...field('code')}
      />
      <h2>{t('set-up.node')}</h2>
      <ChoiceField
        label={t('set-up.party')}
        hint={t('set-up.party-hint')}
        choices={root.node.parties.map(({ id, name: words }) => [id, name(words, id).text] as const)}
        {...field('party')}
      />
      <BoxField
        label={t('set-up.languages')}
        hint={t('set-up.languages-hint')}
        wrong={wrong.languages && t(wrong.languages)}
        boxes={allLanguages.map((code) => ({ value: code, name: languageNames[code], lang: code }))}
        chosen={form.languages}
        onChange={(languages) => setForm({ ...form, languages: languages as Language[] })}
      />
      <h2>{t('set-up.administrator')}</h2>
      <p>{t('set-up.administrator-hint')}</p>
      <TextField label={t('form.name')} autoComplete="name" {...field('name')} />
      <TextField label={t('form.email')} type="email" autoComplete="username" {...field('email')} />
      <PasswordField
        label={t('form.password')}
        hint={t('form.password-hint')}
        autoComplete="new-password"
        {...field('password')}
      />
      <SendButton busy={send.busy}>{t('set-up.send')}</SendButton>
    </form>
  )
}
