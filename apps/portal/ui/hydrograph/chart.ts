/** The chart itself: a uPlot with our axes and our drawing; knows nothing of React. Loaded only in the browser. */
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { clockAt } from '../../shell/customs.ts'
import type { Reader } from '../../shell/reader.ts'
import { type Drawn, drawAbove, drawBelow, paletteOf } from './draw.ts'
import { dayMs, hourMs, nearLevels, rangeOf, type Window } from './model.ts'

export type Chart = {
  plot: uPlot
  show(drawn: Drawn, window: Window): void
  move(window: Window): void
  resize(): void
  destroy(): void
}

type Wanted = {
  box: HTMLElement
  reader: Reader
  timeZone: string
  /** A stretch was drawn with the mouse. */
  onSelect(window: Window): void
  onPoint(ms: number | undefined): void
}

const manyYearsMs = 6 * 366 * dayMs

const heightOf = (box: HTMLElement) =>
  Math.max(260, Math.min(440, box.clientWidth * 0.5, window.innerHeight * 0.46))

export function makeChart({ box, reader, timeZone, onSelect, onPoint }: Wanted): Chart {
  let drawn: Drawn | undefined
  let colours = paletteOf(box)
  const font = `13px ${getComputedStyle(document.body).fontFamily}`
  const dashed = () => (drawn?.words.simulated ? [6, 4] : [])

  const axis: uPlot.Axis = {
    font,
    stroke: () => colours.quiet,
    grid: { stroke: () => colours.rule, width: 0.5, dash: [2, 4] },
    ticks: { show: false },
  }
  const plot = new uPlot(
    {
      width: box.clientWidth,
      height: heightOf(box),
      // Room above for the unit, on the right for half of the last date.
      padding: [26, 36, 0, 0],
      legend: { show: false },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), timeZone),
      cursor: {
        drag: { x: true, y: false, setScale: false, dist: 6 },
        points: { size: 8, fill: () => colours.paper, stroke: () => colours.river, width: 2 },
        focus: { prox: 30 },
      },
      scales: {
        x: { time: true, auto: false },
        y: { range: (_, low, high) => (drawn ? yRange(drawn, plot, low, high) : [low, high]) },
      },
      axes: [
        {
          ...axis,
          // Years are short words, dates are long ones.
          space: (_u, _axis, min, max) => ((max - min) * 1000 > manyYearsMs ? 52 : 90),
          size: 34,
          values: (_u, splits, _axis, _space, stepSeconds) =>
            splits.map((at, i) => tick(at * 1000, splits[i - 1], stepSeconds, reader, timeZone)),
        },
        {
          ...axis,
          size: 52,
          values: (_, splits) =>
            splits.map((value) => reader.number(value, decimalsOf(splits[1] - splits[0]))),
        },
      ],
      series: [
        {},
        {
          stroke: () => colours.river,
          width: 1.75,
          spanGaps: false,
          points: {
            show: (u) => u.data[0].length < u.bbox.width / devicePixelRatio / 14,
            size: 5,
          },
        },
      ],
      hooks: {
        drawClear: [(u) => drawn && drawBelow(u, drawn, colours)],
        draw: [(u) => drawn && drawAbove(u, drawn, colours)],
        setSelect: [
          (u) => {
            if (u.select.width < 4) return
            onSelect({
              from: u.posToVal(u.select.left, 'x') * 1000,
              to: u.posToVal(u.select.left + u.select.width, 'x') * 1000,
            })
            u.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          },
        ],
        setCursor: [
          (u) =>
            onPoint(
              u.cursor.left === undefined || u.cursor.left < 0
                ? undefined
                : u.posToVal(u.cursor.left, 'x') * 1000,
            ),
        ],
      },
    },
    [[], []],
    box,
  )

  const move = ({ from, to }: Window) => plot.setScale('x', { min: from / 1000, max: to / 1000 })
  return {
    plot,
    move,
    show(next, window) {
      drawn = next
      colours = paletteOf(box)
      plot.series[1].dash = dashed()
      plot.setData([next.line.x, next.line.y] as uPlot.AlignedData, false)
      move(window)
    },
    resize: () => plot.setSize({ width: box.clientWidth, height: heightOf(box) }),
    destroy: () => plot.destroy(),
  }
}

/** The values in view, the usual band and the levels decide the height; room is left above for rain. */
function yRange(drawn: Drawn, u: uPlot, low: number | null, high: number | null): [number, number] {
  const from = (u.scales.x.min ?? 0) * 1000
  const to = (u.scales.x.max ?? 0) * 1000
  const inView = drawn.outer.filter(({ ms }) => ms >= from && ms <= to)
  const water = rangeOf(
    [low, high],
    inView.flatMap((point) => [point.low, point.high]),
  )
  if (!water) return [0, 1]
  const near = nearLevels(drawn.levels, ...water)
  const found = rangeOf(
    water,
    near.map(({ value }) => value),
  )
  if (!found) return [0, 1]
  if (!drawn.rain) return found
  return [found[0], found[1] + (found[1] - found[0]) * 0.25]
}

/** A tick of the time axis: years, months, days or hours, whatever the distance of the ticks asks for. */
function tick(
  ms: number,
  before: number | undefined,
  stepSeconds: number,
  reader: Reader,
  timeZone: string,
): string {
  const step = stepSeconds * 1000
  const at = clockAt(ms, timeZone)
  if (step >= 360 * dayMs) return reader.year(at.year)
  const newYear = before === undefined || clockAt(before * 1000, timeZone).year !== at.year
  if (step >= 27 * dayMs)
    return newYear ? `${reader.month(at.month)} ${reader.year(at.year)}` : reader.month(at.month)
  if (step >= 23 * hourMs) return newYear ? reader.day(ms, timeZone) : reader.monthDay(ms, timeZone)
  const newDay = before === undefined || clockAt(before * 1000, timeZone).day !== at.day
  return newDay ? reader.monthDay(ms, timeZone) : reader.clock(ms, timeZone)
}

/** Decimals that tell ticks of a distance apart: 0 for 2 or 5, 1 for 2.5 or 0.5, 2 for 0.25. */
function decimalsOf(step: number): number {
  for (const decimals of [0, 1, 2])
    if (Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) < 1e-6) return decimals
  return 3
}
