/** The river as a line, from source to sea: how high each station stands against its own normal and its warning levels. */
import { useReader } from '../../shell/reader-context.tsx'
import type { River, Station } from '../../shell/told.ts'
import { StateShape } from '../../ui/state-mark.tsx'
import { rooms } from './fit.ts'
import {
  along,
  borderLabels,
  borderTicks,
  breakKm,
  heightOf,
  heights,
  labels,
  mainStem,
  markLabel,
  speaks,
} from './present.ts'

/** Pixels from the top: names, lanes, the band where unknown stations wait, the line itself, borders, kilometres. */
const plotTop = 62
const plotHeight = 224
const unknownY = plotTop + plotHeight + 18
const lineY = unknownY + 44
const borderY = lineY + 40
const axisY = borderY + 26
const fullHeight = axisY + 12

const y = (height: number) => plotTop + plotHeight - (height / heights.top) * plotHeight
/** On the left the lanes are named; the source stands after the names. */
const gutter = 0.09
const placed = (share: number) => gutter + (1 - gutter) * share
const percent = (share: number) => `${(share * 100).toFixed(2)}%`

export function Profile({ river, partyName }: { river: River; partyName: (id: string) => string }) {
  const reader = useReader()
  const { t } = reader
  const stem = mainStem(river.stations)
  const sourceKm = Math.max(...river.line.map(({ km }) => km), ...stem.map(({ riverKm }) => riverKm), 1)
  const x = (km: number) => percent(placed(along(km, sourceKm)))
  return (
    <figure className="profile">
      <svg width="100%" height={fullHeight} aria-label={t('river.profile-label')}>
        <Lanes />
        <StemLine stem={stem} x={x} />
        {rooms.map(({ room, px }) => (
          <g key={room} className={`room-${room}`}>
            {labels(stem, sourceKm, reader, px).map(({ at, text, station, anchor, row: place }) => {
              const row = 16 + place * 20
              const end = y(heightOf(station) ?? 0) - 10
              return (
                <g key={station.id} className="name">
                  <line x1={percent(placed(at))} x2={percent(placed(at))} y1={row + 5} y2={end} />
                  <text x={percent(placed(at))} y={row} textAnchor={anchor}>
                    {text}
                  </text>
                </g>
              )
            })}
          </g>
        ))}
        <Waterway river={river} x={x} partyName={partyName} />
        {stem.map((station) => {
          const height = heightOf(station)
          return (
            <a key={station.id} href={`/stations/${station.id}`} aria-label={markLabel(station, reader)}>
              <title>{markLabel(station, reader)}</title>
              <svg
                x={x(station.riverKm)}
                y={height === undefined ? unknownY : y(height)}
                overflow="visible"
                aria-hidden="true"
              >
                <circle r="12" className="target" />
                <StateShape state={station.now.state} freshness={station.now.freshness} />
              </svg>
            </a>
          )
        })}
      </svg>
      <figcaption className="small quiet">
        <details>
          <summary>{t('river.how')}</summary>
          {t('river.profile-caption')}
        </details>
      </figcaption>
    </figure>
  )
}

/** Normal band, thresholds with their names written on them, and the place of what is not known. */
function Lanes() {
  const { t, find } = useReader()
  return (
    <g className="lanes">
      <rect
        className="band-normal"
        x="0"
        width="100%"
        y={y(heights.normalTo)}
        height={y(heights.normalFrom) - y(heights.normalTo)}
      />
      <rect className="band-unknown" x="0" width="100%" y={unknownY - 14} height="28" fill="url(#hatch)" />
      <defs>
        <pattern id="hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" y1="0" x2="0" y2="7" className="hatch-line" />
        </pattern>
      </defs>
      <line className="rule-flood" x1="0" x2="100%" y1={y(heights.flood)} y2={y(heights.flood)} />
      <line className="rule-alarm" x1="0" x2="100%" y1={y(heights.alarm)} y2={y(heights.alarm)} />
      <text x="0" y={y(heights.flood) - 5}>
        {find('area.threshold.flood.name')}
      </text>
      <text x="0" y={y(heights.alarm) - 5}>
        {find('area.threshold.alarm.name')}
      </text>
      <text x="0" y={y(90) + 5}>
        {t('state.high')}
      </text>
      <text x="0" y={y(50) + 5}>
        {t('state.normal')}
      </text>
      <text x="0" y={y(8) + 5}>
        {t('state.low')}
      </text>
      <text x="0" y={unknownY + 5}>
        {t('state.unknown')}
      </text>
    </g>
  )
}

