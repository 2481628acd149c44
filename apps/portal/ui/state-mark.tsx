/** The mark of a state of the water: shape, colour and word together, so none of them must be seen to be understood. */
import { useReader } from '../shell/reader-context.tsx'
import type { Freshness, WaterState } from '../shell/told.ts'

/** Outlines in a square from -8 to 8: one triangle for above or below normal, two for high or low, other shapes for warnings. */
export const stateShapes: Readonly<Record<WaterState, string>> = {
  flood: 'M-6.5-6.5H6.5V6.5H-6.5Z',
  alarm: 'M0-8L8 0L0 8L-8 0Z',
  high: 'M0-8L6.5 0H-6.5ZM0-.5L6.5 7.5H-6.5Z',
  'above-normal': 'M0-6L7 6H-7Z',
  normal: 'M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0Z',
  'below-normal': 'M0 6L7-6H-7Z',
  low: 'M0 8L6.5 0H-6.5ZM0 .5L6.5-7.5H-6.5Z',
  unknown: 'M-6 0A6 6 0 1 0 6 0A6 6 0 1 0-6 0Z',
}

/** Inside an svg, about its origin. Late values are hollow, unknown ones hatched. */
export function StateShape({ state, freshness }: { state: WaterState; freshness: Freshness }) {
  const late = freshness === 'late' || freshness === 'silent'
  return (
    <g className={`state state-${state}${late ? ' state-late' : ''}`}>
      <path d={stateShapes[state]} />
      {state === 'unknown' && <path className="hatch" d="M-5 2L2-5M-3.5 5L5-3.5M0 6L6 0" />}
    </g>
  )
}

export function StateMark({ state, freshness }: { state: WaterState; freshness: Freshness }) {
  return (
    <svg className="state-mark" viewBox="-9 -9 18 18" width="18" height="18" aria-hidden="true">
      <StateShape state={state} freshness={freshness} />
    </svg>
  )
}

/** Mark and word. */
export function StateWord({ state, freshness }: { state: WaterState; freshness: Freshness }) {
  const { t } = useReader()
  return (
    <span className="state-word">
      <StateMark state={state} freshness={freshness} /> {t(`state.${state}`)}
      {freshness !== 'fresh' && freshness !== 'none' && <> · {t(`freshness.${freshness}`)}</>}
    </span>
  )
}
