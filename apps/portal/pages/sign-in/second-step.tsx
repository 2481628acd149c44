/** The second step of signing in: the code of the app, or one of the backup codes. */
import { useState } from 'react'
import { useReader } from '../../shell/reader-context.tsx'
import { SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { codeDigits } from './present.ts'

export function SecondStep({ onDone, onBack }: { onDone: () => void; onBack: () => void }) {
  const { t } = useReader()
  const [way, setWay] = useState<'app' | 'backup'>('app')
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const send = useDeed(async () => {
    const { auth, must } = await import('../../shell/auth-door.ts')
    const { twoFactor } = auth()
    await must(
      way === 'app'
        ? (twoFactor.verifyTotp({ code: codeDigits(code) }) as never)
        : (twoFactor.verifyBackupCode({ code: code.trim() }) as never),
    )
    onDone()
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    const empty = way === 'app' ? !/^\d{6}$/.test(codeDigits(code)) : code.trim() === ''
    setMissing(empty)
    if (!empty) send.run()
  }
  const change = (next: typeof way) => {
    setWay(next)
    setCode('')
    setMissing(false)
    send.setRefusal(undefined)
  }
  return (
    <form className="form" noValidate onSubmit={submit}>
      <h2>{t('sign-in.second')}</h2>
      <Refused refusal={send.refusal} />
      {way === 'app' ? (
        <TextField
          key="app"
          label={t('sign-in.code')}
          hint={t('sign-in.code-hint')}
          wrong={missing ? t('sign-in.code-missing') : undefined}
          inputMode="numeric"
          autoComplete="one-time-code"
          autoFocus
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      ) : (
        <TextField
          key="backup"
          label={t('sign-in.backup-code')}
          hint={t('sign-in.backup-hint')}
          wrong={missing ? t('sign-in.backup-missing') : undefined}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      )}
      <SendButton busy={send.busy}>{t('sign-in.title')}</SendButton>
      <div className="button-row">
        <button
          type="button"
          className="link-button"
          onClick={() => change(way === 'app' ? 'backup' : 'app')}
        >
          {t(way === 'app' ? 'sign-in.use-backup' : 'sign-in.use-app')}
        </button>
        <button type="button" className="link-button" onClick={onBack}>
          {t('sign-in.back')}
        </button>
      </div>
    </form>
  )
}
