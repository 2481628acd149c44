/** Who doubted which values, and why; and the form by which an officer does. */
import { Form } from 'react-router'
import { useReader } from '../../shell/reader-context.tsx'
import type { FlagEvent, Series, Station } from '../../shell/told.ts'
import { flagKeys } from '../../ui/hydrograph/hydrograph.tsx'
import { Refused } from '../../ui/refused.tsx'
import '../../ui/rows.css'
import { Scroll } from '../../ui/scroll.tsx'
import type { Flagged } from './flagging.ts'
import { authorWritten, unitWritten, wallClock } from './present.ts'

type Wanted = { station: Station; series: Series; flags: FlagEvent[]; mayFlag: boolean; result?: Flagged }

export function FlagsView({ station, series, flags, mayFlag, result }: Wanted) {
  const reader = useReader()
  const { t, number, time, utc, find } = reader
  return (
    <section>
      {mayFlag && <FlagForm station={station} series={series} result={result} />}
      {flags.length === 0 ? (
        <p className="empty">{t('flags.none')}</p>
      ) : (
        <Scroll label={t('flags.caption')}>
          <table className="stacking">
            <caption>{t('flags.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('river.time')}</th>
                <th scope="col" className="number">
                  {t('river.value')} ({unitWritten(series.unit, reader)})
                </th>
                <th scope="col">{t('table.flag')}</th>
                <th scope="col">{t('flags.rule')}</th>
                <th scope="col">{t('flags.author')}</th>
                <th scope="col">{t('flags.when')}</th>
              </tr>
            </thead>
            <tbody>
              {flags.map((flag) => (
                <tr
                  key={`${flag.time}-${flag.entry}-${flag.rule}`}
                  className={flag.current ? undefined : 'superseded'}
                >
                  <td>
                    <time dateTime={flag.time} title={utc(Date.parse(flag.time))}>
                      {time(Date.parse(flag.time), station.timeZone)}
                    </time>
                  </td>
                  <td className="number" data-label={t('river.value')}>
                    {number(flag.value)}
                  </td>
                  <td data-label={t('table.flag')}>
                    {find(`area.flag.${flagKeys[flag.flag]}.name`) ?? flag.flag}
                    {!flag.current && <span className="quiet small"> · {t('flags.superseded')}</span>}
                  </td>
                  <td data-label={t('flags.rule')}>
                    {flag.rule === 'officer'
                      ? t('flags.by-hand')
                      : (find(`area.rule.${flag.rule}.name`) ?? flag.rule)}
                    {flag.comment && <q className="comment small">{flag.comment}</q>}
                  </td>
                  <td title={flag.author} data-label={t('flags.author')}>
                    {authorWritten(flag.author)}
                  </td>
                  <td data-label={t('flags.when')}>
                    <time dateTime={flag.at} title={utc(Date.parse(flag.at))}>
                      {time(Date.parse(flag.at), station.timeZone)}
                    </time>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
    </section>
  )
}

const judgements = ['suspect', 'bad', 'estimated', 'good', 'missing']

function FlagForm({ station, series, result }: Pick<Wanted, 'station' | 'series' | 'result'>) {
  const { t, find } = useReader()
  const last = series.last ? Date.parse(series.last) : 0
  const wrong = result && !result.done ? result.reason : undefined
  return (
    <details className="flag-form no-print" open={result !== undefined}>
      <summary>{t('flags.form')}</summary>
      {result?.done && (
        <p className="message" role="status">
          {t('flags.done', { count: result.flagged })}
        </p>
      )}
      {result && !result.done && result.reason === 'refused' && <Refused refusal={result.refusal} />}
      <Form method="post" className="fields">
        <input type="hidden" name="series" value={series.id} />
        <input type="hidden" name="zone" value={station.timeZone} />
        <div className="field">
          <label htmlFor="flag-from">
            {t('flags.from')}
            <span className="hint">{t('flags.zone', { zone: station.timeZone })}</span>
            {wrong === 'range' && (
              <span className="wrong" id="flag-range">
                {t('flags.wrong-range')}
              </span>
            )}
          </label>
          <input
            id="flag-from"
            name="from"
            type="datetime-local"
            required
            defaultValue={wallClock(last, station.timeZone)}
            aria-describedby={wrong === 'range' ? 'flag-range' : undefined}
          />
        </div>
        <div className="field">
          <label htmlFor="flag-to">{t('flags.to')}</label>
          <input
            id="flag-to"
            name="to"
            type="datetime-local"
            required
            defaultValue={wallClock(last, station.timeZone)}
          />
        </div>
        <div className="field">
          <label htmlFor="flag-flag">{t('table.flag')}</label>
          <select id="flag-flag" name="flag" required>
            {judgements.map((flag) => (
              <option key={flag} value={flag}>
                {find(`area.flag.${flag}.name`) ?? flag}
              </option>
            ))}
          </select>
        </div>
        <div className="field">
          <label htmlFor="flag-comment">
            {t('flags.comment')}
            <span className="hint">{t('flags.comment-hint')}</span>
            {wrong === 'comment' && <span className="wrong">{t('flags.wrong-comment')}</span>}
          </label>
          <textarea id="flag-comment" name="comment" rows={3} required maxLength={2000} />
        </div>
        <button type="submit" className="button-next">
          {t('flags.send')}
        </button>
      </Form>
    </details>
  )
}
