/** Roles: duties in a party and an area, given to people. Records of the journal, so who may do what has a history. */
import { recordsWrite } from '@lanmei/api/contract/records'
import { duties } from '@lanmei/model/kinds/role'
import type { Language } from '@lanmei/model/language'
import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { call } from '../../shell/call.ts'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { ChoiceField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { WordsFields } from '../../ui/words-fields.tsx'
import { allRecords } from './all-records.ts'
import { type RecordItem, type RoleFields, roleIdOf, wordsOf } from './present.ts'
import { useRoleChoices } from './role-choices.ts'

export async function loader(asked: LoaderFunctionArgs) {
  return { roles: await allRecords(asking(asked), 'role') }
}

export default function Roles() {
  const { t } = useReader()
  const { roles } = useLoaderData<typeof loader>()
  const choices = useRoleChoices(roles)
  return (
    <section aria-labelledby="roles">
      <title>{`${t('administration.roles')} · Lanmei`}</title>
      <h2 id="roles">{t('administration.roles')}</h2>
      <p>{t('roles.what')}</p>
      <dl className="duties">
        {duties.map((duty) => (
          <div key={duty}>
            <dt>{t(`duty.${duty}`)}</dt>
            <dd>{t(`duty.${duty}.may`)}</dd>
          </div>
        ))}
      </dl>
      {choices.length === 0 && <p className="empty">{t('roles.none')}</p>}
      <ul className="entries">
        {choices.map(({ value, name }) => {
          const record = roles.find(({ id }) => id === value)
          return record && <RoleEntry key={value} record={record} name={name} />
        })}
      </ul>
      <RoleAdd taken={roles.map(({ id }) => id)} />
    </section>
  )
}

function RoleEntry({ record, name }: { record: RecordItem; name: string }) {
  const { t } = useReader()
  const { revalidate } = useRevalidator()
  const end = useDeed(async () => {
    const { kind, id, version, fields } = record
    await call(recordsWrite, { parameters: { kind, id }, body: { fields, after: version, ended: true } })
    await revalidate()
  })
  return (
    <li className="entry">
      <div>
        <h3>{name}</h3>
        <p className="quiet small">{record.id}</p>
        <Refused refusal={end.refusal} />
      </div>
      <button type="button" className="button-small" onClick={() => end.run()}>
        {t('roles.end')}
      </button>
    </li>
  )
}

function RoleAdd({ taken }: { taken: string[] }) {
  const { t, name } = useReader()
  const root = useRouteLoaderData<RootData>('root')
  const { revalidate } = useRevalidator()
  const [role, setRole] = useState<RoleFields>({
    party: root?.node.party ?? '',
    area: '*',
    duty: 'contributor',
  })
  const [title, setTitle] = useState<Partial<Record<Language, string>>>({})
  const send = useDeed(async () => {
    const words = wordsOf(title)
    await call(recordsWrite, {
      parameters: { kind: 'role', id: roleIdOf(role, taken) },
      body: {
        fields: { ...role, area: role.area.trim() || '*', ...(words ? { title: words } : {}) },
        after: 0,
      },
    })
    setTitle({})
    await revalidate()
  })
  const field = (key: 'party' | 'area' | 'duty') => ({
    value: role[key],
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      setRole({ ...role, [key]: target.value }),
  })
  return (
    <section aria-labelledby="role-add">
      <h2 id="role-add">{t('roles.add')}</h2>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault()
          send.run()
        }}
      >
        <Refused refusal={send.refusal} />
        <ChoiceField
          label={t('roles.party')}
          choices={(root?.node.parties ?? []).map(
            (party) => [party.id, name(party.name, party.id).text] as const,
          )}
          {...field('party')}
        />
        <ChoiceField
          label={t('roles.duty')}
          choices={duties.map((duty) => [duty, t(`duty.${duty}`)] as const)}
          {...field('duty')}
        />
        <TextField label={t('roles.area')} hint={t('roles.area-hint')} {...field('area')} />
        <WordsFields label={t('roles.title')} hint={t('form.optional')} words={title} onChange={setTitle} />
        <SendButton busy={send.busy}>{t('roles.add')}</SendButton>
      </form>
    </section>
  )
}
