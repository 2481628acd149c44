/** River: is the water high, low, normal or unknown, where, and as of when. */
import { river as riverRoute } from '@lanmei/api/contract/stations'
import { Link, type LoaderFunctionArgs, useLoaderData, useRouteLoaderData } from 'react-router'
import type { loader as rootLoader } from '../../root.tsx'
import { asking } from '../../shell/doors.ts'
import { Named, useReader } from '../../shell/reader-context.tsx'
import type { River, Station } from '../../shell/told.ts'
import { formatNames } from '../../ui/file-formats.ts'
import { Scroll } from '../../ui/scroll.tsx'
import '../../ui/state-mark.css'
import { StateMark, StateWord } from '../../ui/state-mark.tsx'
import { BasinMap } from './map.tsx'
import {
  attention,
  carriesLevel,
  countsOf,
  newestMs,
  placeKm,
  reporting,
  unitOf,
  verdictOf,
} from './present.ts'
import { Profile } from './profile.tsx'
import './page.css'

export async function loader(asked: LoaderFunctionArgs) {
  return (await asking(asked)(riverRoute)) as River
}

export default function RiverPage() {
  const river = useLoaderData<typeof loader>()
  const root = useRouteLoaderData<typeof rootLoader>('root')
  const { t, name } = useReader()
  const partyName = (id: string) => name(root?.node.parties.find((party) => party.id === id)?.name, id).text
  const zone = root?.node.parties.find((party) => party.id === root.node.party)?.timeZone ?? 'Asia/Vientiane'
  return (
    <div className="river-page">
      <title>{`${t('river.title')} · Lanmei`}</title>
      <BasinMap river={river} tileSource={root?.node.tileSource} partyName={partyName} />
      <div className="river-story">
        <Headline river={river} zone={zone} nowMs={root?.nowMs ?? Date.parse(river.at)} />
        <Profile river={river} partyName={partyName} />
        <Attention stations={attention(river.stations)} known={reporting(river.stations).speaking > 0} />
      </div>
      <AllStations river={river} partyName={partyName} />
    </div>
  )
}

function Headline({ river, zone, nowMs }: { river: River; zone: string; nowMs: number }) {
  const { t, time, utc, ago } = useReader()
  const verdict = verdictOf(river.stations)
  const counts = countsOf(river.stations)
  const inState = (state: string) => counts.find((one) => one.state === state)?.count ?? 0
  const newest = newestMs(river.stations)
  const { speaking, all } = reporting(river.stations)
  return (
    <header className="headline">
      <h1>{t(`river.verdict.${verdict}`, { flood: inState('flood'), alarm: inState('alarm') })}</h1>
      <ul className="legend" aria-label={t('river.counts')}>
        {counts.map(({ state, count }) => (
          <li key={state}>
            <StateMark state={state} freshness="fresh" /> <strong className="figures">{count}</strong>{' '}
            {t(`state.${state}`)}
          </li>
        ))}
      </ul>
      <p className="reporting">
        <strong>{t('river.reporting', { speaking, all })}</strong>
      </p>
      <p className="quiet small">
        {newest === undefined ? (
          t('river.no-values')
        ) : (
          <time dateTime={new Date(newest).toISOString()} title={utc(newest)} suppressHydrationWarning>
            {speaking > 0
              ? t('river.as-of', { time: time(newest, zone) })
              : t('river.newest-old', { time: time(newest, zone), ago: ago(newest, nowMs) })}
          </time>
        )}
        {river.simulated && <strong> {t('shell.simulated')}</strong>}
      </p>
    </header>
  )
}

function Attention({ stations, known }: { stations: Station[]; known: boolean }) {
  const { t } = useReader()
  return (
    <section className="attention">
      <h2>{t('river.attention')}</h2>
      {stations.length === 0 ? (
        <p className="quiet">{t(known ? 'river.attention-none' : 'river.attention-unknown')}</p>
      ) : (
        <ol className="rows">
          {stations.map((station) => (
            <li key={station.id}>
              <StationRow station={station} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function StationRow({ station }: { station: Station }) {
  const { t, number, signed, time, utc, name } = useReader()
  const { now, timeZone } = station
  return (
    <>
      <Link to={`/stations/${station.id}`}>
        <Named of={name(station.name, station.id)} />
      </Link>
      <StateWord state={now.state} freshness={now.freshness} />
      <span className="figures">
        {now.value !== undefined && (
          <>
            <strong>{number(now.value)}</strong> {unitOf(station, t)}
          </>
        )}
        {now.change24h !== undefined && (
          <span className="quiet"> {t('river.change', { change: signed(now.change24h) })}</span>
        )}
      </span>
      {now.time && (
        <time className="quiet small" dateTime={now.time} title={utc(Date.parse(now.time))}>
          {time(Date.parse(now.time), timeZone)}
        </time>
      )}
    </>
  )
}

/** The table of everything the map and the line show. */
function AllStations({ river, partyName }: { river: River; partyName: (id: string) => string }) {
  const { t, number, signed, time, utc, name } = useReader()
  const stations = river.stations.filter(carriesLevel).sort((a, b) => placeKm(b) - placeKm(a))
  return (
    <details className="column all-stations">
      <summary>{t('river.all-stations', { count: stations.length })}</summary>
      <Scroll label={t('river.all-stations', { count: stations.length })}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('river.station')}</th>
              <th scope="col">{t('river.country')}</th>
              <th scope="col" className="number">
                {t('river.river-km')}
              </th>
              <th scope="col">{t('river.state')}</th>
              <th scope="col" className="number">
                {t('river.value')}
              </th>
              <th scope="col" className="number">
                {t('river.change-column')}
              </th>
              <th scope="col" className="number">
                {t('river.percentile-column')}
              </th>
              <th scope="col">{t('river.time')}</th>
            </tr>
          </thead>
          <tbody>
            {stations.map((station) => (
              <tr key={station.id}>
                <th scope="row">
                  <Link to={`/stations/${station.id}`}>
                    <Named of={name(station.name, station.id)} />
                  </Link>
                </th>
                <td>{partyName(station.party)}</td>
                <td className="number">{station.riverKm === undefined ? '' : number(station.riverKm, 0)}</td>
                <td>
                  <StateWord state={station.now.state} freshness={station.now.freshness} />
                </td>
                <td className="number">
                  {station.now.value !== undefined && `${number(station.now.value)} ${unitOf(station, t)}`}
                </td>
                <td className="number">
                  {station.now.change24h !== undefined && signed(station.now.change24h)}
                </td>
                <td className="number">
                  {station.now.percentile !== undefined && number(station.now.percentile, 0)}
                </td>
                <td>
                  {station.now.time && (
                    <time dateTime={station.now.time} title={utc(Date.parse(station.now.time))}>
                      {time(Date.parse(station.now.time), station.timeZone)}
                    </time>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="small">
        <a href="/api/stations?f=geojson">{formatNames.geojson}</a>
      </p>
    </details>
  )
}
