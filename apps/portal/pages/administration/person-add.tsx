/** Adds a person with a first password, shown this once so that it can be handed over. */
import { peopleAdd } from '@lanmei/api/contract/house'
import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { call } from '../../shell/call.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { BoxField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import type { Wrong } from '../sign-in/present.ts'
import { firstPassword, type PersonForm, personWrong } from './present.ts'
import type { RoleChoice } from './role-choices.ts'

const empty: PersonForm = { name: '', email: '', password: '', roles: [] }

export function PersonAdd({ choices }: { choices: RoleChoice[] }) {
  const { t } = useReader()
  const { revalidate } = useRevalidator()
  const [form, setForm] = useState(empty)
  const [wrong, setWrong] = useState<Wrong<PersonForm>>({})
  const [added, setAdded] = useState<PersonForm>()
  const send = useDeed(async () => {
    await call(peopleAdd, { body: { ...form, name: form.name.trim(), email: form.email.trim() } })
    setAdded(form)
    setForm(empty)
    await revalidate()
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    setAdded(undefined)
    const found = personWrong(form)
    setWrong(found)
    if (Object.keys(found).length === 0) send.run()
  }
  const taken = send.refusal?.code === 'conflict' && send.refusal.details.field === 'email'
  const field = (name: 'name' | 'email' | 'password') => ({
    value: form[name],
    wrong: wrong[name] ? t(wrong[name]) : taken && name === 'email' ? t('people.email-taken') : undefined,
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement>) => setForm({ ...form, [name]: target.value }),
  })
  return (
    <section aria-labelledby="person-add">
      <h2 id="person-add">{t('people.add')}</h2>
      {added && (
        <div className="message done" role="status">
          <p>{t('people.added', { name: added.name })}</p>
          <p className="secret" id="first-password" translate="no">
            {added.password}
          </p>
          <CopyButton text={added.password} from="first-password" />
        </div>
      )}
      <form className="form" noValidate onSubmit={submit}>
        {!taken && <Refused refusal={send.refusal} />}
        <TextField label={t('form.name')} autoComplete="off" {...field('name')} />
        <TextField label={t('form.email')} type="email" autoComplete="off" {...field('email')} />
        <TextField
          label={t('people.first-password')}
          hint={t('people.first-password-hint')}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...field('password')}
        />
        <p>
          <button
            type="button"
            className="button-small"
            onClick={() =>
              setForm({ ...form, password: firstPassword((bytes) => crypto.getRandomValues(bytes)) })
            }
          >
            {t('people.make-password')}
          </button>
        </p>
        <BoxField
          label={t('administration.roles')}
          wrong={wrong.roles && t(wrong.roles)}
          boxes={choices}
          chosen={form.roles}
          onChange={(roles) => setForm({ ...form, roles })}
        />
        <SendButton busy={send.busy}>{t('people.add')}</SendButton>
      </form>
    </section>
  )
}
