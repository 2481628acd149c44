/** The history of a series: a hydrograph one can move through, laid over with other years; savable, linkable, provable. */

import { client } from '@lanmei/api/client'
import { statistics as statisticsRoute } from '@lanmei/api/contract/observations'
import { revisions as revisionsRoute } from '@lanmei/api/contract/values'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useReader } from '../../shell/reader-context.tsx'
import type { Observations, Series, StationPage, Statistics } from '../../shell/told.ts'
import { formatNames } from '../../ui/file-formats.ts'
import { flagKeys, Hydrograph, type Shown } from '../../ui/hydrograph/hydrograph.tsx'
import { bandOf, gapMs, lineOf, spans, type Window, within } from '../../ui/hydrograph/model.ts'
import { StillHydrograph } from '../../ui/hydrograph/still.tsx'
import {
  addressTime,
  downloads,
  levelsOf,
  limitsOf,
  rainBeside,
  seriesName,
  unitWritten,
  windowOf,
} from './present.ts'
import { savePng, saveSvg } from './save.tsx'

type Wanted = { told: StationPage; series: Series; still?: Observations; nowMs: number }
type Chosen = { ms: number; value: number; flag: number }

export function History({ told, series, still, nowMs }: Wanted) {
  const reader = useReader()
  const { t, find, number, time, utc } = reader
  const { station } = told
  const [search] = useSearchParams()
  const limits = useMemo(() => limitsOf(series, nowMs), [series, nowMs])
  const [start] = useState(() => windowOf(limits, search.get('from'), search.get('to')))
  const [window, setWindow] = useState(start)
  const [years, setYears] = useState<number[]>(() => yearsIn(search.get('years')))
  const [withLevels, setWithLevels] = useState(true)
  const [chosen, setChosen] = useState<Chosen>()
  const [awake, setAwake] = useState(false)
  const { usual, revised } = useExtras(series, awake)
  const levels = useMemo(
    () => (withLevels ? levelsOf(station, series, reader) : []),
    [withLevels, station, series, reader],
  )
  const shown = useRef<Shown>(undefined)
  const box = useRef<HTMLDivElement>(null)
  const unit = unitWritten(series.unit, reader)
  const rain = rainBeside(told.series, series)
  const [stillLine] = useState(
    () => still && lineOf(columns(still), gapMs(series.cadenceSeconds, (window.to - window.from) / 500)),
  )
  const title = `${reader.name(station.name, station.id).text} · ${seriesName(series, reader)}`

  useEffect(() => setAwake(true), [])

  // The address follows the chart, so it can be sent to somebody, without asking the server again.
  useEffect(() => {
    if (!awake || (window === start && years.length === 0)) return
    const timer = setTimeout(() => {
      const next = new URLSearchParams(location.search)
      next.set('from', addressTime(window.from))
      next.set('to', addressTime(window.to))
      if (years.length) next.set('years', years.join(','))
      else next.delete('years')
      history.replaceState(history.state, '', `${location.pathname}?${next}`)
    }, 300)
    return () => clearTimeout(timer)
  }, [awake, start, window, years])

  const drawing = (now: Window, line = stillLine, size?: 'narrow') =>
    line && (
      <StillHydrograph
        line={line}
        window={now}
        band={usual ? bandOf(usual, now, 10, 90) : undefined}
        levels={levels}
        reader={reader}
        timeZone={station.timeZone}
        unit={unit}
        simulated={series.origin === 'simulated' ? t('chart.simulated') : undefined}
        label={title}
        size={size}
      />
    )

  return (
    <section className="history" aria-label={title}>
      <div className="button-row no-print">
        {spans.map(({ key, ms }) => {
          const width = ms ?? limits.to - limits.from
          const to = within({ from: window.to - width, to: window.to }, limits)
          const pressed = Math.abs(window.to - window.from - (to.to - to.from)) < 3_600_000
          return (
            <button
              key={key}
              type="button"
              className="button-small"
              aria-pressed={pressed}
              onClick={() => setWindow(to)}
            >
              {t(`chart.span.${key}`)}
            </button>
          )
        })}
      </div>
      <div ref={box}>
        {awake ? (
          <Hydrograph
            series={series}
            timeZone={station.timeZone}
            limits={limits}
            window={window}
            levels={levels}
            usual={usual}
            rain={rain}
            otherYears={years}
            revisions={revised}
            unit={unit}
            nowMs={nowMs}
            onWindow={setWindow}
            onChoose={setChosen}
            shown={shown}
          />
        ) : (
          <>
            {drawing(window)}
            {drawing(window, stillLine, 'narrow')}
          </>
        )}
      </div>
      <div className="print-only">{awake && drawing(window)}</div>
      <p className="small quiet marks">
        <span>○ {find('area.flag.suspect.name')}</span> <span>× {find('area.flag.bad.name')}</span>{' '}
        <span>◇ {find('area.flag.estimated.name')}</span> <span>▲ {t('chart.revised')}</span>{' '}
        <span>▨ {t('state.unknown')}</span>
      </p>
      {chosen && (
        <p className="chosen" role="status">
          <strong className="figures">
            {number(chosen.value)} {unit}
          </strong>{' '}
          · <time title={utc(chosen.ms)}>{time(chosen.ms, station.timeZone)}</time> ·{' '}
          {find(`area.flag.${flagKeys[chosen.flag]}.name`)}{' '}
          <Link
            className="button button-small"
            to={`?${new URLSearchParams({ series: series.id, view: 'proof', time: new Date(chosen.ms).toISOString() })}`}
          >
            {t('station.prove')}
          </Link>
        </p>
      )}
      <div className="button-row no-print">
        <OtherYears
          series={series}
          own={new Date(window.to).getUTCFullYear()}
          years={years}
          onChange={setYears}
        />
        <label className="inline">
          <input
            type="checkbox"
            checked={withLevels}
            onChange={(event) => setWithLevels(event.target.checked)}
          />{' '}
          {t('chart.levels')}
        </label>
      </div>
      <div className="button-row small no-print">
        <span className="quiet">{t('chart.save')}</span>
        <button
          type="button"
          className="button-small"
          onClick={() => box.current && savePng(box.current, title)}
        >
          {formatNames.png}
        </button>
        <button
          type="button"
          className="button-small"
          onClick={() => shown.current && saveSvg(drawing(shown.current.window, shown.current.line), title)}
        >
          {formatNames.svg}
        </button>
        {downloads(series.id, window).map(({ format, address }) => (
          <a key={format} className="button button-small" href={address} download suppressHydrationWarning>
            {formatNames[format]}
          </a>
        ))}
        <CopyLink />
      </div>
    </section>
  )
}

