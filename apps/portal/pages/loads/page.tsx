/** Loads: what came in, by which door, and what it came to; newest first. */
import { loadsList } from '@lanmei/api/contract/intake'
import { Link, type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { asking } from '../../shell/doors.ts'
import { useReader } from '../../shell/reader-context.tsx'
import { When } from '../../ui/when.tsx'
import type { Load } from './present.ts'
import '../../ui/rows.css'
import './page.css'

export async function loader(asked: LoaderFunctionArgs) {
  const cursor = new URL(asked.request.url).searchParams.get('cursor') ?? undefined
  return await asking(asked)(loadsList, { query: { limit: 50, cursor } })
}

export default function Loads() {
  const { t } = useReader()
  const { loads, next } = useLoaderData<typeof loader>() as { loads: Load[]; next?: string }
  return (
    <div className="column">
      <title>{`${t('loads.title')} · Lanmei`}</title>
      <h1>{t('loads.title')}</h1>
      {loads.length === 0 ? (
        <div className="empty">
          <p>{t('loads.none')}</p>
          <Link to="/upload">{t('upload.title')}</Link>
        </div>
      ) : (
        <table className="stacking loads-table">
          <caption className="visually-hidden">{t('loads.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('loads.file')}</th>
              <th scope="col">{t('loads.when')}</th>
              <th scope="col">{t('loads.state')}</th>
              {(['read', 'stored', 'revised', 'refused'] as const).map((name) => (
                <th key={name} scope="col" className="number">
                  {t(`loads.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {loads.map((load) => (
              <Line key={load.id} load={load} />
            ))}
          </tbody>
        </table>
      )}
      {next && (
        <Link className="button" to={`?${new URLSearchParams({ cursor: next })}`}>
          {t('loads.older')}
        </Link>
      )}
    </div>
  )
}

function Line({ load }: { load: Load }) {
  const { t, find, number } = useReader()
  const { id, name, door, state, startedAt, counts } = load
  return (
    <tr>
      <th scope="row">
        <Link to={`/loads/${id}`}>{name}</Link>
        <span className="quiet small block">{find(`loads.door.${door}`) ?? door}</span>
      </th>
      <td className="figures">{startedAt ? <When ms={Date.parse(startedAt)} /> : '–'}</td>
      <td>{find(`loads.state.${state}`)}</td>
      {(['read', 'stored', 'revised', 'refused'] as const).map((count) => (
        <td key={count} className="number" data-label={t(`loads.${count}`)}>
          {counts[count] === 0 ? <span className="quiet">{number(0, 0)}</span> : number(counts[count], 0)}
        </td>
      ))}
    </tr>
  )
}
