/** The map of the basin: drawn by the server as a picture with links, made movable in the browser after the first paint. */
import { lazy, Suspense, useEffect, useState } from 'react'
import { mapHeight, mapWidth, pathOf, project } from '../../geography/projection.ts'
import { useReader } from '../../shell/reader-context.tsx'
import type { River } from '../../shell/told.ts'
import { StateShape } from '../../ui/state-mark.tsx'
import { byWeight, carriesLevel, markLabel } from './present.ts'

const LiveMap = lazy(() => import('./live-map.tsx'))

/** What the picture shows: the basin from the source to the delta, in degrees. */
export const view = { west: 93.2, south: 8.2, east: 109.6, north: 34 } as const

/** Where the name of a state is written: inside the basin or beside it, well away from its lines. Longitude and latitude. */
export const nameplates: readonly [party: string, longitude: number, latitude: number][] = [
  ['cn', 102.6, 26.2],
  ['mm', 96.6, 21.4],
  ['la', 104.1, 20.4],
  ['th', 101.2, 15.6],
  ['kh', 104.2, 13.6],
  ['vn', 105.9, 21.7],
]

type Shown = { river: River; tileSource?: string; partyName: (id: string) => string }

export function BasinMap({ river, tileSource, partyName }: Shown) {
  const { t } = useReader()
  const [live, setLive] = useState<'not-yet' | 'wanted' | 'shown' | 'impossible'>('not-yet')
  useEffect(() => {
    if (!worthLoading()) return
    const start = () => setLive((now) => (now === 'not-yet' ? 'wanted' : now))
    if ('requestIdleCallback' in window) {
      const handle = requestIdleCallback(start, { timeout: 2500 })
      return () => cancelIdleCallback(handle)
    }
    const timer = setTimeout(start, 600)
    return () => clearTimeout(timer)
  }, [])
  return (
    <section className="map" aria-label={t('river.map')}>
      {/* The movable map has no picture of its own on paper. */}
      <DrawnMap river={river} partyName={partyName} paperOnly={live === 'shown'} />
      {(live === 'wanted' || live === 'shown') && (
        <Suspense fallback={null}>
          <LiveMap
            river={river}
            tileSource={tileSource}
            partyName={partyName}
            onShown={() => setLive('shown')}
            onImpossible={() => setLive('impossible')}
          />
        </Suspense>
      )}
      {live === 'not-yet' && (
        <button type="button" className="map-start button-small no-print" onClick={() => setLive('wanted')}>
          {t('river.map-start')}
        </button>
      )}
    </section>
  )
}

/** The picture stays where data are paid for or drawing in three dimensions is not possible. */
function worthLoading(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean; effectiveType?: string } }).connection
  if (connection?.saveData || /2g/.test(connection?.effectiveType ?? '')) return false
  const canvas = document.createElement('canvas')
  return canvas.getContext('webgl2') !== null || canvas.getContext('webgl') !== null
}

function DrawnMap({
  river,
  partyName,
  paperOnly,
}: Pick<Shown, 'river' | 'partyName'> & { paperOnly: boolean }) {
  const reader = useReader()
  const [left, top] = project(view.west, view.north)
  const [right, bottom] = project(view.east, view.south)
  const places = byWeight(river.stations).filter(
    (s) => s.longitude !== undefined && s.latitude !== undefined && carriesLevel(s),
  )
  return (
    <svg
      className={paperOnly ? 'drawn-map print-only' : 'drawn-map'}
      viewBox={`${left} ${top} ${right - left} ${bottom - top}`}
      preserveAspectRatio="xMidYMax slice"
      aria-label={reader.t('river.map')}
    >
      <rect className="sea" width={mapWidth} height={mapHeight} />
      <use href="/geo/ground.svg#land" className="land" />
      <use href="/geo/ground.svg#borders" className="state-borders" />
      {nameplates.map(([party, longitude, latitude]) => {
        const [x, y] = project(longitude, latitude)
        return (
          <text key={party} className="nameplate" x={x} y={y}>
            {partyName(party)}
          </text>
        )
      })}
      {river.tributaries.map(({ id, line }) => (
        <path key={id} className="tributary" d={pathOf(line)} />
      ))}
      <path className="stream" d={pathOf(river.line.map(({ lon, lat }) => [lon, lat] as const))} />
      {places.map((station) => {
        const [x, y] = project(station.longitude ?? 0, station.latitude ?? 0)
        return (
          <a
            key={station.id}
            href={`/stations/${station.id}`}
            aria-label={markLabel(station, reader)}
            tabIndex={-1}
          >
            <title>{markLabel(station, reader)}</title>
            <g
              transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) scale(${station.now.state === 'unknown' ? 0.32 : 0.5})`}
            >
              <StateShape state={station.now.state} freshness={station.now.freshness} />
            </g>
          </a>
        )
      })}
    </svg>
  )
}
