/** One series in the table; on a phone a small block of two or three lines. */
import { Link } from 'react-router'
import { Named, useReader } from '../../shell/reader-context.tsx'
import { decimalsOf, type SeriesRow, unitSymbol } from './present.ts'

/** From here on a date says more than a number of days. */
const longAgoMs = 90 * 86_400_000

export function SeriesLine({ row, nowMs }: { row: SeriesRow; nowMs: number }) {
  const { t, find, name, number, day, year, ago, utc } = useReader()
  const { latest } = row
  const years = [row.first, row.last].map((time) => Number(time?.slice(0, 4)))
  // Years are enough of a long series; of one within a year the days tell.
  const end = (time: string) =>
    years[0] === years[1] ? day(Date.parse(time), 'UTC') : year(Number(time.slice(0, 4)))
  const procedure = find(`area.procedure.${row.procedure}.name`) ?? row.procedure
  const aggregation = find(`aggregation.${row.aggregation}`)
  return (
    <tr>
      <th scope="row">
        <Link to={`/stations/${encodeURIComponent(row.station)}`}>
          <Named of={name(row.stationName, row.station)} />
        </Link>
        <span className="series-id quiet small">{row.id}</span>
      </th>
      <td className="series-property">
        {find(`area.property.${row.property}.name`) ?? row.property}
        {aggregation && <span className="quiet small"> {aggregation}</span>}
      </td>
      <td className="series-procedure">
        {procedure}
        {row.origin !== 'observed' && row.origin !== row.procedure && (
          <>
            {' '}
            <span className="chip">{find(`origin.${row.origin}`) ?? row.origin}</span>
          </>
        )}
      </td>
      <td className="series-span">
        {row.first && row.last ? t('series.from-to', { from: end(row.first), to: end(row.last) }) : '–'}
      </td>
      <td className="number series-count" data-label={t('series.count')}>
        {number(row.count, 0)}
      </td>
      <td className="number series-latest">
        {latest ? (
          <>
            <strong>
              {number(latest.value, decimalsOf(latest.value ?? 0))} {unitSymbol(row.unit)}
            </strong>
            <time className="quiet small" dateTime={latest.time} title={utc(Date.parse(latest.time))}>
              {nowMs - Date.parse(latest.time) < longAgoMs
                ? ago(Date.parse(latest.time), nowMs)
                : day(Date.parse(latest.time), 'UTC')}
            </time>
          </>
        ) : (
          <span className="quiet">{t('series.no-value')}</span>
        )}
        {row.silent && <span className="chip chip-strong">{t('series.silent')}</span>}
      </td>
      <td
        className={row.suspect > 0 ? 'number series-suspect' : 'number series-suspect series-none'}
        data-label={t('series.suspect')}
      >
        {row.suspect > 0 ? number(row.suspect, 0) : <span className="quiet">{number(0, 0)}</span>}
      </td>
    </tr>
  )
}
