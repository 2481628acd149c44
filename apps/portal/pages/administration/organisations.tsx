/** Organisations: who answers for stations, series and dams; their names in the languages. */
import { useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { asking } from '../../shell/doors.ts'
import { Named, useReader } from '../../shell/reader-context.tsx'
import { allRecords } from './all-records.ts'
import { OrganisationForm } from './organisation-form.tsx'
import { inForce, type OrganisationFields, type RecordItem } from './present.ts'

export async function loader(asked: LoaderFunctionArgs) {
  return { organisations: await allRecords(asking(asked), 'organisation') }
}

export default function Organisations() {
  const reader = useReader()
  const { t } = reader
  const { organisations } = useLoaderData<typeof loader>()
  const [adding, setAdding] = useState(false)
  const taken = organisations.map(({ id }) => id)
  return (
    <section aria-labelledby="organisations">
      <title>{`${t('administration.organisations')} · Lanmei`}</title>
      <h2 id="organisations">{t('administration.organisations')}</h2>
      <p>{t('organisations.what')}</p>
      {adding ? (
        <OrganisationForm taken={taken} onEnd={() => setAdding(false)} />
      ) : (
        <button type="button" onClick={() => setAdding(true)}>
          {t('organisations.add')}
        </button>
      )}
      <ul className="entries">
        {inForce(organisations, reader).map((record) => (
          <Entry key={record.id} record={record} taken={taken} />
        ))}
      </ul>
    </section>
  )
}

function Entry({ record, taken }: { record: RecordItem; taken: string[] }) {
  const { t, name, find } = useReader()
  const parties = useRouteLoaderData<RootData>('root')?.node.parties ?? []
  const [editing, setEditing] = useState(false)
  const [edited, setEdited] = useState(false)
  const fields = record.fields as OrganisationFields
  const end = () => {
    setEditing(false)
    setEdited(true)
  }
  const party = parties.find(({ id }) => id === fields.party)
  return (
    <li className="entry">
      <div>
        <h3>
          <Named of={name(fields.name, record.id)} />
          {fields.shortName && (
            <span className="quiet">
              {' '}
              <Named of={name(fields.shortName)} />
            </span>
          )}
        </h3>
        <p className="quiet">
          <Named of={name(party?.name, fields.party)} /> · {find(`organisations.category.${fields.category}`)}{' '}
          · {record.id}
        </p>
        {fields.website && (
          <p>
            <a href={fields.website} rel="noreferrer">
              {fields.website}
            </a>
          </p>
        )}
        {editing && <OrganisationForm record={record} taken={taken} onEnd={end} />}
      </div>
      {!editing && (
        <button
          type="button"
          className="button-small"
          // The form has gone from under the reader: go on from where it was opened.
          ref={(button) => {
            if (edited) button?.focus()
          }}
          onClick={() => {
            setEdited(false)
            setEditing(true)
          }}
        >
          {t('form.edit')}
        </button>
      )}
    </li>
  )
}
