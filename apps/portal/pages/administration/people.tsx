/** People of the node: who they are, what they may do, who can still sign in. */
import { peopleChange, people as peopleRoute } from '@lanmei/api/contract/house'
import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRevalidator, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { call } from '../../shell/call.ts'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { BoxField, SendButton } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { allRecords } from './all-records.ts'
import { PersonAdd } from './person-add.tsx'
import type { Person } from './present.ts'
import { type RoleChoice, useRoleChoices } from './role-choices.ts'

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const [{ people }, roles, areas] = await Promise.all([
    ask(peopleRoute),
    allRecords(ask, 'role'),
    allRecords(ask, 'area'),
  ])
  return { people: people as Person[], roles, areas, nowMs: Date.now() }
}

export default function People() {
  const { t } = useReader()
  const { people, roles, areas, nowMs } = useLoaderData<typeof loader>()
  const choices = useRoleChoices(roles, areas)
  return (
    <section aria-labelledby="people">
      <title>{`${t('administration.people')} · Lanmei`}</title>
      <h2 id="people">{t('administration.people')}</h2>
      <ul className="entries">
        {people.map((person) => (
          <PersonEntry key={person.id} person={person} choices={choices} nowMs={nowMs} />
        ))}
      </ul>
      <PersonAdd choices={choices} />
    </section>
  )
}

function PersonEntry({ person, choices, nowMs }: { person: Person; choices: RoleChoice[]; nowMs: number }) {
  const { t, ago } = useReader()
  const own = useRouteLoaderData<RootData>('root')?.me.person?.id === person.id
  const { revalidate } = useRevalidator()
  const [editing, setEditing] = useState(false)
  const change = useDeed(async (body: { roles?: string[]; disabled?: boolean }) => {
    await call(peopleChange, { parameters: { person: person.id }, body })
    setEditing(false)
    await revalidate()
  })
  const names = person.roles.map(({ id }) => choices.find(({ value }) => value === id)?.name ?? id)
  return (
    <li className={person.disabled ? 'entry entry-ended' : 'entry'}>
      <div>
        <h3>
          {person.name} {own && <span className="chip">{t('people.you')}</span>}
        </h3>
        <p className="quiet">{person.email}</p>
        <p>{names.length ? names.join('; ') : t('people.no-role')}</p>
        <p className="small">
          <span className={person.secondFactor ? 'chip' : 'chip chip-strong'}>
            {t(person.secondFactor ? 'people.second-on' : 'people.second-off')}
          </span>{' '}
          {person.disabled && <span className="chip chip-strong">{t('people.disabled')}</span>}{' '}
          <span className="quiet">
            {person.lastSeen
              ? t('people.seen', { ago: ago(Date.parse(person.lastSeen), nowMs) })
              : t('people.never-seen')}
          </span>
        </p>
        <Refused refusal={change.refusal} />
        {editing && (
          <RolesForm
            chosen={person.roles.map(({ id }) => id)}
            choices={choices}
            busy={change.busy}
            onSend={(roles) => change.run({ roles })}
          />
        )}
      </div>
      <div className="button-row">
        <button
          type="button"
          className="button-small"
          aria-expanded={editing}
          onClick={() => setEditing(!editing)}
        >
          {t('people.change-roles')}
        </button>
        {!own && (
          <button
            type="button"
            className="button-small"
            onClick={() => change.run({ disabled: !person.disabled })}
          >
            {t(person.disabled ? 'people.enable' : 'people.disable')}
          </button>
        )}
      </div>
    </li>
  )
}

function RolesForm({
  chosen,
  choices,
  busy,
  onSend,
}: {
  chosen: string[]
  choices: RoleChoice[]
  busy: boolean
  onSend: (roles: string[]) => void
}) {
  const { t } = useReader()
  const [roles, setRoles] = useState(chosen)
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        onSend(roles)
      }}
    >
      <BoxField label={t('administration.roles')} boxes={choices} chosen={roles} onChange={setRoles} />
      <SendButton busy={busy}>{t('form.save')}</SendButton>
    </form>
  )
}
