/** Roles: duties in a party and an area, given to people. Records of the journal, so who may do what has a history. */
import { recordsWrite } from '@lanmei/api/contract/records'
import { duties } from '@lanmei/model/kinds/role'
import type { Language, Words } from '@lanmei/model/language'
import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { call } from '../../shell/call.ts'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { ChoiceField, SendButton } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { WordsFields } from '../../ui/words-fields.tsx'
import { allRecords } from './all-records.ts'
import { type RecordItem, type RoleFields, roleIdOf, wordsOf } from './present.ts'
import { useRoleNames } from './role-choices.ts'

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const [roles, areas] = await Promise.all([allRecords(ask, 'role'), allRecords(ask, 'area')])
  return { roles, areas }
}

export default function Roles() {
  const { t, locale } = useReader()
  const { roles, areas } = useLoaderData<typeof loader>()
  const nameOf = useRoleNames(areas)
  const named = roles
    .map((record) => ({ record, name: nameOf(record) }))
    .sort((a, b) => Number(a.record.ended) - Number(b.record.ended) || a.name.localeCompare(b.name, locale))
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
      {named.length === 0 && <p className="empty">{t('roles.none')}</p>}
      <ul className="entries">
        {named.map(({ record, name }) => (
          <RoleEntry key={record.id} record={record} name={name} />
        ))}
      </ul>
      <RoleAdd taken={roles.map(({ id }) => id)} areas={areas} />
    </section>
  )
}

function RoleEntry({ record, name }: { record: RecordItem; name: string }) {
  const { t } = useReader()
  const { revalidate } = useRevalidator()
  // The roles of the set-up belong to the party: they stay, so that nobody locks the house out.
  const own = record.owner === useRouteLoaderData<RootData>('root')?.node.node
  const change = useDeed(async () => {
    const { kind, id, version, fields, ended } = record
    await call(recordsWrite, { parameters: { kind, id }, body: { fields, after: version, ended: !ended } })
    await revalidate()
  })
  return (
    <li className={record.ended ? 'entry entry-ended' : 'entry'}>
      <div>
        <h3>{name}</h3>
        <p className="quiet small">
          {record.id} {record.ended && <span className="chip">{t('roles.ended')}</span>}
        </p>
        <Refused refusal={change.refusal} />
      </div>
      {own && (
        <button type="button" className="button-small" onClick={() => change.run()}>
          {t(record.ended ? 'roles.again' : 'roles.end')}
        </button>
      )}
    </li>
  )
}

function RoleAdd({ taken, areas }: { taken: string[]; areas: RecordItem[] }) {
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
        <ChoiceField
          label={t('roles.area')}
          choices={[
            ['*', t('roles.all-areas')],
            ...areas.map(({ id, fields }) => [id, name(fields.name as Words, id).text] as const),
          ]}
          {...field('area')}
        />
        <details className="more">
          <summary>
            {t('roles.title')} <span className="quiet small">{t('form.optional')}</span>
          </summary>
          <WordsFields label={t('roles.title')} words={title} onChange={setTitle} />
        </details>
        <SendButton busy={send.busy}>{t('roles.add')}</SendButton>
      </form>
    </section>
  )
}
