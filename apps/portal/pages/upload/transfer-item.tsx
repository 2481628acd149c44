/** One file on its way: being sent, arrived and previewed, being loaded, loaded. */
import type { Words } from '@lanmei/model/language'
import { useReader } from '../../shell/reader-context.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { Refused } from '../../ui/refused.tsx'
import { bytesText, leftText } from '../loads/present.ts'
import { LoadResult } from './load-result.tsx'
import { rateOf, type Transfer } from './present.ts'
import { PreviewPart } from './preview-part.tsx'
import type { Transfers } from './use-transfers.ts'

export type Known = { stations: { id: string; name: Words }[]; properties: string[]; nowMs: number }

export function TransferItem({
  transfer,
  transfers,
  known,
}: {
  transfer: Transfer
  transfers: Transfers
  known: Known
}) {
  const reader = useReader()
  const { t } = reader
  const { key, name, sizeBytes, state, upload, load } = transfer
  const part = (label: 'upload.stop' | 'upload.go-on' | 'upload.forget', act: () => void) => (
    <button type="button" className="button-small" onClick={act}>
      {t(label)}
    </button>
  )
  return (
    <li className="transfer">
      <div className="transfer-head">
        <h3>
          {name} <span className="quiet small figures">{bytesText(sizeBytes, reader)}</span>
        </h3>
        <div className="button-row">
          {(state === 'sending' || state === 'waiting') && part('upload.stop', () => transfers.stop(key))}
          {state === 'stopped' && part('upload.go-on', () => transfers.goOn(key))}
          {state !== 'sending' && part('upload.forget', () => transfers.remove(key))}
        </div>
      </div>
      <Sending transfer={transfer} />
      <Refused refusal={transfer.refusal} />
      {state === 'arrived' && upload && (
        <PreviewPart
          upload={upload}
          name={name}
          known={known}
          onBegun={(begun) => transfers.set(key, { state: 'loading', load: begun })}
        />
      )}
      {state === 'loading' && load !== undefined && <LoadResult load={load} />}
    </li>
  )
}

function Sending({ transfer }: { transfer: Transfer }) {
  const reader = useReader()
  const { t, number } = reader
  const { state, name, sizeBytes, sentBytes } = transfer
  if (state === 'arrived' || state === 'loading') return null
  if (state === 'lost') return <p>{t('upload.lost')}</p>
  const share = sizeBytes > 0 ? sentBytes / sizeBytes : 0
  const rate = state === 'sending' ? rateOf(transfer, Date.now()) : undefined
  return (
    <>
      <ProgressBar label={t('upload.sending', { name })} share={share} />
      <p className="figures quiet">
        {t(`upload.state.${state}`)} · {number(share * 100, 0)} %
        {rate !== undefined && ` · ${t('loads.rate', { rate: bytesText(rate, reader) })}`}
        {rate !== undefined && ` · ${leftText((sizeBytes - sentBytes) / rate, reader)}`}
      </p>
    </>
  )
}
