/** The arithmetic of a hydrograph: windows of time, gaps, ranges, the usual water of a day. Pure. */
import type { Statistics } from '../../shell/told.ts'
import type { Values } from './values-binary.ts'

/** A stretch of time, ms since 1970. */
export type Window = { from: number; to: number }
export type Level = { name: string; value: number; severe: boolean }

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs
const narrowestMs = 6 * hourMs

/** Stretches a reader can choose by one press; `undefined` is everything. */
export const spans = [
  { key: 'all', ms: undefined },
  { key: '10-years', ms: 3653 * dayMs },
  { key: 'year', ms: 365 * dayMs },
  { key: '90-days', ms: 90 * dayMs },
  { key: '30-days', ms: 30 * dayMs },
  { key: '7-days', ms: 7 * dayMs },
  { key: 'day', ms: dayMs },
] as const

/** Keeps a window inside of its limits and wide enough, moving it rather than cutting it. */
export function within({ from, to }: Window, limits: Window): Window {
  const width = Math.min(Math.max(to - from, narrowestMs), limits.to - limits.from)
  const start = Math.min(Math.max(from, limits.from), limits.to - width)
  return { from: start, to: start + width }
}

/** Narrower (factor < 1) or wider, the moment `around` staying where it is. */
export function zoomed({ from, to }: Window, factor: number, around: number, limits: Window): Window {
  const width = Math.max((to - from) * factor, narrowestMs)
  const share = (around - from) / (to - from)
  return within({ from: around - share * width, to: around + (1 - share) * width }, limits)
}

/** Moved by a share of its width. */
export function panned({ from, to }: Window, share: number, limits: Window): Window {
  const step = (to - from) * share
  return within({ from: from + step, to: to + step }, limits)
}

/** What is fetched for a window: half as much again on either side, so small moves need no new data. */
export function fetched({ from, to }: Window, limits: Window): Window {
  const more = (to - from) / 2
  return { from: Math.max(from - more, limits.from), to: Math.min(to + more, limits.to) }
}

/** True when the fetched data still serve the window: it lies inside, and they are not much coarser than wanted. */
export function serves(have: Window, window: Window): boolean {
  const inside = have.from <= window.from && have.to >= window.to
  return inside && have.to - have.from <= 3 * (window.to - window.from)
}

/** The distance between values from which on nothing is known in between. */
export function gapMs(cadenceSeconds: number | undefined, pixelMs: number): number {
  return Math.max(3 * (cadenceSeconds ?? 86_400) * 1000, 4 * pixelMs)
}

export type Line = {
  /** Seconds since 1970, as the chart wants them. */
  x: number[]
  y: (number | null)[]
  /** Where nothing is known. */
  gaps: Window[]
  /** Kept but doubted or filled in. */
  marked: { ms: number; value: number; flag: number }[]
}

/** Values as a line that breaks where nothing is known. Bad values are marked beside the line, never on it. */
export function lineOf({ times, values, flags }: Values, gap: number): Line {
  const line: Line = { x: [], y: [], gaps: [], marked: [] }
  let last = Number.NaN
  for (let i = 0; i < times.length; i++) {
    const ms = times[i]
    const value = values[i]
    const flag = flags[i]
    if (!Number.isNaN(last) && ms - last > gap) {
      line.gaps.push({ from: last, to: ms })
      line.x.push((last + ms) / 2000)
      line.y.push(null)
    }
    const present = !Number.isNaN(value)
    if (present) last = ms
    else if (Number.isNaN(last)) continue
    line.x.push(ms / 1000)
    line.y.push(present && flag !== 4 ? value : null)
    if (present && (flag === 3 || flag === 4 || flag === 8)) line.marked.push({ ms, value, flag })
  }
  return line
}

/** Smallest and largest of everything that should be seen, with a little air; undefined when there is nothing. */
export function rangeOf(...groups: Iterable<number | null>[]): [number, number] | undefined {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const group of groups)
    for (const value of group)
      if (value !== null && !Number.isNaN(value)) {
        if (value < low) low = value
        if (value > high) high = value
      }
  if (low > high) return undefined
  const air = (high - low || Math.abs(high) || 1) * 0.06
  return [low - air, high + air]
}

/** Levels near enough to the water in view to be shown on its scale; the others would press the line flat. */
export function nearLevels(levels: readonly Level[], low: number, high: number): Level[] {
  const reach = 2.5 * Math.max(high - low, 0.1)
  return levels.filter(({ value }) => value <= high + reach && value >= low - reach)
}

/** Index of the value nearest to a moment; -1 when there is none. */
export function nearest(times: Float64Array, ms: number): number {
  if (times.length === 0) return -1
  let low = 0
  let high = times.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle] < ms) low = middle + 1
    else high = middle
  }
  return low > 0 && ms - times[low - 1] < times[low] - ms ? low - 1 : low
}

export type Usual = Statistics['climatology']
/** One value of the usual water of each day of a window: low and high edge of a band, in ms and the unit of the series. */
export type BandPoint = { ms: number; low: number; high: number }

/** The band between two percentiles over a window; one point a day, fewer over long windows. */
export function bandOf(usual: Usual, window: Window, lowPercent: number, highPercent: number): BandPoint[] {
  const low = usual.percentiles.indexOf(lowPercent)
  const high = usual.percentiles.indexOf(highPercent)
  if (low < 0 || high < 0) return []
  const byDay = new Map(usual.days.map((day) => [day.dayOfYear, day.values]))
  const step = Math.max(1, Math.ceil((window.to - window.from) / dayMs / 1500)) * dayMs
  const points: BandPoint[] = []
  for (let ms = Math.floor(window.from / dayMs) * dayMs; ms <= window.to + step; ms += step) {
    const values = byDay.get(dayOfYear(ms))
    const [a, b] = [values?.[low], values?.[high]]
    if (typeof a === 'number' && typeof b === 'number') points.push({ ms, low: a, high: b })
  }
  return points
}

/** Day of the year as the climatology counts it: 29 February is day 60 in every year, so 1 March is always 61. */
export function dayOfYear(ms: number): number {
  const at = new Date(ms)
  return Math.round((Date.UTC(2000, at.getUTCMonth(), at.getUTCDate()) - Date.UTC(2000, 0, 1)) / dayMs) + 1
}

/** The same stretch in another year: `years` back, so that the calendar days agree. */
export function yearsBack({ from, to }: Window, years: number): Window {
  const shift = (ms: number) => {
    const at = new Date(ms)
    return at.setUTCFullYear(at.getUTCFullYear() - years)
  }
  return { from: shift(from), to: shift(to) }
}
