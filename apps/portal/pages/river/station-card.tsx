/** What the map tells about one station when it is chosen. */
import { useEffect, useRef } from 'react'
import { Link } from 'react-router'
import { Named, useReader } from '../../shell/reader-context.tsx'
import type { Station } from '../../shell/told.ts'
import { StateWord } from '../../ui/state-mark.tsx'
import { unitOf } from './present.ts'

export function StationCard({ station, onClose }: { station: Station; onClose(): void }) {
  const { t, number, signed, time, utc, name } = useReader()
  const { now, timeZone } = station
  const close = useRef<HTMLButtonElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the focus follows the station
  useEffect(() => close.current?.focus(), [station.id])
  return (
    <aside
      className="station-card"
      aria-label={name(station.name, station.id).text}
      onKeyDown={(event) => event.key === 'Escape' && onClose()}
    >
      <h3>
        <Named of={name(station.name, station.id)} />
      </h3>
      <p>
        <StateWord state={now.state} freshness={now.freshness} />
      </p>
      {now.value !== undefined && (
        <p className="figures">
          <strong>
            {number(now.value)} {unitOf(station, t)}
          </strong>
          {now.change24h !== undefined && <> · {t('river.change', { change: signed(now.change24h) })}</>}
        </p>
      )}
      {now.percentile !== undefined && (
        <p className="small">
          {t('river.percentile', { percentile: number(now.percentile, 0), years: now.years ?? 0 })}
        </p>
      )}
      {now.time && (
        <p className="small quiet">
          <time dateTime={now.time} title={utc(Date.parse(now.time))}>
            {time(Date.parse(now.time), timeZone)}
          </time>
        </p>
      )}
      <p className="button-row">
        <Link className="button button-next button-small" to={`/stations/${station.id}`}>
          {t('river.open-station')}
        </Link>
        <button ref={close} type="button" className="button-small" onClick={onClose}>
          {t('shell.close')}
        </button>
      </p>
    </aside>
  )
}
