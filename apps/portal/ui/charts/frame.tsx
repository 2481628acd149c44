/** The frame of a small drawn chart: two axes with words, grid lines, and its place for the drawing. */
import type { ReactNode } from 'react'

export const frame = { width: 560, height: 320, left: 58, right: 26, top: 30, bottom: 58 }
export const plotX: [number, number] = [frame.left, frame.width - frame.right]
export const plotY: [number, number] = [frame.height - frame.bottom, frame.top]

export type Tick = { at: number; text: string }

type Wanted = {
  label: string
  xTicks: Tick[]
  yTicks: Tick[]
  xTitle: string
  yTitle: string
  children: ReactNode
}

export function ChartFrame({ label, xTicks, yTicks, xTitle, yTitle, children }: Wanted) {
  return (
    <svg className="drawn-chart" viewBox={`0 0 ${frame.width} ${frame.height}`} role="img" aria-label={label}>
      {yTicks.map(({ at, text }) => (
        <g key={text} className="grid">
          <line x1={plotX[0]} x2={plotX[1]} y1={at} y2={at} />
          <text x={plotX[0] - 8} y={at + 4} textAnchor="end">
            {text}
          </text>
        </g>
      ))}
      {xTicks.map(({ at, text }, place) => (
        <g key={text} className={place % 2 ? 'grid tick-minor' : 'grid'}>
          <line x1={at} x2={at} y1={plotY[0]} y2={plotY[0] + 5} />
          <text x={at} y={plotY[0] + 20} textAnchor="middle">
            {text}
          </text>
        </g>
      ))}
      <text className="axis-title" x={(plotX[0] + plotX[1]) / 2} y={frame.height - 8} textAnchor="middle">
        {xTitle}
      </text>
      <text className="axis-title" x={plotX[0] - 8} y={14} textAnchor="end">
        {yTitle}
      </text>
      {children}
    </svg>
  )
}
