/** The first values of a file as they would be stored: series, time, value, and whether the series is known here. */
import { useReader } from '../../shell/reader-context.tsx'
import { When } from '../../ui/when.tsx'
import { decimalsOf } from '../series/present.ts'
import type { HeadRow } from './read-head.ts'
import '../../ui/rows.css'

const shown = 8

/** `known` is told by the node, not where the rows were read here. */
export type FirstRow = HeadRow & { known?: boolean }

export function FirstValues({
  rows,
  caption,
  zone,
}: {
  rows: readonly FirstRow[]
  caption: string
  zone?: string
}) {
  const { t, number } = useReader()
  if (rows.length === 0) return null
  return (
    <table className="stacking first-values">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{t('upload.series')}</th>
          <th scope="col">{t('upload.time')}</th>
          <th scope="col" className="number">
            {t('upload.value')}
          </th>
          <th scope="col" className="number">
            {t('notices.head.line')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, shown).map(({ series, known, time, value, unit, line }) => (
          <tr key={`${series} ${line} ${time}`}>
            <th scope="row">
              {series}{' '}
              {known !== undefined && (
                <span className="chip">{t(known ? 'upload.known' : 'upload.new')}</span>
              )}
            </th>
            <td className="figures">{time ? <When ms={Date.parse(time)} zone={zone} /> : '–'}</td>
            <td className="number">
              {number(value, decimalsOf(value ?? 0))} {unit}
            </td>
            <td className="number" data-label={t('notices.head.line')}>
              {number(line, 0)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
