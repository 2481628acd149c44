/** Ways to have the data: files by format and one line for a shell. */
import { useSyncExternalStore } from 'react'
import { useReader } from '../../shell/reader-context.tsx'
import type { Series } from '../../shell/told.ts'
import { formatNames } from '../../ui/file-formats.ts'
import type { Window } from '../../ui/hydrograph/model.ts'
import { curlLine, downloads, unitWritten } from './present.ts'

const origin = () => location.origin

export function FilesView({ series, window }: { series: Series; window: Window }) {
  const reader = useReader()
  const { t, number, day, find } = reader
  const here = useSyncExternalStore(
    () => () => {},
    origin,
    () => 'http://localhost:8080',
  )
  const all = {
    from: series.first ? Date.parse(series.first) : window.from,
    to: (series.last ? Date.parse(series.last) : window.to) + 60_000,
  }
  return (
    <section>
      <dl className="facts">
        <div>
          <dt>{t('data.id')}</dt>
          <dd className="figures">{series.id}</dd>
        </div>
        <div>
          <dt>{t('data.property')}</dt>
          <dd>
            {find(`area.property.${series.property}.name`)} ({unitWritten(series.unit, reader)})
          </dd>
        </div>
        <div>
          <dt>{t('data.count')}</dt>
          <dd className="figures">{number(series.count, 0)}</dd>
        </div>
        {series.first && series.last && (
          <div>
            <dt>{t('data.stretch')}</dt>
            <dd className="figures">
              {day(Date.parse(series.first), 'UTC')} – {day(Date.parse(series.last), 'UTC')}
            </dd>
          </div>
        )}
        {series.source && (
          <div>
            <dt>{t('data.source')}</dt>
            <dd>{series.source}</dd>
          </div>
        )}
      </dl>
      {series.origin === 'simulated' && <p className="message">{t('data.simulated')}</p>}
      <h2>{t('data.whole')}</h2>
      <p className="button-row">
        {downloads(series.id, all).map(({ format, address }) => (
          <a key={format} className="button" href={address} download>
            {formatNames[format]}
          </a>
        ))}
      </p>
      <h2>{t('data.curl')}</h2>
      <pre className="command">
        <code>{curlLine(here, series.id)}</code>
      </pre>
    </section>
  )
}
