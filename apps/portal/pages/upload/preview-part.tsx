/** How an uploaded file would be read: its format, its first lines, its first values; and what must be confirmed before it is loaded. */
import { uploadLoad, uploadPreview } from '@lanmei/api/contract/intake'
import { useEffect, useState } from 'react'
import { call } from '../../shell/call.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { SendButton } from '../../ui/field.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { NoticeLines } from '../loads/notice-lines.tsx'
import { FirstValues } from './first-values.tsx'
import { type Answers, answersOf, answersWrong, isGuessed, type Preview, withAnswers } from './present.ts'
import { ProfileForm } from './profile-form.tsx'
import type { Known } from './transfer-item.tsx'

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

function Confirm({ upload, name, known, onBegun, preview }: Given & { preview: Preview }) {
  const { t, find } = useReader()
  const guessed = isGuessed(preview)
  const [answers, setAnswers] = useState(() => answersOf(preview.profile))
  const [wrong, setWrong] = useState<ReturnType<typeof answersWrong>>({})
  const [createStations, setCreateStations] = useState(false)
  const send = useDeed(async () => {
    const { load } = await call(uploadLoad, {
      parameters: { id: upload },
      body: {
        name,
        createStations,
        ...(preview.format ? { format: preview.format } : {}),
        ...(guessed ? { profile: withAnswers(preview.profile, answers) } : {}),
      },
    })
    onBegun(load)
  })
  const submit = (event: React.SubmitEvent) => {
    event.preventDefault()
    const found = guessed ? answersWrong(preview.profile, answers) : {}
    setWrong(found)
    if (Object.keys(found).length === 0) send.run()
  }
  const change = (to: Partial<Answers>) => setAnswers({ ...answers, ...to })
  return (
    <form className="preview" noValidate onSubmit={submit}>
      {preview.format ? (
        <p>
          {t('upload.recognised', { format: find(`format.${preview.format}`) ?? preview.format })}{' '}
          {t(guessed ? 'upload.guessed' : 'upload.sure')}
        </p>
      ) : (
        <p className="message refused">{t('notice.unknown-format')}</p>
      )}
      {preview.head.length > 0 && (
        <details open={guessed}>
          <summary>{t('upload.head')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reached by keyboard */}
          <pre className="file-head" tabIndex={0} aria-label={t('upload.head')} translate="no">
            {preview.head.join('\n')}
          </pre>
        </details>
      )}
      {guessed && (
        <ProfileForm preview={preview} answers={answers} wrong={wrong} known={known} onChange={change} />
      )}
      <FirstValues rows={preview.rows} />
      {preview.notices.length > 0 && (
        <>
          <h4>{t('upload.first-notices')}</h4>
          <NoticeLines notices={preview.notices} />
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
