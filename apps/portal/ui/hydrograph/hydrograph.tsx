/** The hydrograph of a series: from all its years to one day, with what is usual, warning levels, doubts, revisions, rain. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { useReader } from '../../shell/reader-context.tsx'
import type { Series } from '../../shell/told.ts'
import type { Chart } from './chart.ts'
import { type Drawn, type OtherYear, valueAt } from './draw.ts'
import { attachGestures } from './gestures.ts'
import {
  bandOf,
  dayMs,
  fetched,
  gapMs,
  type Level,
  type Line,
  lineOf,
  serves,
  type Usual,
  type Window,
  within,
  yearsBack,
} from './model.ts'
import { makeSource, type Source } from './source.ts'
import { noValues, type Values } from './values-binary.ts'

export type Shown = { window: Window; line: Line; values: Values }

type Wanted = {
  series: Series
  timeZone: string
  limits: Window
  window: Window
  levels: Level[]
  usual?: Usual
  rain?: Series
  otherYears: number[]
  revisions: number[]
  unit: string
  nowMs: number
  onWindow(window: Window): void
  onChoose(value: { ms: number; value: number; flag: number }): void
  /** Told of what stands on the screen, for saving it. */
  shown: RefObject<Shown | undefined>
}

const pauseMs = 60

export function Hydrograph(wanted: Wanted) {
  const { series, window, limits, timeZone, unit } = wanted
  const reader = useReader()
  const { t } = reader
  const box = useRef<HTMLDivElement>(null)
  const readout = useRef<HTMLOutputElement>(null)
  const chart = useRef<Chart>(undefined)
  const source = useRef<Source>(undefined)
  const latest = useRef(wanted)
  latest.current = wanted
  const state = useRef<{ have?: Window; values: Values; rain: Values; others: OtherYear[] }>({
    values: noValues,
    rain: noValues,
    others: [],
  })
  const [ready, setReady] = useState(false)
  const [trouble, setTrouble] = useState(false)
  const decimals = series.unit === 'm' ? 2 : 1

  const redraw = useCallback(() => {
    const {
      window: now,
      usual,
      levels,
      revisions,
      series: of,
      rain,
      nowMs,
      shown,
      unit: unitNow,
    } = latest.current
    if (!chart.current || !box.current) return
    const pixelMs = (now.to - now.from) / Math.max(200, box.current.clientWidth)
    const line = lineOf(state.current.values, gapMs(of.cadenceSeconds, pixelMs))
    shown.current = { window: now, line, values: state.current.values }
    // Over many years the band is no more than a row of teeth.
    const band = now.to - now.from < 8 * 366 * dayMs ? usual : undefined
    const around = { from: now.from - (now.to - now.from), to: now.to + (now.to - now.from) }
    const rainMax = state.current.rain.values.reduce(
      (most, mm) => (Number.isNaN(mm) ? most : Math.max(most, mm)),
      0,
    )
    const drawn: Drawn = {
      line,
      outer: band ? bandOf(band, around, 10, 90) : [],
      inner: band ? bandOf(band, around, 25, 75) : [],
      levels,
      others: state.current.others,
      revisions,
      rain:
        rain && rainMax > 0
          ? {
              values: state.current.rain,
              max: rainMax,
              intervalMs: Math.max((rain.cadenceSeconds ?? 86_400) * 1000, pixelMs),
              label: reader.t('chart.rain', { most: reader.number(rainMax, 0) }),
            }
          : undefined,
      known: of.first && of.last ? { from: Date.parse(of.first), to: Date.parse(of.last) } : undefined,
      nowMs,
      words: {
        unit: unitNow,
        simulated: of.origin === 'simulated' ? reader.t('chart.simulated') : undefined,
        unknown: reader.t('state.unknown'),
        usual: band ? reader.t('chart.usual', { years: band.years }) : '',
      },
    }
    chart.current.show(drawn, now)
  }, [reader])

  // The chart is made once for its element and language.
  useEffect(() => {
    let gone = false
    let takeAway = () => {}
    const resized = new ResizeObserver(() => chart.current?.resize())
    import('./chart.ts').then(({ makeChart }) => {
      const element = box.current
      if (gone || !element) return
      source.current ??= makeSource()
      const made = makeChart({
        box: element,
        reader,
        timeZone,
        onSelect: (chosen) => latest.current.onWindow(within(chosen, latest.current.limits)),
        onPoint: (ms) => {
          const found = ms === undefined ? undefined : valueAt(state.current.values, ms)
          if (!readout.current) return
          readout.current.textContent = found
            ? `${reader.time(found.ms, timeZone)} · ${reader.number(found.value, decimals)} ${unit} · ${reader.find(`area.flag.${flagKeys[found.flag]}.name`) ?? found.flag}`
            : reader.t('chart.hint')
        },
      })
      chart.current = made
      const choose = () => {
        const { left } = made.plot.cursor
        if (left === undefined || left < 0) return
        const found = valueAt(state.current.values, made.plot.posToVal(left, 'x') * 1000)
        if (found) latest.current.onChoose(found)
      }
      made.plot.over.addEventListener('click', choose)
      takeAway = attachGestures(made.plot, element, {
        window: () => latest.current.window,
        limits: () => latest.current.limits,
        move: (next) => {
          chart.current?.move(next)
          latest.current.onWindow(next)
        },
        reset: () => latest.current.onWindow(latest.current.limits),
      })
      resized.observe(element)
      setReady(true)
    })
    return () => {
      gone = true
      resized.disconnect()
      takeAway()
      chart.current?.destroy()
      chart.current = undefined
    }
  }, [reader, timeZone, decimals, unit])

  const rainId = wanted.rain?.id
  const years = wanted.otherYears.join()
  const contents = `${series.id}|${rainId}|${years}`
  const drawnContents = useRef('')

  // Values for the window: at once when they are at hand, after a short pause when they must be fetched.
  useEffect(() => {
    if (!ready) return
    redraw()
    const same = drawnContents.current === contents
    if (same && state.current.have && serves(state.current.have, window)) return
    const leaving = new AbortController()
    const timer = setTimeout(
      async () => {
        const get = source.current
        if (!get) return
        const stretch = fetched(window, limits)
        const points = 2 * (box.current?.clientWidth ?? 800)
        try {
          const [values, rain, ...others] = await Promise.all([
            get(series.id, stretch, points, leaving.signal),
            rainId ? get(rainId, stretch, points / 2, leaving.signal) : noValues,
            ...latest.current.otherYears.map(async (year): Promise<OtherYear> => {
              const back = new Date(window.to).getUTCFullYear() - year
              return {
                year: reader.year(year),
                values: await get(series.id, yearsBack(window, back), points, leaving.signal),
                shiftMs: (ms) => yearsBack({ from: ms, to: ms }, -back).from,
              }
            }),
          ])
          state.current = { have: stretch, values, rain, others }
          drawnContents.current = contents
          setTrouble(false)
          redraw()
        } catch (error) {
          if (!leaving.signal.aborted) {
            console.warn(error)
            setTrouble(true)
          }
        }
      },
      same ? pauseMs : 0,
    )
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [ready, contents, window, limits, series.id, rainId, reader, redraw])

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn besides the values
  useEffect(redraw, [wanted.usual, wanted.levels, wanted.revisions, redraw])

  // A change of the theme by the device needs new colours.
  useEffect(() => {
    const media = matchMedia('(prefers-color-scheme: dark)')
    media.addEventListener('change', redraw)
    return () => media.removeEventListener('change', redraw)
  }, [redraw])

  return (
    <div className="hydrograph">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move the chart */}
      <div ref={box} className="plot" tabIndex={0} role="application" aria-label={t('chart.keys')} />
      <output ref={readout} className="small quiet figures">
        {t('chart.hint')}
      </output>
      {trouble && (
        <p className="message" role="alert">
          {t('chart.trouble')}
        </p>
      )}
    </div>
  )
}

/** Flag codes to the keys of their names. */
export const flagKeys: Readonly<Record<number, string>> = {
  1: 'good',
  2: 'not-evaluated',
  3: 'suspect',
  4: 'bad',
  8: 'estimated',
  9: 'missing',
}
