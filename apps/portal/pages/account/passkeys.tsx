/** Passkeys of the own account: list, add, remove. */
import { useEffect, useState } from 'react'
import type { Passkey } from '../../shell/auth-door.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { deviceName } from './present.ts'
import '../../ui/rows.css'

const door = () => import('../../shell/auth-door.ts')

export function Passkeys() {
  const { t, day } = useReader()
  const [keys, setKeys] = useState<Passkey[]>()
  const [usable, setUsable] = useState(false)
  const [name, setName] = useState('')
  const list = useDeed(async () => setKeys(await (await door()).listPasskeys()))
  const { run: show } = list
  useEffect(() => {
    setUsable('PublicKeyCredential' in window)
    setName(deviceName(navigator.userAgent))
    show()
  }, [show])
  const add = useDeed(async () => {
    await (await door()).addPasskey(name.trim() || deviceName(navigator.userAgent))
    await show()
  })
  const remove = useDeed(async (id: string) => {
    await (await door()).removePasskey(id)
    await show()
  })
  return (
    <section aria-labelledby="passkeys">
      <h2 id="passkeys">{t('account.passkeys')}</h2>
      <p>{t('account.passkeys-hint')}</p>
      <Refused refusal={list.refusal ?? add.refusal ?? remove.refusal} />
      {keys && keys.length > 0 && (
        <ul className="plain-rows">
          {keys.map((key) => (
            <li key={key.id}>
              <span>
                {key.name || t('account.passkey-unnamed')}
                <span className="quiet small"> {day(Date.parse(key.createdAt), 'UTC')}</span>
              </span>
              <button type="button" className="button-small" onClick={() => remove.run(key.id)}>
                {t('form.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {keys?.length === 0 && <p className="quiet">{t('account.passkeys-none')}</p>}
      {usable ? (
        <form
          className="form"
          onSubmit={(event) => {
            event.preventDefault()
            add.run()
          }}
        >
          <TextField
            label={t('account.passkey-name')}
            maxLength={60}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <SendButton busy={add.busy} quiet>
            {t('account.passkey-add')}
          </SendButton>
        </form>
      ) : (
        <p className="quiet">{t('account.passkeys-unusable')}</p>
      )}
    </section>
  )
}
