/** Statistics of a series: the usual year, flow duration, yearly extremes, return levels with their confidence. */

import { useReader } from '../../shell/reader-context.tsx'
import type { Series, Station, Statistics } from '../../shell/told.ts'
import { AnnualExtremes, DurationCurve, ReturnLevels, UsualYear } from '../../ui/charts/statistics.tsx'
import { Scroll } from '../../ui/scroll.tsx'
import { levelsOf, unitWritten } from './present.ts'

type Wanted = { station: Station; series: Series; statistics: Statistics }

export function StatisticsView({ station, series, statistics }: Wanted) {
  const reader = useReader()
  const { t, number, day } = reader
  const unit = unitWritten(series.unit, reader)
  const { annual, frequency, climatology } = statistics
  const decimals = series.unit === 'm' ? 2 : 0
  const shared = { statistics, reader, unit }
  if (statistics.used === 0) return <p className="empty">{t('station.no-values')}</p>
  return (
    <section className="statistics">
      <p className="quiet">
        {t('statistics.basis', {
          used: number(statistics.used, 0),
          count: number(statistics.count, 0),
        })}
      </p>
      <div className="charts">
        <figure>
          <h2>{t('statistics.usual-year')}</h2>
          <UsualYear {...shared} levels={levelsOf(station, series, reader)} />
          {climatology.days.every(({ values }) => values.every((value) => value === null)) && (
            <p className="empty">{t('statistics.too-short')}</p>
          )}
        </figure>
        <figure>
          <h2>{t('statistics.duration')}</h2>
          <DurationCurve {...shared} />
        </figure>
        <figure>
          <h2>{t('statistics.annual')}</h2>
          <AnnualExtremes {...shared} />
        </figure>
        <figure>
          <h2>{t('statistics.return')}</h2>
          {frequency.length === 0 ? (
            <p className="empty">{t('statistics.too-short')}</p>
          ) : (
            <ReturnLevels frequency={frequency[0]} reader={reader} unit={unit} />
          )}
        </figure>
      </div>
      {frequency.length > 0 && (
        <Scroll label={t('statistics.return-table')}>
          <table>
            <caption>{t('statistics.return-table')}</caption>
            <thead>
              <tr>
                <th scope="col" className="number">
                  {t('statistics.return-axis')}
                </th>
                {frequency.map(({ distribution }) => (
                  <th key={distribution} scope="col" className="number">
                    {t(`statistics.distribution.${distribution as 'gev' | 'gumbel' | 'log-pearson-3'}`)} (
                    {unit})
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {frequency[0].returnLevels.map(({ returnPeriodYears }, i) => (
                <tr key={returnPeriodYears}>
                  <th scope="row" className="number">
                    {number(returnPeriodYears, 0)}
                  </th>
                  {frequency.map(({ distribution, returnLevels }) => (
                    <td key={distribution} className="number">
                      {number(returnLevels[i]?.value, decimals)}{' '}
                      <span className="quiet">
                        ({number(returnLevels[i]?.lower, decimals)} –{' '}
                        {number(returnLevels[i]?.upper, decimals)})
                      </span>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      <details>
        <summary>{t('statistics.annual-table')}</summary>
        <Scroll label={t('statistics.annual-table')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('statistics.year')}</th>
                <th scope="col" className="number">
                  {t('statistics.highest')}
                </th>
                <th scope="col">{t('statistics.on')}</th>
                <th scope="col" className="number">
                  {t('statistics.lowest')}
                </th>
                <th scope="col">{t('statistics.on')}</th>
                <th scope="col" className="number">
                  {t('statistics.mean')}
                </th>
                <th scope="col" className="number">
                  {t('statistics.complete')}
                </th>
              </tr>
            </thead>
            <tbody>
              {[...annual].reverse().map((year) => (
                <tr key={year.year}>
                  <th scope="row">{reader.year(year.year)}</th>
                  <td className="number">{number(year.maximum, decimals)}</td>
                  <td>{day(Date.parse(year.maximumAt), station.timeZone)}</td>
                  <td className="number">{number(year.minimum, decimals)}</td>
                  <td>{day(Date.parse(year.minimumAt), station.timeZone)}</td>
                  <td className="number">{number(year.mean, decimals)}</td>
                  <td className="number">{number(year.completeness * 100, 0)} %</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      </details>
    </section>
  )
}
