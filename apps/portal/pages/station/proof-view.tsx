/** "Prove it": who published a value, when, in which entry, and a check that runs in the reader's own browser. */
import { useState } from 'react'
import { Named, useReader } from '../../shell/reader-context.tsx'
import type { Proof, Series, Station } from '../../shell/told.ts'
import { formatNames } from '../../ui/file-formats.ts'
import { authorWritten, unitWritten } from './present.ts'
import type { Checkup } from './proof-check.ts'

export function ProofView({ station, series, proof }: { station: Station; series: Series; proof?: Proof }) {
  const reader = useReader()
  const { t, number, time, utc, name } = reader
  const [checkup, setCheckup] = useState<Checkup | 'running'>()
  if (!proof) return <p className="empty">{t('proof.choose')}</p>

  async function check(given: Proof) {
    setCheckup('running')
    const { checkProof } = await import('./proof-check.ts')
    setCheckup(checkProof(given))
  }
  const entry = proof.entry as { seq?: number; commitment?: string; node?: string }
  const ms = Date.parse(proof.time)
  return (
    <section className="proof">
      <p className="lead">
        <strong className="figures">
          {number(proof.value, series.unit === 'm' ? 2 : 1)} {unitWritten(series.unit, reader)}
        </strong>{' '}
        ·{' '}
        <time dateTime={proof.time} title={utc(ms)}>
          {time(ms, station.timeZone)}
        </time>
      </p>
      <dl className="facts">
        <div>
          <dt>{t('proof.publisher')}</dt>
          <dd>
            <Named of={name(proof.publisher.name, proof.publisher.party)} />
          </dd>
        </div>
        <div>
          <dt>{t('proof.author')}</dt>
          <dd title={proof.publisher.author}>{authorWritten(proof.publisher.author)}</dd>
        </div>
        <div>
          <dt>{t('proof.at')}</dt>
          <dd className="figures">
            <time dateTime={proof.publisher.at} title={utc(Date.parse(proof.publisher.at))}>
              {time(Date.parse(proof.publisher.at), station.timeZone)}
            </time>
          </dd>
        </div>
        <div>
          <dt>{t('proof.entry')}</dt>
          <dd className="figures">
            <a href={`/journal/entries/${entry.seq}`}>{number(entry.seq, 0)}</a> /{' '}
            {number(proof.inclusion.size, 0)}
          </dd>
        </div>
      </dl>
      <p>{t('proof.what')}</p>
      <p className="no-print">
        <button
          type="button"
          className="button-next"
          disabled={checkup === 'running'}
          onClick={() => check(proof)}
        >
          {t('proof.check')}
        </button>
        <noscript> {t('proof.no-script')}</noscript>
      </p>
      {checkup && checkup !== 'running' && <Steps checkup={checkup} />}
      <details>
        <summary>{t('proof.raw')}</summary>
        <h3>{t('proof.checkpoint')}</h3>
        <pre className="command">{proof.checkpoint}</pre>
        <h3>{t('proof.entry')}</h3>
        <pre className="command">{JSON.stringify(proof.entry, null, 2)}</pre>
        <p>
          <a
            href={`/api/series/${encodeURIComponent(series.id)}/proof?time=${encodeURIComponent(proof.time)}`}
          >
            {formatNames.json}
          </a>
        </p>
      </details>
    </section>
  )
}

const signs = { ok: '✓', failed: '✗', skipped: '–' } as const

function Steps({ checkup }: { checkup: Checkup }) {
  const { t } = useReader()
  return (
    <div className={checkup.ok ? 'verdict verdict-ok' : 'verdict verdict-failed'} role="status">
      <p>
        <strong>{t(checkup.ok ? 'proof.holds' : 'proof.fails')}</strong>
      </p>
      <ol>
        {checkup.steps.map(({ name, state, detail }) => (
          <li key={name}>
            <span aria-hidden="true">{signs[state]}</span> {t(`proof.step.${name}`)}
            {state !== 'ok' && (
              <>
                {' '}
                · {t(`proof.state.${state}`)}
                {detail && (
                  <span className="small quiet" lang="en">
                    {' '}
                    {detail}
                  </span>
                )}
              </>
            )}
          </li>
        ))}
      </ol>
    </div>
  )
}
