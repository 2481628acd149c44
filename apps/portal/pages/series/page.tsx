/** Series: everything this node keeps, with its length, its newest value and what is doubtful; to be searched and sorted. */
import { seriesList } from '@lanmei/api/contract/observations'
import { stationsList } from '@lanmei/api/contract/stations'
import { Form, Link, type LoaderFunctionArgs, useLoaderData, useNavigation, useSubmit } from 'react-router'
import { asking } from '../../shell/doors.ts'
import { readPreferences } from '../../shell/preferences.ts'
import { makeReader } from '../../shell/reader.ts'
import { useReader } from '../../shell/reader-context.tsx'
import type { Series } from '../../shell/told.ts'
import { Field } from '../../ui/field.tsx'
import { addressOf, askedIn, conditions, pageOf, type Sort } from './present.ts'
import { SeriesLine } from './series-line.tsx'
import './page.css'

const mostPages = 60

export async function loader(asked: LoaderFunctionArgs) {
  const ask = asking(asked)
  const stations = ask(stationsList)
  const series: Series[] = []
  let cursor: string | undefined
  for (let n = 0; n < mostPages; n++) {
    const part = await ask(seriesList, { query: { limit: 1000, cursor } })
    series.push(...part.series)
    cursor = part.next
    if (!cursor) break
  }
  const question = askedIn(new URL(asked.request.url).searchParams)
  const reader = makeReader(readPreferences(asked.request.headers), {})
  const nowMs = Date.now()
  return { question, nowMs, ...pageOf(series, (await stations).stations, question, reader) }
}

export default function SeriesTable() {
  const { t, find, number } = useReader()
  const { question, rows, page, pages, found, all, properties, nowMs } = useLoaderData<typeof loader>()
  const { state } = useNavigation()
  const submit = useSubmit()
  const heads: [key: Sort | '', text: string, numeric?: boolean][] = [
    ['station', t('series.station')],
    ['property', t('series.property')],
    ['', t('series.procedure')],
    ['', t('series.span')],
    ['count', t('series.count'), true],
    ['last', t('series.latest'), true],
    ['suspect', t('series.suspect'), true],
  ]
  return (
    <div className="column series-page">
      <title>{`${t('series.title')} · Lanmei`}</title>
      <h1>{t('series.title')}</h1>
      <Form
        method="get"
        className="series-filter"
        role="search"
        onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
      >
        <Field label={t('series.search')}>
          {(tied) => <input {...tied} type="search" name="q" defaultValue={question.q} />}
        </Field>
        <Field label={t('series.property')}>
          {(tied) => (
            <select {...tied} name="property" defaultValue={question.property}>
              <option value="">{t('series.every')}</option>
              {properties.map((property) => (
                <option key={property} value={property}>
                  {find(`area.property.${property}.name`) ?? property}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t('series.condition')}>
          {(tied) => (
            <select {...tied} name="condition" defaultValue={question.condition}>
              <option value="">{t('series.every')}</option>
              {conditions.map((condition) => (
                <option key={condition} value={condition}>
                  {t(`series.condition.${condition}`)}
                </option>
              ))}
            </select>
          )}
        </Field>
        {question.sort !== 'station' && <input type="hidden" name="sort" value={question.sort} />}
        <noscript>
          <button type="submit">{t('series.show')}</button>
        </noscript>
      </Form>
      <p className="quiet" role="status">
        {t('series.found', { found, all })}
      </p>
      {rows.length === 0 ? (
        <div className="empty">
          <p>{t(all === 0 ? 'series.none' : 'series.none-found')}</p>
          {all > 0 && <Link to="/series">{t('series.show-all')}</Link>}
        </div>
      ) : (
        <table className="series-table" aria-busy={state === 'loading'}>
          <caption className="visually-hidden">{t('series.title')}</caption>
          <thead>
            <tr>
              {heads.map(([key, text, numeric]) => (
                <th
                  key={text}
                  scope="col"
                  className={numeric ? 'number' : undefined}
                  aria-sort={
                    key && key === question.sort ? (numeric ? 'descending' : 'ascending') : undefined
                  }
                >
                  {key ? (
                    <Link to={addressOf(question, { sort: key })} preventScrollReset className="sort">
                      {text}
                      {key === question.sort && <span aria-hidden="true">{numeric ? ' ↓' : ' ↑'}</span>}
                    </Link>
                  ) : (
                    text
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <SeriesLine key={row.id} row={row} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
      )}
      {pages > 1 && (
        <nav className="button-row" aria-label={t('series.pages')}>
          {page > 1 && (
            <Link className="button" rel="prev" to={addressOf(question, { page: page - 1 })}>
              {t('form.back')}
            </Link>
          )}
          <span className="figures">
            {t('series.page', { page: number(page, 0), pages: number(pages, 0) })}
          </span>
          {page < pages && (
            <Link className="button" rel="next" to={addressOf(question, { page: page + 1 })}>
              {t('form.next')}
            </Link>
          )}
        </nav>
      )}
    </div>
  )
}