/** Up to three other years, laid over the window. */
function OtherYears({
  series,
  own,
  years,
  onChange,
}: {
  series: Series
  /** The year on the screen. */
  own: number
  years: number[]
  onChange(years: number[]): void
}) {
  const { t, year: written } = useReader()
  const first = series.first ? new Date(series.first).getUTCFullYear() : 0
  const last = series.last ? new Date(series.last).getUTCFullYear() : 0
  const offered = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => last - i).filter(
    (year) => year !== own && !years.includes(year),
  )
  if (last <= first) return null
  return (
    <span className="button-row">
      {years.map((year) => (
        <button
          key={year}
          type="button"
          className="button-small"
          onClick={() => onChange(years.filter((other) => other !== year))}
        >
          {written(year)} ×
        </button>
      ))}
      {years.length < 3 && (
        <select
          className="select-small"
          aria-label={t('chart.lay-over')}
          value=""
          onChange={(event) => event.target.value && onChange([...years, Number(event.target.value)])}
        >
          <option value="">{t('chart.lay-over')}</option>
          {offered.map((year) => (
            <option key={year} value={year}>
              {written(year)}
            </option>
          ))}
        </select>
      )}
    </span>
  )
}

function CopyLink() {
  const { t } = useReader()
  const [copied, setCopied] = useState(false)
  return (
    <button
      type="button"
      className="button-small"
      onClick={async () => {
        await navigator.clipboard.writeText(location.href)
        setCopied(true)
      }}
    >
      {t(copied ? 'chart.link-copied' : 'chart.link')}
    </button>
  )
}

/** What is usual and what was revised, fetched after the page stands. */
function useExtras(series: Series, awake: boolean): { usual?: Statistics['climatology']; revised: number[] } {
  const [usual, setUsual] = useState<Statistics['climatology']>()
  const [revised, setRevised] = useState<number[]>([])
  useEffect(() => {
    if (!awake) return
    const call = client('', (input, init) => fetch(input, init))
    const leaving = new AbortController()
    const input = { parameters: { id: series.id }, signal: leaving.signal }
    call(statisticsRoute, input)
      .then(({ climatology }) => climatology.days.length && setUsual(climatology))
      .catch(() => {})
    if (series.revisions > 0)
      call(revisionsRoute, { ...input, query: { limit: 1000 } })
        .then(({ revisions }) => setRevised(revisions.map(({ time }) => Date.parse(time))))
        .catch(() => {})
    return () => leaving.abort()
  }, [series, awake])
  return { usual, revised }
}

function yearsIn(text: string | null): number[] {
  return (text ?? '')
    .split(',')
    .map(Number)
    .filter((year) => year > 1800 && year < 2200)
    .slice(0, 3)
}

function columns({ times, values, flags }: Observations) {
  return {
    times: Float64Array.from(times),
    values: Float64Array.from(values, (value) => value ?? Number.NaN),
    flags: Uint8Array.from(flags),
  }
}
