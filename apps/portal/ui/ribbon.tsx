/** The river as a small line with "you are here": the same line as on the River page, for one place. */
import type { Freshness, WaterState } from '../shell/told.ts'
import { StateShape } from './state-mark.tsx'

export type RibbonPlace = { id: string; at: number; label: string; state: WaterState; freshness: Freshness }
export type RibbonLine = { places: RibbonPlace[]; dams: { at: number; label: string }[]; borders: number[] }

const y = 26
const percent = (share: number) => `${(share * 100).toFixed(2)}%`

/** `here` is a place along the line, 0 at the source to 1 at the sea. */
export function Ribbon({
  line,
  here,
  label,
}: {
  line: RibbonLine
  here: { at: number; id: string }
  label: string
}) {
  return (
    <svg className="ribbon" width="100%" height="44" role="img" aria-label={label}>
      <line className="stream" x1="0" x2="100%" y1={y} y2={y} />
      {line.borders.map((at) => (
        <line key={at} className="border-tick" x1={percent(at)} x2={percent(at)} y1={y - 8} y2={y + 14} />
      ))}
      {line.dams.map(({ at, label: name }) => (
        <svg key={name} x={percent(at)} y={y} overflow="visible" aria-hidden="true">
          <rect className="dam" x="-1.5" width="3" y="-8" height="16" />
        </svg>
      ))}
      {line.places
        .filter(({ id }) => id !== here.id)
        .sort((a, b) => Number(a.state !== 'unknown') - Number(b.state !== 'unknown'))
        .map(({ id, at, state, freshness }) => (
          <svg key={id} x={percent(at)} y={y} overflow="visible" aria-hidden="true">
            <g transform="scale(0.5)">
              <StateShape state={state} freshness={freshness} />
            </g>
          </svg>
        ))}
      <svg x={percent(here.at)} y={y} overflow="visible" aria-hidden="true">
        <path className="here" d="M0-11L7-24H-7Z" />
        <circle className="here-ring" r="11" />
        {line.places
          .filter(({ id }) => id === here.id)
          .map(({ id, state, freshness }) => (
            <StateShape key={id} state={state} freshness={freshness} />
          ))}
      </svg>
    </svg>
  )
}
