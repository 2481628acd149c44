/** The foot of every page: whose node this is, what may be done with what it shows, and that its lines decide nothing. */
import type { RootData } from '../root.tsx'
import { Named, useReader } from './reader-context.tsx'

export function Footer({ root }: { root?: RootData }) {
  const { t, name } = useReader()
  return (
    <footer className="foot">
      <div className="column">
        {root && (
          <p>
            <strong>
              <Named of={name(root.node.partyName, root.node.party)} />
            </strong>
            {' · '}
            {t('shell.node', { node: root.node.node })}
            {' · '}
            <span className="figures">Lanmei {root.node.version}</span>
          </p>
        )}
        <p>{t('shell.disclaimer')}</p>
        <p>
          <a href="/api/openapi.json">{t('shell.interface')}</a>
          {' · '}
          <a href="/journal/checkpoint">{t('shell.checkpoint')}</a>
        </p>
      </div>
    </footer>
  )
}
