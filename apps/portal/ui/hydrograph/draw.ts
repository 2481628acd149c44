/** What a hydrograph shows besides its line: the usual band, warning levels, other years, gaps, rain, doubts and revisions. */
import type uPlot from 'uplot'
import { type BandPoint, type Level, type Line, nearest, type Window } from './model.ts'
import type { Values } from './values-binary.ts'

export type OtherYear = { year: string; values: Values; shiftMs: (ms: number) => number }

/** Everything that is drawn; replaced as a whole when new data arrive. */
export type Drawn = {
  line: Line
  outer: BandPoint[]
  inner: BandPoint[]
  levels: Level[]
  others: OtherYear[]
  revisions: number[]
  rain?: { values: Values; max: number; label: string; intervalMs: number }
  /** Where something is known at all; after it and before it the chart is hatched up to now. */
  known?: Window
  nowMs: number
  words: { unit: string; simulated?: string; unknown: string; usual: string }
}

export type Palette = Record<
  'ink' | 'quiet' | 'rule' | 'river' | 'outer' | 'inner' | 'paper' | 'orange' | 'red',
  string
>

export function paletteOf(element: Element): Palette {
  const css = getComputedStyle(element)
  const of = (name: string) => css.getPropertyValue(name).trim()
  return {
    ink: of('--ink'),
    quiet: of('--ink-quiet'),
    rule: of('--rule-strong'),
    river: of('--river'),
    outer: of('--climatology'),
    inner: of('--climatology-inner'),
    paper: of('--paper'),
    orange: of('--cap-yellow'),
    red: of('--cap-red'),
  }
}

type Brush = {
  u: uPlot
  ctx: CanvasRenderingContext2D
  px: number
  x(ms: number): number
  y(value: number): number
  colours: Palette
}

function brushOf(u: uPlot, colours: Palette): Brush {
  return {
    u,
    ctx: u.ctx,
    px: devicePixelRatio,
    x: (ms) => u.valToPos(ms / 1000, 'x', true),
    y: (value) => u.valToPos(value, 'y', true),
    colours,
  }
}

/** Below the line. */
export function drawBelow(u: uPlot, drawn: Drawn, colours: Palette): void {
  inPlot(u, () => {
    const brush = brushOf(u, colours)
    band(brush, drawn.outer, colours.outer)
    band(brush, drawn.inner, colours.inner)
    const gaps = [...drawn.line.gaps]
    if (drawn.known && drawn.nowMs > drawn.known.to) gaps.push({ from: drawn.known.to, to: drawn.nowMs })
    for (const gap of gaps) hatch(brush, gap)
    for (const level of drawn.levels) rule(brush, level)
    drawn.others.forEach((other, place) => {
      otherYear(brush, other, place)
    })
    if (drawn.rain) rainfall(brush, drawn.rain)
  })
}

/** Above the line. */
export function drawAbove(u: uPlot, drawn: Drawn, colours: Palette): void {
  inPlot(u, () => {
    const brush = brushOf(u, colours)
    for (const { ms, value, flag } of drawn.line.marked) doubt(brush, ms, value, flag)
    for (const ms of drawn.revisions) caret(brush, ms)
    levelNames(brush, drawn.levels)
    const from = u.posToVal(u.bbox.width / devicePixelRatio / 12, 'x') * 1000
    const first = drawn.outer.find(({ ms }) => ms >= from)
    if (first) words(brush, drawn.words.usual, brush.x(first.ms), brush.y(first.high) - 5 * brush.px, 'left')
  })
  aboveThePlot(brushOf(u, colours), drawn)
}

/** Where no line runs: the unit, that the values are simulated, and the scale of the rain. */
function aboveThePlot(brush: Brush, { words: { unit, simulated }, rain }: Drawn): void {
  const { u, ctx, px } = brush
  const foot = u.bbox.top - 9 * px
  ctx.save()
  ctx.setLineDash([])
  const corner = simulated === undefined ? unit : `${unit} · ${simulated}`
  words(brush, corner, u.bbox.left, foot, 'left', simulated !== undefined)
  if (rain) words(brush, rain.label, u.bbox.left + u.bbox.width, foot, 'right')
  ctx.restore()
}

/** Nothing is drawn outside of the plotting area. */
function inPlot(u: uPlot, draw: () => void): void {
  const { left, top, width, height } = u.bbox
  u.ctx.save()
  u.ctx.setLineDash([])
  u.ctx.beginPath()
  u.ctx.rect(left, top, width, height)
  u.ctx.clip()
  draw()
  u.ctx.restore()
}

function band({ ctx, x, y }: Brush, points: BandPoint[], colour: string): void {
  if (points.length < 2) return
  ctx.beginPath()
  points.forEach(({ ms, high }, i) => {
    if (i) ctx.lineTo(x(ms), y(high))
    else ctx.moveTo(x(ms), y(high))
  })
  for (let i = points.length - 1; i >= 0; i--) ctx.lineTo(x(points[i].ms), y(points[i].low))
  ctx.closePath()
  ctx.fillStyle = colour
  ctx.fill()
}

/** Where nothing is known the ground is hatched, from top to bottom. */
function hatch({ u, ctx, px, x, colours }: Brush, { from, to }: Window): void {
  const left = Math.max(x(from), u.bbox.left)
  const right = Math.min(x(to), u.bbox.left + u.bbox.width)
  if (right - left < 2 * px) return
  ctx.save()
  ctx.beginPath()
  ctx.rect(left, u.bbox.top, right - left, u.bbox.height)
  ctx.clip()
  ctx.strokeStyle = colours.rule
  ctx.globalAlpha = 0.35
  ctx.lineWidth = px
  ctx.beginPath()
  const step = 8 * px
  for (let at = left - u.bbox.height - (left % step); at < right; at += step) {
    ctx.moveTo(at, u.bbox.top + u.bbox.height)
    ctx.lineTo(at + u.bbox.height, u.bbox.top)
  }
  ctx.stroke()
  ctx.restore()
}

