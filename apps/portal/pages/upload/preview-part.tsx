/** How an uploaded file would be read: its format, its first lines, its first values; and what must be confirmed before it is loaded. */
import { uploadLoad, uploadPreview } from '@lanmei/api/contract/intake'
import { useEffect, useState } from 'react'
import { call } from '../../shell/call.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { ChoiceField, SendButton } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { NoticeLines } from '../loads/notice-lines.tsx'
import { FirstValues } from './first-values.tsx'
import { exportKinds, lacksKind, nameWithKind } from './portal-export.ts'
import {
  type Answers,
  answersOf,
  answersWrong,
  isGuessed,
  newsIn,
  type Preview,
  withAnswers,
  zoneOfOffset,
} from './present.ts'
import { ProfileForm } from './profile-form.tsx'
import type { Known } from './transfer-item.tsx'
import { useRowsRead } from './use-rows-read.ts'

type Given = { upload: string; name: string; known: Known; onBegun: (load: number) => void }

export function PreviewPart(given: Given) {
  const { t } = useReader()
  const [preview, setPreview] = useState<Preview>()
  const look = useDeed(async () => {
    setPreview(await call(uploadPreview, { parameters: { id: given.upload } }))
  })
  const { run } = look
  useEffect(() => {
    run()
  }, [run])
  if (!preview)
    return (
      <>
        <Refused refusal={look.refusal} />
        {look.busy && <p className="quiet">{t('upload.reading')}</p>}
      </>
    )
  return <Confirm {...given} preview={preview} />
}

/** The kind of an export that came without its folder; `other` for a table that only looks like one. */
type Kind = '' | 'other' | (typeof exportKinds)[number]['kind']

function Confirm({ upload, name, known, onBegun, preview }: Given & { preview: Preview }) {
  const { t } = useReader()
  const guessed = isGuessed(preview)
  const asksKind = guessed && lacksKind(name, preview.head)
  const [kind, setKind] = useState<Kind>(asksKind ? '' : 'other')
  const [kindMissing, setKindMissing] = useState(false)
  const [answers, setAnswers] = useState(() => answersOf(preview.profile))
  const [wrong, setWrong] = useState<ReturnType<typeof answersWrong>>({})
  const [createStations, setCreateStations] = useState(false)
  const isExport = kind !== '' && kind !== 'other'
  const asksProfile = guessed && kind === 'other'
  const how = isExport
    ? { name: nameWithKind(name, kind), format: 'mrc-export' }
    : {
        name,
        ...(preview.format ? { format: preview.format } : {}),
        ...(guessed ? { profile: withAnswers(preview.profile, answers) } : {}),
      }
  const news = newsIn(preview)
  const rows = useRowsRead(preview, guessed ? how : undefined)
  const send = useDeed(async () => {
    const { load } = await call(uploadLoad, { parameters: { id: upload }, body: { ...how, createStations } })
    onBegun(load)
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    const found = asksProfile ? answersWrong(preview.profile, answers) : {}
    setWrong(found)
    setKindMissing(kind === '')
    if (kind !== '' && Object.keys(found).length === 0) send.run()
  }
  const change = (to: Partial<Answers>) => setAnswers({ ...answers, ...to })
  return (
    <form className="preview" noValidate onSubmit={submit}>
      <Recognised preview={preview} asks={asksProfile} />
      {asksKind && <KindField kind={kind} missing={kindMissing} onChange={setKind} />}
      {asksProfile && (
        <ProfileForm preview={preview} answers={answers} wrong={wrong} known={known} onChange={change} />
      )}
      {kind !== '' && (
        <FirstValues
          rows={rows}
          caption={t(guessed ? 'upload.changed-values' : 'upload.first-values')}
          zone={asksProfile ? zoneOfOffset(answers.zone) : undefined}
        />
      )}
      {preview.format && news.length > 0 && (
        <>
          <h4>{t('upload.first-notices')}</h4>
          <NoticeLines notices={news} />
        </>
      )}
      {preview.format && (
        <>
          <label className="box">
            <input
              type="checkbox"
              checked={createStations}
              onChange={({ target }) => setCreateStations(target.checked)}
            />
            <span>
              {t('upload.create-stations')}
              <span className="hint quiet small"> {t('upload.create-hint')}</span>
            </span>
          </label>
          <Refused refusal={send.refusal} />
          <SendButton busy={send.busy}>{t('upload.load')}</SendButton>
        </>
      )}
    </form>
  )
}

function Recognised({ preview, asks }: { preview: Preview; asks: boolean }) {
  const { t, find } = useReader()
  const { format, head } = preview
  const guessed = isGuessed(preview)
  return (
    <>
      {format ? (
        <p>
          {t('upload.recognised', { format: find(`format.${format}`) ?? format })}{' '}
          {asks && t('upload.guessed')}
          {!guessed && t('upload.sure')}
        </p>
      ) : (
        <p className="message refused">
          {find(`notice.${preview.notices[0]?.code}`) ?? t('notice.unknown-format')}
        </p>
      )}
      {head.length > 0 && (
        <details open={guessed}>
          <summary>{t('upload.head')}</summary>
          <section className="file-head" aria-label={t('upload.head')}>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
            <pre tabIndex={0} translate="no">
              {head.join('\n')}
            </pre>
          </section>
        </details>
      )}
    </>
  )
}

function KindField({
  kind,
  missing,
  onChange,
}: {
  kind: Kind
  missing: boolean
  onChange: (kind: Kind) => void
}) {
  const { t, find } = useReader()
  const nameOf = (property: string, procedure: string) =>
    [
      find(`area.property.${property}.name`) ?? property,
      find(`area.procedure.${procedure}.name`) ?? procedure,
    ].join(' · ')
  return (
    <div className="kind">
      <ChoiceField
        label={t('upload.mrc')}
        hint={t('upload.mrc-hint')}
        wrong={missing && kind === '' ? t('upload.mrc-missing') : undefined}
        choices={[
          ['', t('upload.choose-one')],
          ...exportKinds.map((one) => [one.kind, nameOf(one.property, one.procedure)] as const),
          ['other', t('upload.mrc-none')],
        ]}
        value={kind}
        onChange={({ target }) => onChange(target.value as Kind)}
      />
      {kind !== '' && kind !== 'other' && <p>{t('upload.mrc-sure')}</p>}
    </div>
  )
}
