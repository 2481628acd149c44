/** Station: one gauge with its history, its statistics, who doubted or revised what, and the proof of every value. */
import { statistics } from '@lanmei/api/contract/observations'
import { river as riverRoute, stationsGet } from '@lanmei/api/contract/stations'
import * as values from '@lanmei/api/contract/values'
import {
  type ActionFunctionArgs,
  data,
  Link,
  type LoaderFunctionArgs,
  useActionData,
  useLoaderData,
  useRouteLoaderData,
  useSearchParams,
} from 'react-router'
import type { loader as rootLoader } from '../../root.tsx'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import type {
  FlagEvent,
  Observations,
  Proof,
  Revision,
  River,
  Statistics,
  StationPage as Told,
} from '../../shell/told.ts'
import '../../ui/charts/charts.css'
import '../../ui/hydrograph/hydrograph.css'
import { dayMs } from '../../ui/hydrograph/model.ts'
import '../../ui/ribbon.css'
import '../../ui/state-mark.css'
import { FilesView } from './files-view.tsx'
import { writeFlags } from './flagging.ts'
import { FlagsView } from './flags-view.tsx'
import { History } from './history.tsx'
import './page.css'
import { limitsOf, pickSeries, seriesName, type View, viewOf, views, windowOf } from './present.ts'
import { ProofView } from './proof-view.tsx'
import { RevisionsView } from './revisions-view.tsx'
import { StationFacts, StationHead, StationRibbon } from './station-head.tsx'
import { StatisticsView } from './statistics-view.tsx'
import { TableView } from './table-view.tsx'

/** What a view needs besides the station itself; only the shown view's part is asked for. */
export type Shown = {
  still?: Observations
  rows?: Observations
  statistics?: Statistics
  flags?: FlagEvent[]
  revisions?: Revision[]
  proof?: Proof
}

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const { searchParams } = new URL(asked.request.url)
  const [told, river] = await Promise.all([
    ask(stationsGet, { parameters: { id: asked.params.id ?? '' } }) as Promise<Told>,
    ask(riverRoute) as Promise<River>,
  ])
  const nowMs = Date.now()
  const view = viewOf(searchParams.get('view'))
  const series = pickSeries(told.series, told.station, searchParams.get('series'))
  const shown: Shown = {}
  if (series) {
    const parameters = { id: series.id }
    const window = windowOf(limitsOf(series, nowMs), searchParams.get('from'), searchParams.get('to'))
    const range = { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() }
    if (view === 'history')
      shown.still = await ask(values.observations, {
        parameters,
        query: { ...range, resolution: 'auto', points: 500 },
      })
    if (view === 'table') {
      const to = searchParams.get('to') ? window.to : Date.parse(series.last ?? range.to) + 1
      const from = to - 60 * (series.cadenceSeconds ?? 86_400) * 1000
      shown.rows = await ask(values.observations, {
        parameters,
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString() },
      })
    }
    if (view === 'statistics') shown.statistics = await ask(statistics, { parameters })
    if (view === 'flags')
      shown.flags = (await ask(values.flagHistory, { parameters, query: { limit: 200 } })).flags
    if (view === 'revisions')
      shown.revisions = (await ask(values.revisions, { parameters, query: { limit: 200 } })).revisions
    const time = searchParams.get('time')
    if (view === 'proof' && time) shown.proof = await ask(values.proof, { parameters, query: { time } })
  }
  // Of the river only what the ribbon draws is sent on.
  const ribbon: River = {
    ...river,
    tributaries: [],
    profile: [],
    line: river.line.slice(0, 1),
    stations: river.stations.filter((s) => s.riverKm !== undefined),
  }
  return { told, ribbon, shown, view, seriesId: series?.id, nowMs }
}

/** An officer's judgement of a range of values. */
export async function action(asked: ActionFunctionArgs) {
  const result = await writeFlags(asked)
  return data(result, { status: result.done ? 200 : 400 })
}

export default function StationPage() {
  const { told, ribbon, shown, view, seriesId, nowMs } = useLoaderData<typeof loader>()
  const root = useRouteLoaderData<typeof rootLoader>('root')
  const flagged = useActionData<typeof action>()
  const reader = useReader()
  const { t, name } = reader
  const series = told.series.find(({ id }) => id === seriesId)
  const station = told.station
  const partyName = name(root?.node.parties.find(({ id }) => id === station.party)?.name, station.party).text
  const duty = root?.me.duty ?? 'none'
  return (
    <div className="column station-page">
      <title>{`${name(station.name, station.id).text} · Lanmei`}</title>
      <StationRibbon station={station} river={ribbon} />
      <div className="station-top">
        <StationHead told={told} nowMs={nowMs} />
        <StationFacts told={told} partyName={partyName} />
      </div>
      {series ? (
        <>
          {told.series.length > 1 && <SeriesChoice told={told} chosen={series.id} view={view} />}
          <ViewChoice view={view} />
          {view === 'history' && (
            <History key={series.id} told={told} series={series} still={shown.still} nowMs={nowMs} />
          )}
          {view === 'table' && shown.rows && <TableView told={told} series={series} rows={shown.rows} />}
          {view === 'statistics' && shown.statistics && (
            <StatisticsView station={station} series={series} statistics={shown.statistics} />
          )}
          {view === 'flags' && shown.flags && (
            <FlagsView
              station={station}
              series={series}
              flags={shown.flags}
              mayFlag={duty === 'officer' || duty === 'administrator'}
              result={flagged}
            />
          )}
          {view === 'revisions' && shown.revisions && (
            <RevisionsView station={station} series={series} revisions={shown.revisions} />
          )}
          {view === 'proof' && (
            <ProofView key={shown.proof?.time} station={station} series={series} proof={shown.proof} />
          )}
          {view === 'data' && <FilesView series={series} window={{ from: nowMs - 365 * dayMs, to: nowMs }} />}
        </>
      ) : (
        <div className="empty">
          <p>{t('station.no-series')}</p>
          <p>
            <Link to="/upload">{t('station.no-series-next')}</Link>
          </p>
        </div>
      )}
    </div>
  )
}

function SeriesChoice({ told, chosen, view }: { told: Told; chosen: string; view: View }) {
  const reader = useReader()
  return (
    <nav className="series-choice no-print" aria-label={reader.t('station.series')}>
      {told.series.map((series) => (
        <Link
          key={series.id}
          to={`?${new URLSearchParams({ series: series.id, ...(view === 'history' || view === 'proof' ? {} : { view }) })}`}
          aria-current={series.id === chosen ? 'true' : undefined}
          preventScrollReset
        >
          {seriesName(series, reader)}
          {!(series.count > 0) && <span className="quiet"> ({reader.t('freshness.none')})</span>}
        </Link>
      ))}
    </nav>
  )
}

function ViewChoice({ view }: { view: View }) {
  const { t } = useReader()
  const [search] = useSearchParams()
  const address = (to: View) => {
    const next = new URLSearchParams()
    const series = search.get('series')
    if (series) next.set('series', series)
    if (to !== 'history') next.set('view', to)
    return `?${next}`
  }
  return (
    <nav className="views no-print" aria-label={t('station.views')}>
      {views
        .filter((one) => one !== 'proof' || view === 'proof')
        .map((one) => (
          <Link
            key={one}
            to={address(one)}
            aria-current={one === view ? 'page' : undefined}
            preventScrollReset
          >
            {t(`station.view.${one}`)}
          </Link>
        ))}
    </nav>
  )
}
