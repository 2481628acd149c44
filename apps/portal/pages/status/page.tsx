/** Status: is everything all right? One line first, then what is not, and all figures of the node. */
import { status as statusRoute } from '@lanmei/api/contract/house'
import { stationsList } from '@lanmei/api/contract/stations'
import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { asking } from '../../shell/doors.ts'
import { Named, useReader } from '../../shell/reader-context.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useNodeZone } from '../../ui/when.tsx'
import { bytesText } from '../loads/present.ts'
import { Alarms } from './alarms.tsx'
import { JournalPart } from './journal-part.tsx'
import { backupState, type Status, silentFirst, thingsToDo, usedShare, verdictOf } from './present.ts'
import '../../ui/rows.css'
import './page.css'

const shownSilent = 30

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const [told, { stations }] = await Promise.all([ask(statusRoute), ask(stationsList)])
  const names = Object.fromEntries(stations.map(({ id, name }) => [id, name]))
  const silent = silentFirst(told.silent)
  const shown = silent.slice(0, shownSilent).map((one) => ({ ...one, name: names[one.station] }))
  return { told: told as Status, shown }
}

export default function StatusPage() {
  const reader = useReader()
  const { t, number, utc, time, ago, find, name } = reader
  const zone = useNodeZone()
  const { told, shown } = useLoaderData<typeof loader>()
  const verdict = verdictOf(told)
  const nowMs = Date.parse(told.at)
  const backup = backupState(told)
  return (
    <div className="column status-page">
      <title>{`${t('status.title')} · Lanmei`}</title>
      <h1 className="verdict">
        <VerdictMark of={verdict} />
        <span>{t(`status.${verdict}`, { count: thingsToDo(told) })}</span>
      </h1>
      <p className="quiet figures">
        {t('status.at', { time: time(nowMs, zone) })} ·{' '}
        {t('status.running', { since: ago(Date.parse(told.startedAt), nowMs) })}
      </p>
      <Alarms told={told} backup={backup} nowMs={nowMs} />

      <h2>{t('status.figures')}</h2>
      <dl className="facts">
        <Fact name={t('status.stations')}>{number(told.store.stations, 0)}</Fact>
        <Fact name={t('status.series')}>{number(told.store.series, 0)}</Fact>
        <Fact name={t('status.values')}>{number(told.store.observations, 0)}</Fact>
        <Fact name={t('status.taken')}>{number(told.intake.last24h, 0)}</Fact>
        <Fact name={t('status.refused')}>{number(told.intake.refused24h, 0)}</Fact>
        <Fact name={t('status.database')}>{bytesText(told.store.databaseBytes, reader)}</Fact>
        <Fact name={t('status.disk')}>
          {t('status.disk-free', {
            free: bytesText(told.disk.freeBytes, reader),
            total: bytesText(told.disk.totalBytes, reader),
          })}
          <span className="disk" aria-hidden="true">
            <span style={{ inlineSize: `${usedShare(told.disk) * 100}%` }} />
          </span>
        </Fact>
        <Fact name={t('status.backup')}>
          {told.backup ? (
            <>
              <time dateTime={told.backup.at} title={utc(Date.parse(told.backup.at))}>
                {ago(Date.parse(told.backup.at), nowMs)}
              </time>
              {` · ${bytesText(told.backup.bytes, reader)} · `}
              {t(told.backup.verified ? 'status.backup-verified' : 'status.backup-unverified')}
            </>
          ) : (
            t('status.backup-none')
          )}
        </Fact>
        <Fact name={t('status.version')}>
          <span className="figures">Lanmei {told.version}</span>
        </Fact>
      </dl>

      <h2>{t('status.parts')}</h2>
      <ul className="parts">
        {told.services.map(({ name: part, state, detail }) => (
          <li key={part}>
            <VerdictMark of={state === 'failed' ? 'failing' : state === 'off' ? 'off' : 'well'} />
            <span>
              {find(`service.${part}`) ?? part}{' '}
              <span className="quiet">
                {find(`service.state.${state}`) ?? state}
                {detail && (
                  <>
                    {' · '}
                    <span lang="en">{detail}</span>
                  </>
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>

      <h2 id="silent">{t('status.silent')}</h2>
      {shown.length === 0 ? (
        <p className="quiet">{t('status.silent-none')}</p>
      ) : (
        <>
          <p>{t('status.silent-what')}</p>
          <ul className="plain-rows">
            {shown.map((one) => (
              <li key={one.series}>
                <span>
                  <Link to={`/stations/${encodeURIComponent(one.station)}`}>
                    <Named of={name(one.name, one.station)} />
                  </Link>{' '}
                  <span className="quiet small">{one.series}</span>
                </span>
                <time className="figures" dateTime={one.last} title={utc(Date.parse(one.last))}>
                  {ago(Date.parse(one.last), nowMs)}
                </time>
              </li>
            ))}
          </ul>
          {told.silent.length > shown.length && (
            <Link to="/series?condition=silent">{t('status.silent-all', { count: told.silent.length })}</Link>
          )}
        </>
      )}
      <JournalPart journal={told.journal} />
    </div>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="figures">{children}</dd>
    </div>
  )
}
