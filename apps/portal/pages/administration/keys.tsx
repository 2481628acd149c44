/** API keys of loggers and services: made, shown once, ended. */
import { apiKeysAdd, apiKeysEnd, apiKeys as keysRoute } from '@lanmei/api/contract/house'
import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator } from 'react-router'
import { call } from '../../shell/call.ts'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { ChoiceField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import type { Key } from './present.ts'

export async function loader(asked: LoaderFunctionArgs) {
  const { keys } = await asking(asked)(keysRoute)
  return { keys: keys as Key[], nowMs: Date.now() }
}

export default function Keys() {
  const { t } = useReader()
  const { keys, nowMs } = useLoaderData<typeof loader>()
  return (
    <section aria-labelledby="keys">
      <title>{`${t('administration.keys')} · Lanmei`}</title>
      <h2 id="keys">{t('administration.keys')}</h2>
      <p>{t('keys.what')}</p>
      {keys.length === 0 && <p className="empty">{t('keys.none')}</p>}
      <ul className="entries">
        {keys.map((key) => (
          <KeyEntry key={key.id} of={key} nowMs={nowMs} />
        ))}
      </ul>
      <KeyAdd />
    </section>
  )
}

function KeyEntry({ of, nowMs }: { of: Key; nowMs: number }) {
  const { t, find, day, ago } = useReader()
  const { revalidate } = useRevalidator()
  const [asked, setAsked] = useState(false)
  const end = useDeed(async () => {
    await call(apiKeysEnd, { parameters: { key: of.id } })
    await revalidate()
  })
  const over = of.expiresAt !== undefined && Date.parse(of.expiresAt) < nowMs
  return (
    <li className={over ? 'entry entry-ended' : 'entry'}>
      <div>
        <h3>{of.name}</h3>
        <p className="figures" translate="no">
          {of.start}…
        </p>
        <p className="quiet small">
          {find(`duty.${of.duty}`) ?? of.duty} ·{' '}
          {t('keys.made', { day: day(Date.parse(of.createdAt), 'UTC') })} ·{' '}
          {of.lastUsedAt
            ? t('keys.used', { ago: ago(Date.parse(of.lastUsedAt), nowMs) })
            : t('keys.never-used')}{' '}
          ·{' '}
          {of.expiresAt
            ? t(over ? 'keys.expired' : 'keys.expires', { day: day(Date.parse(of.expiresAt), 'UTC') })
            : t('keys.endless')}
        </p>
        <Refused refusal={end.refusal} />
      </div>
      <div className="button-row">
        {asked ? (
          <>
            <span>{t('keys.end-what')}</span>
            <button type="button" className="button-small" onClick={() => end.run()}>
              {t('keys.end-yes')}
            </button>
            <button type="button" className="button-small" onClick={() => setAsked(false)}>
              {t('form.cancel')}
            </button>
          </>
        ) : (
          <button type="button" className="button-small" onClick={() => setAsked(true)}>
            {t('keys.end')}
          </button>
        )}
      </div>
    </li>
  )
}

function KeyAdd() {
  const { t } = useReader()
  const { revalidate } = useRevalidator()
  const [form, setForm] = useState({ name: '', duty: 'contributor', days: '365' })
  const [missing, setMissing] = useState(false)
  const [made, setMade] = useState<{ name: string; key: string }>()
  const send = useDeed(async () => {
    const days = Number(form.days)
    const { name, key } = await call(apiKeysAdd, {
      body: {
        name: form.name.trim(),
        duty: form.duty as 'contributor' | 'reader',
        ...(days > 0 ? { expiresInDays: days } : {}),
      },
    })
    setMade({ name, key })
    setForm({ ...form, name: '' })
    await revalidate()
  })
  const field = (name: keyof typeof form) => ({
    value: form[name],
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      setForm({ ...form, [name]: target.value }),
  })
  return (
    <section aria-labelledby="key-add">
      <h2 id="key-add">{t('keys.add')}</h2>
      {made && (
        <div className="message" role="status">
          <p>
            <strong>{t('keys.once', { name: made.name })}</strong>
          </p>
          <p className="secret" id="new-key" translate="no">
            {made.key}
          </p>
          <div className="button-row">
            <CopyButton text={made.key} from="new-key" />
            <button type="button" className="button-small" onClick={() => setMade(undefined)}>
              {t('keys.kept')}
            </button>
          </div>
        </div>
      )}
      <form
        className="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(!form.name.trim())
          if (form.name.trim()) send.run()
        }}
      >
        <Refused refusal={send.refusal} />
        <TextField
          label={t('keys.name')}
          hint={t('keys.name-hint')}
          maxLength={60}
          autoComplete="off"
          wrong={missing ? t('form.name-missing') : undefined}
          {...field('name')}
        />
        <ChoiceField
          label={t('roles.duty')}
          choices={[
            ['contributor', t('duty.contributor')],
            ['reader', t('duty.reader')],
          ]}
          {...field('duty')}
        />
        <ChoiceField
          label={t('keys.length')}
          choices={[
            ['90', t('keys.days', { days: 90 })],
            ['365', t('keys.days', { days: 365 })],
            ['1095', t('keys.days', { days: 1095 })],
            ['', t('keys.endless')],
          ]}
          {...field('days')}
        />
        <SendButton busy={send.busy}>{t('keys.add')}</SendButton>
      </form>
    </section>
  )
}
