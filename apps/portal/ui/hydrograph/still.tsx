/** The hydrograph as a drawing: what the server sends before any script runs, what is printed, and what is saved as SVG. */
import type { Reader } from '../../shell/reader.ts'
import { type BandPoint, type Level, type Line, rangeOf, type Window } from './model.ts'

type Wanted = {
  line: Line
  window: Window
  band?: BandPoint[]
  levels: Level[]
  reader: Reader
  timeZone: string
  unit: string
  simulated?: string
  label: string
  size?: keyof typeof sizes
}

/** Two sizes, so words stay legible on a phone: the drawing shrinks with the screen. */
const sizes = {
  wide: { width: 960, height: 360, dates: 6 },
  narrow: { width: 420, height: 300, dates: 3 },
} as const
const box = { left: 56, right: 12, top: 28, bottom: 34 }

export function StillHydrograph({
  line,
  window,
  band = [],
  levels,
  reader,
  timeZone,
  unit,
  simulated,
  label,
  size = 'wide',
}: Wanted) {
  const { width, height, dates } = sizes[size]
  const bounds = rangeOf(
    line.y,
    band.flatMap(({ low, high }) => [low, high]),
    levels.map(({ value }) => value),
  ) ?? [0, 1]
  const x = (ms: number) =>
    box.left + ((ms - window.from) / (window.to - window.from)) * (width - box.left - box.right)
  const y = (value: number) =>
    height - box.bottom - ((value - bounds[0]) / (bounds[1] - bounds[0])) * (height - box.top - box.bottom)
  const times = Array.from(
    { length: dates },
    (_, i) => window.from + ((i + 0.5) / dates) * (window.to - window.from),
  )
  const values = niceSteps(bounds[0], bounds[1], 6)
  return (
    <svg
      className={`still still-${size}`}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={label}
      fontSize="13"
      fontFamily="Noto Sans, Noto Sans SC, Noto Sans Khmer, Noto Sans Lao, Noto Sans Myanmar, Noto Sans Thai, sans-serif"
    >
      {values.map((value) => (
        <g key={value}>
          <line
            x1={box.left}
            x2={width - box.right}
            y1={y(value)}
            y2={y(value)}
            stroke="currentColor"
            strokeOpacity="0.15"
          />
          <text x={box.left - 8} y={y(value) + 4} textAnchor="end" fill="currentColor">
            {reader.number(value, values[1] - values[0] < 1 ? 1 : 0)}
          </text>
        </g>
      ))}
      <text x={box.left} y={16} fill="currentColor" fontWeight={simulated ? 600 : undefined}>
        {simulated ? `${unit} · ${simulated}` : unit}
      </text>
      {band.length > 1 && (
        <path className="still-band" fill="#17707f" fillOpacity="0.15" d={bandPath(band, x, y)} />
      )}
      {line.gaps.map((gap) => (
        <rect
          key={gap.from}
          x={x(gap.from)}
          width={Math.max(0, x(gap.to) - x(gap.from))}
          y={box.top}
          height={height - box.top - box.bottom}
          fill="currentColor"
          fillOpacity="0.07"
        />
      ))}
      {levels.map(({ name, value, severe }) => (
        <g key={name}>
          <line
            x1={box.left}
            x2={width - box.right}
            y1={y(value)}
            y2={y(value)}
            stroke={severe ? '#c3202f' : '#f0b400'}
            strokeWidth="1.25"
          />
          <text x={width - box.right - 4} y={y(value) - 4} textAnchor="end" fill="currentColor">
            {name}
          </text>
        </g>
      ))}
      <path
        className="still-line"
        d={linePath(line, x, y)}
        fill="none"
        stroke="#17707f"
        strokeWidth="1.75"
        strokeDasharray={simulated ? '6 4' : undefined}
        strokeLinejoin="round"
      />
      {line.marked.slice(0, 400).map(({ ms, value }) => (
        <circle
          key={ms}
          cx={x(ms)}
          cy={y(value)}
          r="3.5"
          fill="none"
          stroke="currentColor"
          strokeOpacity="0.6"
        />
      ))}
      {times.map((ms) => (
        <text key={ms} x={x(ms)} y={height - 12} textAnchor="middle" fill="currentColor">
          {window.to - window.from > 3e9 ? reader.day(ms, timeZone) : reader.monthDay(ms, timeZone)}
        </text>
      ))}
    </svg>
  )
}

function linePath(
  { x: seconds, y: values }: Line,
  x: (ms: number) => number,
  y: (value: number) => number,
): string {
  let path = ''
  let open = false
  for (let i = 0; i < seconds.length; i++) {
    const value = values[i]
    if (value === null) open = false
    else {
      path += `${open ? 'L' : 'M'}${x(seconds[i] * 1000).toFixed(1)} ${y(value).toFixed(1)}`
      open = true
    }
  }
  return path
}

function bandPath(points: BandPoint[], x: (ms: number) => number, y: (value: number) => number): string {
  const up = points.map(({ ms, high }) => `${x(ms).toFixed(1)} ${y(high).toFixed(1)}`)
  const down = [...points].reverse().map(({ ms, low }) => `${x(ms).toFixed(1)} ${y(low).toFixed(1)}`)
  return `M${[...up, ...down].join('L')}Z`
}

/** Round values between two numbers, about `count` of them. */
export function niceSteps(low: number, high: number, count: number): number[] {
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (rough / power > 7.5 ? 10 : rough / power > 3.5 ? 5 : rough / power > 1.5 ? 2 : 1)
  const out: number[] = []
  for (let i = Math.ceil(low / step); i * step <= high; i++) out.push(Number((i * step).toPrecision(12)))
  return out
}
