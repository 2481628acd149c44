/** The head of the Station page: where on the river, how high now, and the facts of the place. */
import { Link } from 'react-router'
import { Named, useReader } from '../../shell/reader-context.tsx'
import type { River, Station, StationPage } from '../../shell/told.ts'
import { Ribbon } from '../../ui/ribbon.tsx'
import { StateWord } from '../../ui/state-mark.tsx'
import { unitOf } from '../river/present.ts'
import { factsOf, hereOf, ribbonLine } from './present.ts'

type Wanted = { told: StationPage; nowMs: number }

export function StationHead({ told, nowMs }: Wanted) {
  const reader = useReader()
  const { t, name, number, signed, time, utc, ago } = reader
  const { station, upstream, downstream } = told
  const { now } = station
  return (
    <header className="station-head">
      <div className="beside">
        <div>
          <h1>
            <Named of={name(station.name, station.id)} />
          </h1>
          <p className="lead">
            <StateWord state={now.state} freshness={now.freshness} />
          </p>
        </div>
        {now.value !== undefined && now.time && (
          <div className="now">
            {now.freshness === 'silent' && <p className="small quiet">{t('station.last-value')}</p>}
            <p className={now.freshness === 'silent' ? 'now-value now-past figures' : 'now-value figures'}>
              {number(now.value)} <small>{unitOf(station, t)}</small>
            </p>
            <p className="small">
              {now.change24h !== undefined && <>{t('river.change', { change: signed(now.change24h) })} · </>}
              <time dateTime={now.time} title={utc(Date.parse(now.time))}>
                {time(Date.parse(now.time), station.timeZone)}
              </time>{' '}
              <span className="quiet" suppressHydrationWarning>
                ({ago(Date.parse(now.time), nowMs)})
              </span>
              {now.simulated && <strong> {t('chart.simulated')}</strong>}
            </p>
            {now.percentile !== undefined && (
              <p className="small quiet">
                {t('river.percentile', { percentile: number(now.percentile, 0), years: now.years ?? 0 })}
              </p>
            )}
          </div>
        )}
      </div>
      <p className="neighbours small">
        {upstream && (
          <Link to={`/stations/${upstream.id}`}>
            ↑{' '}
            {t('station.upstream', {
              name: name(upstream.name, upstream.id).text,
              km: number(upstream.riverKm, 0),
            })}
          </Link>
        )}
        {downstream && (
          <Link to={`/stations/${downstream.id}`}>
            ↓{' '}
            {t('station.downstream', {
              name: name(downstream.name, downstream.id).text,
              km: number(downstream.riverKm, 0),
            })}
          </Link>
        )}
      </p>
    </header>
  )
}

/** Datum, owner, place, codes: in the head on a wide screen, at the end of the page on a narrow one. */
export function StationFacts({ told, partyName }: { told: StationPage; partyName: string }) {
  const reader = useReader()
  const owner = reader.name(told.organisation).text || undefined
  const facts = factsOf(told.station, told.record, { party: partyName, organisation: owner }, reader)
  return (
    <section className="station-facts" aria-label={reader.t('station.facts')}>
      <dl className="facts small">
        {facts.map(({ term, text, detail, detailLang }) => (
          <div key={term} className={(detail ?? text).length > 26 ? 'wide' : undefined}>
            <dt>{term}</dt>
            <dd className="figures">
              {text}
              {detail && (
                <span className="quiet" lang={detailLang}>
                  {' '}
                  {detail}
                </span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** The river line with "you are here"; nothing for a station that is not on the river. */
export function StationRibbon({ station, river }: { station: Station; river: River }) {
  const reader = useReader()
  const { line, sourceKm } = ribbonLine(river, reader)
  const here = hereOf(station, sourceKm)
  if (!here) return null
  const km = reader.number(station.riverKm ?? station.joinsAtKm, 0)
  const label = reader.t('station.ribbon', { name: reader.name(station.name, station.id).text, km })
  return <Ribbon line={line} here={here} label={label} />
}
