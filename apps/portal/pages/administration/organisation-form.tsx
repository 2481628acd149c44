/** Writes an organisation: a new one, or a new version of one that is there. */
import { recordsWrite } from '@lanmei/api/contract/records'
import { useState } from 'react'
import { useRevalidator, useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { call } from '../../shell/call.ts'
import type { TextKey } from '../../shell/reader.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { ChoiceField, SendButton, TextField } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { WordsFields } from '../../ui/words-fields.tsx'
import { categories, type OrganisationFields, organisationIdOf, type RecordItem, wordsOf } from './present.ts'

type Given = { record?: RecordItem; taken: string[]; onEnd: () => void }

export function OrganisationForm({ record, taken, onEnd }: Given) {
  const { t, name: nameIn } = useReader()
  const root = useRouteLoaderData<RootData>('root')
  const { revalidate } = useRevalidator()
  const before = record?.fields as OrganisationFields | undefined
  const [name, setName] = useState(before?.name ?? {})
  const [shortName, setShortName] = useState(before?.shortName ?? {})
  const [rest, setRest] = useState({
    party: before?.party ?? root?.node.party ?? '',
    category: before?.category ?? 'other',
    website: before?.website ?? '',
  })
  const [wrong, setWrong] = useState<{ name?: TextKey; website?: TextKey }>({})
  const send = useDeed(async () => {
    const words = wordsOf(name)
    if (!words) return
    const short = wordsOf(shortName)
    const { shortName: _s, website: _w, ...kept } = before ?? {}
    const fields = {
      ...kept,
      party: rest.party,
      category: rest.category,
      name: words,
      ...(short ? { shortName: short } : {}),
      ...(rest.website.trim() ? { website: rest.website.trim() } : {}),
    }
    await call(recordsWrite, {
      parameters: { kind: 'organisation', id: record?.id ?? organisationIdOf(rest.party, words, taken) },
      body: { fields, after: record?.version ?? 0 },
    })
    await revalidate()
    onEnd()
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    const website = rest.website.trim()
    const found: typeof wrong = {
      ...(wordsOf(name) ? {} : { name: 'organisations.name-missing' }),
      ...(website && !/^https?:\/\/\S+$/.test(website) ? { website: 'organisations.website-malformed' } : {}),
    }
    setWrong(found)
    if (Object.keys(found).length === 0) send.run()
  }
  const field = (key: keyof typeof rest) => ({
    value: rest[key],
    onChange: ({ target }: React.ChangeEvent<HTMLInputElement | HTMLSelectElement>) =>
      setRest({ ...rest, [key]: target.value }),
  })
  return (
    <form className="form" noValidate onSubmit={submit}>
      <Refused refusal={send.refusal} />
      <WordsFields
        label={t('organisations.name')}
        hint={t('organisations.name-hint')}
        wrong={wrong.name && t(wrong.name)}
        words={name}
        onChange={setName}
      />
      <WordsFields
        label={t('organisations.short')}
        hint={t('form.optional')}
        words={shortName}
        onChange={setShortName}
      />
      <ChoiceField
        label={t('roles.party')}
        choices={(root?.node.parties ?? []).map(
          ({ id, name: words }) => [id, nameIn(words, id).text] as const,
        )}
        {...field('party')}
      />
      <ChoiceField
        label={t('organisations.category')}
        choices={categories.map((category) => [category, t(`organisations.category.${category}`)] as const)}
        {...field('category')}
      />
      <TextField
        label={t('organisations.website')}
        hint={t('form.optional')}
        type="url"
        wrong={wrong.website && t(wrong.website)}
        {...field('website')}
      />
      <div className="button-row">
        <SendButton busy={send.busy}>{t('form.save')}</SendButton>
        <button type="button" onClick={onEnd}>
          {t('form.cancel')}
        </button>
      </div>
    </form>
  )
}
