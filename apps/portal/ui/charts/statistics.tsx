/** The charts of a series' statistics: the year as usual, flow duration, yearly extremes, return levels. Drawn, so they need no script. */
import type { Reader } from '../../shell/reader.ts'
import type { Statistics } from '../../shell/told.ts'
import type { Level } from '../hydrograph/model.ts'
import { niceSteps } from '../hydrograph/still.tsx'
import { ChartFrame, plotX, plotY, type Tick } from './frame.tsx'
import { linear, pathThrough, reducedVariate } from './scale.ts'

type Wanted = { statistics: Statistics; reader: Reader; unit: string }

function yAxis(low: number, high: number, reader: Reader): { y: (value: number) => number; ticks: Tick[] } {
  const air = (high - low || 1) * 0.05
  const y = linear([low - air, high + air], plotY)
  const steps = niceSteps(low - air, high + air, 6)
  const decimals = steps[1] - steps[0] < 1 ? 1 : 0
  return { y, ticks: steps.map((value) => ({ at: y(value), text: reader.number(value, decimals) })) }
}

/** The usual year: middle half, outer band, median. */
export function UsualYear({ statistics, reader, unit, levels }: Wanted & { levels: Level[] }) {
  const { percentiles, days, years } = statistics.climatology
  const column = (percent: number) => {
    const at = percentiles.indexOf(percent)
    return days.map(({ dayOfYear, values }) => [dayOfYear, values[at] ?? Number.NaN] as const)
  }
  const all = days.flatMap(({ values }) => values.filter((value): value is number => value !== null))
  if (all.length === 0) return null
  const top = Math.max(...all, ...levels.map(({ value }) => value))
  const { y, ticks } = yAxis(Math.min(...all), top, reader)
  const x = linear([1, 366], plotX)
  const line = (percent: number) => column(percent).map(([day, value]) => [x(day), y(value)] as const)
  const area = (low: number, high: number) => `${pathThrough([...line(high), ...line(low).reverse()])}Z`
  // Its name goes below a line when the next one above is too near.
  const crowded = (value: number) =>
    levels.some((other) => other.value > value && y(value) - y(other.value) < 16)
  const months = Array.from({ length: 12 }, (_, i) => ({
    at: x(Math.round(i * 30.5 + 16)),
    text: reader.month(i + 1),
  }))
  return (
    <ChartFrame
      label={reader.t('statistics.usual-year')}
      xTicks={months}
      yTicks={ticks}
      xTitle={reader.t('statistics.usual-year-axis', { years })}
      yTitle={unit}
    >
      <path className="confidence" d={area(10, 90)} />
      <path className="band-inner" d={area(25, 75)} />
      <path className="curve" d={pathThrough(line(50))} />
      {levels.map(({ name, value, severe }) => (
        <g key={name}>
          <line
            className={severe ? 'level level-severe' : 'level'}
            x1={plotX[0]}
            x2={plotX[1]}
            y1={y(value)}
            y2={y(value)}
          />
          <text x={plotX[1] - 4} y={y(value) + (crowded(value) ? 13 : -4)} textAnchor="end">
            {name}
          </text>
        </g>
      ))}
    </ChartFrame>
  )
}

/** Which share of the time a value was reached or passed. */
export function DurationCurve({ statistics, reader, unit }: Wanted) {
  const { durationCurve } = statistics
  if (durationCurve.length === 0) return null
  const values = durationCurve.map(({ value }) => value)
  const { y, ticks } = yAxis(Math.min(...values), Math.max(...values), reader)
  const x = linear([0, 100], plotX)
  return (
    <ChartFrame
      label={reader.t('statistics.duration')}
      xTicks={[0, 20, 40, 60, 80, 100].map((p) => ({ at: x(p), text: `${reader.number(p, 0)} %` }))}
      yTicks={ticks}
      xTitle={reader.t('statistics.duration-axis')}
      yTitle={unit}
    >
      <path
        className="curve"
        d={pathThrough(durationCurve.map(({ exceedancePercent, value }) => [x(exceedancePercent), y(value)]))}
      />
    </ChartFrame>
  )
}

/** Highest and lowest value of each year; years with many missing days are only outlined. */
export function AnnualExtremes({ statistics, reader, unit }: Wanted) {
  const { annual } = statistics
  if (annual.length === 0) return null
  const first = annual[0].year
  const last = annual[annual.length - 1].year
  const { y, ticks } = yAxis(
    Math.min(...annual.map(({ minimum }) => minimum)),
    Math.max(...annual.map(({ maximum }) => maximum)),
    reader,
  )
  const x = linear([first - 0.5, last + 0.5], plotX)
  const width = Math.max(1.5, Math.min(14, (plotX[1] - plotX[0]) / (last - first + 1) - 2))
  const step = Math.max(1, Math.ceil((last - first) / 7 / 5) * 5)
  const years = annual.map(({ year }) => year).filter((year) => last - first < 8 || year % step === 0)
  return (
    <ChartFrame
      label={reader.t('statistics.annual')}
      xTicks={years.map((year) => ({ at: x(year), text: reader.year(year) }))}
      yTicks={ticks}
      xTitle={reader.t('statistics.annual-axis')}
      yTitle={unit}
    >
      {annual.map(({ year, maximum, minimum, completeness }) => (
        <rect
          key={year}
          className={completeness < 0.9 ? 'bar-partial' : 'bar'}
          x={x(year) - width / 2}
          width={width}
          y={y(maximum)}
          height={Math.max(1, y(minimum) - y(maximum))}
        >
          <title>{`${reader.year(year)}: ${reader.number(minimum)} – ${reader.number(maximum)} ${unit}`}</title>
        </rect>
      ))}
    </ChartFrame>
  )
}

/** Return levels of one distribution with their confidence band, and the observed yearly maxima at their plotting positions. */
export function ReturnLevels({
  frequency,
  reader,
  unit,
}: {
  frequency: Statistics['frequency'][number]
  reader: Reader
  unit: string
}) {
  const { returnLevels, points } = frequency
  if (returnLevels.length === 0) return null
  const shown = points.filter(({ x }) => x >= 1.02)
  const values = [
    ...returnLevels.flatMap(({ lower, upper }) => [lower, upper]),
    ...shown.map((point) => point.y),
  ]
  const { y, ticks } = yAxis(Math.min(...values), Math.max(...values), reader)
  const last = Math.max(
    ...returnLevels.map(({ returnPeriodYears }) => returnPeriodYears),
    ...shown.map(({ x: years }) => years),
  )
  const x = (period: number) =>
    linear([reducedVariate(1.02), reducedVariate(last)], plotX)(reducedVariate(period))
  const ticksX = [2, 5, 10, 20, 50, 100, 200, 500].filter((period) => period <= last)
  const upper = returnLevels.map((level) => [x(level.returnPeriodYears), y(level.upper)] as const)
  const lower = returnLevels.map((level) => [x(level.returnPeriodYears), y(level.lower)] as const)
  return (
    <ChartFrame
      label={reader.t('statistics.return')}
      xTicks={ticksX.map((period) => ({ at: x(period), text: reader.number(period, 0) }))}
      yTicks={ticks}
      xTitle={reader.t('statistics.return-axis')}
      yTitle={unit}
    >
      <path className="confidence" d={`${pathThrough([...upper, ...lower.reverse()])}Z`} />
      <path
        className="curve"
        d={pathThrough(returnLevels.map((level) => [x(level.returnPeriodYears), y(level.value)]))}
      />
      {shown.map((point) => (
        <circle key={point.x} className="point" cx={x(point.x)} cy={y(point.y)} r="3" />
      ))}
    </ChartFrame>
  )
}
