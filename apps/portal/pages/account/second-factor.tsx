/** Sets up a second factor: password, QR code and text secret, a first code, backup codes. */
import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { useReader } from '../../shell/reader-context.tsx'
import { PasswordField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { codeDigits } from '../sign-in/present.ts'
import { BackupCodes } from './backup-codes.tsx'
import { secretOf } from './present.ts'
import { QrCode } from './qr-code.tsx'

type Offered = { totpURI: string; backupCodes: string[] }

export function SecondFactor({ on, needed }: { on: boolean; needed: boolean }) {
  const { t } = useReader()
  const { revalidate } = useRevalidator()
  const [asked, setAsked] = useState<'set-up' | 'off' | 'codes'>()
  const [offered, setOffered] = useState<Offered>()
  const [codes, setCodes] = useState<string[]>()

  const withPassword = async (password: string) => {
    const { auth, must } = await import('../../shell/auth-door.ts')
    const { twoFactor } = auth()
    if (asked === 'off') await must(twoFactor.disable({ password }) as never)
    else if (asked === 'codes')
      setCodes(
        (await must<{ backupCodes: string[] }>(twoFactor.generateBackupCodes({ password }) as never))
          .backupCodes,
      )
    else setOffered(await must<Offered>(twoFactor.enable({ password }) as never))
    setAsked(undefined)
    if (asked === 'off') await revalidate()
  }
  const confirmed = async () => {
    setCodes(offered?.backupCodes)
    setOffered(undefined)
    await revalidate()
  }

  return (
    <section aria-labelledby="second-factor">
      <h2 id="second-factor">{t('account.second')}</h2>
      <p>{t(on ? 'account.second-on' : needed ? 'account.second-needed' : 'account.second-off')}</p>
      {codes ? (
        <BackupCodes codes={codes} onKept={() => setCodes(undefined)} />
      ) : offered ? (
        <Confirm offered={offered} onDone={confirmed} />
      ) : asked ? (
        <AskPassword onGiven={withPassword} onBack={() => setAsked(undefined)} />
      ) : on ? (
        <div className="button-row">
          <button type="button" onClick={() => setAsked('codes')}>
            {t('account.codes-new')}
          </button>
          <button type="button" onClick={() => setAsked('off')}>
            {t('account.second-end')}
          </button>
        </div>
      ) : (
        <button type="button" className={needed ? 'button-next' : ''} onClick={() => setAsked('set-up')}>
          {t('account.second-set-up')}
        </button>
      )}
    </section>
  )
}

function AskPassword({
  onGiven,
  onBack,
}: {
  onGiven: (password: string) => Promise<void>
  onBack: () => void
}) {
  const { t } = useReader()
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState(false)
  const send = useDeed(() => onGiven(password))
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setMissing(!password)
        if (password) send.run()
      }}
    >
      <Refused refusal={send.refusal} />
      <PasswordField
        label={t('account.password-confirm')}
        autoComplete="current-password"
        autoFocus
        value={password}
        wrong={missing ? t('form.password-missing') : undefined}
        onChange={({ target }) => setPassword(target.value)}
      />
      <div className="button-row">
        <SendButton busy={send.busy}>{t('form.next')}</SendButton>
        <button type="button" onClick={onBack}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  )
}

function Confirm({ offered, onDone }: { offered: Offered; onDone: () => Promise<void> }) {
  const { t } = useReader()
  const [code, setCode] = useState('')
  const [missing, setMissing] = useState(false)
  const send = useDeed(async () => {
    const { auth, must } = await import('../../shell/auth-door.ts')
    await must(auth().twoFactor.verifyTotp({ code: codeDigits(code) }) as never)
    await onDone()
  })
  return (
    <form
      className="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        const whole = /^\d{6}$/.test(codeDigits(code))
        setMissing(!whole)
        if (whole) send.run()
      }}
    >
      <ol>
        <li>
          {t('account.scan')}
          <QrCode text={offered.totpURI} name={t('account.qr')} />
          <p>{t('account.secret')}</p>
          <p className="secret" translate="no">
            {secretOf(offered.totpURI)}
          </p>
        </li>
        <li>
          <TextField
            label={t('account.first-code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            value={code}
            wrong={missing ? t('sign-in.code-missing') : undefined}
            onChange={({ target }) => setCode(target.value)}
          />
        </li>
      </ol>
      <Refused refusal={send.refusal} />
      <SendButton busy={send.busy}>{t('account.second-confirm')}</SendButton>
    </form>
  )
}
