/** Upload: give files, see how they are read, confirm, load, and see what became of every line. */
import { me as meRoute } from '@lanmei/api/contract/house'
import { recordsList } from '@lanmei/api/contract/records'
import { stationsList } from '@lanmei/api/contract/stations'
import { useState } from 'react'
import { data, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { asking, type Refusal } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import type { Duty } from '../../shell/told.ts'
import { chosen, dropped } from './dropped.ts'
import { TransferItem } from './transfer-item.tsx'
import { useTransfers } from './use-transfers.ts'
import './page.css'

const mayUpload: readonly Duty[] = ['contributor', 'officer', 'administrator']

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const { duty, person } = await ask(meRoute)
  if (!mayUpload.includes(duty as Duty))
    throw data(
      {
        code: person ? 'not-allowed' : 'not-signed-in',
        details: { reason: 'contributor-needed' },
      } satisfies Refusal,
      { status: person ? 403 : 401 },
    )
  const [{ stations }, { records }] = await Promise.all([
    ask(stationsList),
    ask(recordsList, { parameters: { kind: 'observed-property' }, query: { limit: 1000 } }),
  ])
  return {
    stations: stations.map(({ id, name }) => ({ id, name })),
    properties: records.map(({ id }) => id),
    nowMs: Date.now(),
  }
}

export default function Upload() {
  const { t } = useReader()
  const known = useLoaderData<typeof loader>()
  const transfers = useTransfers()
  const [over, setOver] = useState(false)
  return (
    <div className="column">
      <title>{`${t('upload.title')} · Lanmei`}</title>
      <h1>{t('upload.title')}</h1>
      <p>{t('upload.what')}</p>
      <noscript>
        <p className="message">{t('form.needs-script')}</p>
      </noscript>
      <section
        className={over ? 'drop drop-over' : 'drop'}
        aria-label={t('upload.choose')}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={async (event) => {
          event.preventDefault()
          setOver(false)
          transfers.add(await dropped(event.dataTransfer.items))
        }}
      >
        <p>{t('upload.drop')}</p>
        <div className="button-row">
          <label className="button button-next">
            {t('upload.choose')}
            <input
              type="file"
              multiple
              className="visually-hidden"
              onChange={({ target }) => {
                transfers.add(chosen(target.files))
                target.value = ''
              }}
            />
          </label>
          <label className="button">
            {t('upload.choose-folder')}
            <input
              type="file"
              multiple
              className="visually-hidden"
              {...{ webkitdirectory: '' }}
              onChange={({ target }) => {
                transfers.add(chosen(target.files))
                target.value = ''
              }}
            />
          </label>
        </div>
        <p className="quiet small">{t('upload.formats')}</p>
      </section>
      {transfers.list.length > 0 && (
        <section aria-labelledby="files">
          <h2 id="files">{t('upload.files')}</h2>
          <ul className="transfers">
            {transfers.list.map((transfer) => (
              <TransferItem key={transfer.key} transfer={transfer} transfers={transfers} known={known} />
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
