/** Changes the own password; sessions on other devices end with it. */
import { useState } from 'react'
import { useReader } from '../../shell/reader-context.tsx'
import { PasswordField, SendButton } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import type { Wrong } from '../sign-in/present.ts'
import { type NewPassword, newPasswordWrong } from './present.ts'

const empty: NewPassword = { current: '', next: '', again: '' }

export function PasswordForm() {
  const { t } = useReader()
  const [typed, setTyped] = useState(empty)
  const [wrong, setWrong] = useState<Wrong<NewPassword>>({})
  const [done, setDone] = useState(false)
  const send = useDeed(async () => {
    const { auth, must } = await import('../../shell/auth-door.ts')
    await must(
      auth().changePassword({
        currentPassword: typed.current,
        newPassword: typed.next,
        revokeOtherSessions: true,
      }) as never,
    )
    setTyped(empty)
    setDone(true)
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    setDone(false)
    const found = newPasswordWrong(typed)
    setWrong(found)
    if (Object.keys(found).length === 0) send.run()
  }
  const field = (name: keyof NewPassword, autoComplete: string) => ({
    autoComplete,
    value: typed[name],
    wrong: wrong[name] && t(wrong[name]),
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement>) =>
      setTyped({ ...typed, [name]: target.value }),
  })
  return (
    <section aria-labelledby="password">
      <h2 id="password">{t('account.password')}</h2>
      <form className="form" noValidate onSubmit={submit}>
        <Refused refusal={send.refusal} />
        {done && (
          <p className="message done" role="status">
            {t('account.password-done')}
          </p>
        )}
        <PasswordField label={t('account.password-current')} {...field('current', 'current-password')} />
        <PasswordField
          label={t('account.password-next')}
          hint={t('form.password-hint')}
          {...field('next', 'new-password')}
        />
        <PasswordField label={t('account.password-again')} {...field('again', 'new-password')} />
        <SendButton busy={send.busy} quiet>
          {t('account.password-change')}
        </SendButton>
      </form>
    </section>
  )
}