/** The water between neighbouring stations that speak; a gap where one between them is silent. */
function StemLine({ stem: all, x }: { stem: (Station & { riverKm: number })[]; x: (km: number) => string }) {
  // A place without any series is no gap in the record.
  const stem = all.filter(({ seriesCount }) => seriesCount > 0)
  const pieces = []
  for (let i = 1; i < stem.length; i++) {
    const [a, b] = [stem[i - 1], stem[i]]
    const [ya, yb] = [heightOf(a), heightOf(b)]
    if (ya === undefined || yb === undefined || !speaks(a) || !speaks(b)) continue
    pieces.push(
      <line
        key={b.id}
        className={a.now.simulated || b.now.simulated ? 'now now-simulated' : 'now'}
        x1={x(a.riverKm)}
        x2={x(b.riverKm)}
        y1={y(ya)}
        y2={y(yb)}
      />,
    )
  }
  return <g>{pieces}</g>
}

/** The line itself: dams across it, tributaries from their side, borders as ticks, kilometres below. */
function Waterway({
  river,
  x,
  partyName,
}: {
  river: River
  x: (km: number) => string
  partyName: (id: string) => string
}) {
  const { t, number, name } = useReader()
  const sourceKm = Math.max(...river.line.map(({ km }) => km), 1)
  return (
    <g className="waterway">
      <line className="stream" x1={percent(gutter)} x2="100%" y1={lineY} y2={lineY} />
      {river.tributaries.map(({ id, name: words, joinsAtKm, bank }) =>
        joinsAtKm === undefined ? null : (
          <svg key={id} x={x(joinsAtKm)} y={lineY} overflow="visible" aria-hidden="true">
            <path className="tributary" d={bank === 'right' ? 'M-9 15Q-8 3 0 0' : 'M-9-15Q-8-3 0 0'}>
              <title>{`${name(words, id).text} · ${t('river.km', { km: number(joinsAtKm, 0) })}`}</title>
            </path>
          </svg>
        ),
      )}
      {river.dams.map(({ id, name: words, riverKm, capacityMw, status }) => {
        if (riverKm === undefined) return null
        const half = 5 + Math.sqrt(capacityMw ?? 100) / 6
        return (
          <svg key={id} x={x(riverKm)} y={lineY} overflow="visible" aria-hidden="true">
            <rect className={`dam dam-${status}`} x="-2" width="4" y={-half} height={2 * half}>
              <title>
                {[
                  t('river.dam', { name: name(words, id).text }),
                  capacityMw ? `${number(capacityMw, 0)} MW` : '',
                  t('river.km', { km: number(riverKm, 0) }),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </title>
            </rect>
          </svg>
        )
      })}
      {borderTicks(river.borders).map(({ km, parties }) => (
        <line key={km} className="border" x1={x(km)} x2={x(km)} y1={lineY - 8} y2={lineY + 22}>
          <title>{parties.map(partyName).join(' · ')}</title>
        </line>
      ))}
      {rooms.map(({ room, px }) => (
        <g key={room} className={`room-${room}`}>
          {borderLabels(river.borders, sourceKm, partyName, px).map(({ at, text, anchor }) => (
            <text key={at} x={percent(placed(at))} y={borderY} textAnchor={anchor}>
              {text}
            </text>
          ))}
        </g>
      ))}
      <g className="axis">
        <text x={percent(gutter)} y={axisY}>
          {t('river.source')}
        </text>
        {[breakKm, 2500, 2000, 1500, 1000, 500].map((km) => (
          <text
            key={km}
            className={km === breakKm || km === 500 ? 'axis-minor' : undefined}
            x={x(km)}
            y={axisY}
            textAnchor="middle"
          >
            {number(km, 0)}
          </text>
        ))}
        <text x="100%" y={axisY} textAnchor="end">
          {t('river.sea')}
        </text>
      </g>
    </g>
  )
}