function rule({ u, ctx, px, y, colours }: Brush, { value, severe }: Level): void {
  ctx.strokeStyle = severe ? colours.red : colours.orange
  ctx.lineWidth = 1.25 * px
  ctx.beginPath()
  ctx.moveTo(u.bbox.left, y(value))
  ctx.lineTo(u.bbox.left + u.bbox.width, y(value))
  ctx.stroke()
}

/** Names stand above their lines; below, where the next line above is too near; with an arrow, where the line is out of view. */
function levelNames(brush: Brush, levels: Level[]): void {
  const { u, px, y } = brush
  const right = u.bbox.left + u.bbox.width - 6 * px
  const away: string[] = []
  for (const { name, value } of levels) {
    if (value > (u.scales.y.max ?? value)) {
      away.push(name)
      continue
    }
    const crowded = levels.some((other) => other.value > value && y(value) - y(other.value) < 18 * px)
    words(brush, name, right, y(value) + (crowded ? 14 : -4) * px, 'right')
  }
  if (away.length) words(brush, `↑ ${away.join(' · ')}`, right, u.bbox.top + 14 * px, 'right')
}

/** Other years differ by their dashes, and each has its name at a place of its own. */
function otherYear(brush: Brush, { year, values, shiftMs }: OtherYear, place: number): void {
  const { ctx, px, x, y, u, colours } = brush
  ctx.strokeStyle = colours.quiet
  ctx.lineWidth = px
  ctx.setLineDash([[], [7 * px, 3 * px], [2 * px, 3 * px]][place] ?? [])
  ctx.beginPath()
  let open = false
  let last: [number, number] | undefined
  for (let i = 0; i < values.times.length; i++) {
    const value = values.values[i]
    if (Number.isNaN(value) || values.flags[i] === 4) {
      open = false
      continue
    }
    const [px0, py0] = [x(shiftMs(values.times[i])), y(value)]
    if (open) ctx.lineTo(px0, py0)
    else ctx.moveTo(px0, py0)
    open = true
    if (px0 < u.bbox.left + u.bbox.width * (0.94 - 0.12 * place)) last = [px0, py0]
  }
  ctx.stroke()
  ctx.setLineDash([])
  if (last) words(brush, year, last[0], last[1] - 5 * px, 'left')
}

/** Rain hangs from above in the upper fifth; its largest value is written above the plot. */
function rainfall(brush: Brush, { values, max, intervalMs }: NonNullable<Drawn['rain']>): void {
  const { ctx, px, x, u, colours } = brush
  const full = u.bbox.height * 0.2
  ctx.fillStyle = colours.river
  ctx.globalAlpha = 0.55
  const width = Math.max(px, x(intervalMs) - x(0) - px)
  for (let i = 0; i < values.times.length; i++) {
    const value = values.values[i]
    if (value > 0) ctx.fillRect(x(values.times[i]), u.bbox.top, width, (value / max) * full)
  }
  ctx.globalAlpha = 1
}

/** Suspect: a ring. Bad: a cross. Estimated: a small diamond. All paled. */
function doubt({ ctx, px, x, y, colours }: Brush, ms: number, value: number, flag: number): void {
  const [cx, cy, r] = [x(ms), y(value), 4 * px]
  ctx.strokeStyle = colours.quiet
  ctx.lineWidth = 1.25 * px
  ctx.beginPath()
  if (flag === 3) ctx.arc(cx, cy, r, 0, 2 * Math.PI)
  else if (flag === 4) {
    ctx.moveTo(cx - r, cy - r)
    ctx.lineTo(cx + r, cy + r)
    ctx.moveTo(cx - r, cy + r)
    ctx.lineTo(cx + r, cy - r)
  } else {
    ctx.moveTo(cx, cy - r)
    ctx.lineTo(cx + r, cy)
    ctx.lineTo(cx, cy + r)
    ctx.lineTo(cx - r, cy)
    ctx.closePath()
  }
  ctx.stroke()
}

function caret({ u, ctx, px, x, colours }: Brush, ms: number): void {
  const [cx, foot] = [x(ms), u.bbox.top + u.bbox.height]
  ctx.fillStyle = colours.ink
  ctx.beginPath()
  ctx.moveTo(cx, foot - 9 * px)
  ctx.lineTo(cx + 5 * px, foot)
  ctx.lineTo(cx - 5 * px, foot)
  ctx.fill()
}

function words(
  { ctx, px, colours }: Brush,
  text: string,
  x: number,
  y: number,
  align: CanvasTextAlign,
  strong = false,
): void {
  ctx.font = `${strong ? '600 ' : ''}${12.5 * px}px ${getComputedStyle(document.body).fontFamily}`
  ctx.textAlign = align
  ctx.textBaseline = 'alphabetic'
  ctx.lineJoin = 'round'
  ctx.lineWidth = 4 * px
  ctx.strokeStyle = colours.paper
  ctx.strokeText(text, x, y)
  ctx.fillStyle = strong ? colours.ink : colours.quiet
  ctx.fillText(text, x, y)
}

/** The value under the pointer. */
export function valueAt(
  { times, values, flags }: Values,
  ms: number,
): { ms: number; value: number; flag: number } | undefined {
  const i = nearest(times, ms)
  return i < 0 || Number.isNaN(values[i]) ? undefined : { ms: times[i], value: values[i], flag: flags[i] }
}
