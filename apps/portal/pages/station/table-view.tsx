/** The newest values as a table, each with the way to its proof. */
import { Link } from 'react-router'
import { useReader } from '../../shell/reader-context.tsx'
import type { Observations, Series, StationPage } from '../../shell/told.ts'
import { flagKeys } from '../../ui/hydrograph/hydrograph.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { addressTime, unitWritten } from './present.ts'

const most = 400

export function TableView({ told, series, rows }: { told: StationPage; series: Series; rows: Observations }) {
  const reader = useReader()
  const { t, number, time, utc, find } = reader
  const { timeZone } = told.station
  const order = rows.times
    .map((_, i) => i)
    .reverse()
    .slice(0, most)
  if (order.length === 0) return <p className="empty">{t('station.no-values')}</p>
  const oldest = rows.times[order[order.length - 1]]
  return (
    <section>
      <Scroll label={t('station.view.table')}>
        <table className="values">
          <caption>{t('table.caption', { count: order.length, zone: timeZone })}</caption>
          <thead>
            <tr>
              <th scope="col">{t('river.time')}</th>
              <th scope="col" className="number">
                {find(`area.property.${series.property}.name`)} ({unitWritten(series.unit, reader)})
              </th>
              <th scope="col">{t('table.flag')}</th>
              <th scope="col">{t('table.proof')}</th>
            </tr>
          </thead>
          <tbody>
            {order.map((i) => (
              <tr key={rows.times[i]} className={[3, 4].includes(rows.flags[i]) ? 'doubted' : undefined}>
                <td>
                  <time dateTime={new Date(rows.times[i]).toISOString()} title={utc(rows.times[i])}>
                    {time(rows.times[i], timeZone)}
                  </time>
                </td>
                <td className="number">{number(rows.values[i], series.unit === 'm' ? 2 : 1)}</td>
                <td>{find(`area.flag.${flagKeys[rows.flags[i]]}.name`) ?? rows.flags[i]}</td>
                <td>
                  <Link
                    to={`?${new URLSearchParams({ series: series.id, view: 'proof', time: new Date(rows.times[i]).toISOString() })}`}
                  >
                    {t('station.prove')}
                  </Link>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p>
        <Link
          to={`?${new URLSearchParams({ series: series.id, view: 'table', from: addressTime(0), to: addressTime(oldest) })}`}
        >
          {t('table.older')}
        </Link>
      </p>
    </section>
  )
}
