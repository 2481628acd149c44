/** The head of the journal, and a check of it that runs in the reader's own browser. */
import { useState } from 'react'
import { useRouteLoaderData } from 'react-router'
import type { RootData } from '../../root.tsx'
import { useReader } from '../../shell/reader-context.tsx'
import { Refused } from '../../ui/refused.tsx'
import { useDeed } from '../../ui/use-deed.ts'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { useNodeZone, When } from '../../ui/when.tsx'
import type { Seen, Step } from './journal-check.ts'
import type { Status } from './present.ts'

const seenAs = 'lanmei-seen-journal'

export function JournalPart({ journal }: { journal: Status['journal'] }) {
  const { t, number } = useReader()
  const root = useRouteLoaderData<RootData>('root')
  const [steps, setSteps] = useState<Step[]>([])
  const check = useDeed(async () => {
    setSteps([])
    const { checkJournal } = await import('./journal-check.ts')
    const remember = await checkJournal(root?.node.node ?? '', asking, readSeen(), (step) =>
      setSteps((before) => [...before.filter(({ name }) => name !== step.name), step]),
    )
    if (remember) localStorage.setItem(seenAs, JSON.stringify(remember))
  })
  return (
    <section aria-labelledby="journal">
      <h2 id="journal">{t('journal.title')}</h2>
      <p>{t('journal.what')}</p>
      <dl className="facts">
        <div>
          <dt>{t('journal.size')}</dt>
          <dd className="figures">{number(journal.size, 0)}</dd>
        </div>
        {journal.at && (
          <div>
            <dt>{t('journal.newest')}</dt>
            <dd className="figures">
              <When ms={Date.parse(journal.at)} />
            </dd>
          </div>
        )}
        <div>
          <dt>{t('journal.root')}</dt>
          <dd className="hash" translate="no">
            {journal.root}
          </dd>
        </div>
        <div>
          <dt>{t('journal.key')}</dt>
          <dd className="hash" translate="no">
            {journal.key}
          </dd>
        </div>
      </dl>
      <div className="button-row no-print">
        <button type="button" onClick={() => check.run()} aria-disabled={check.busy || undefined}>
          {t('journal.check')}
        </button>
        <a href="/journal/checkpoint">{t('shell.checkpoint')}</a>
        <a href="/journal/keys">{t('journal.keys')}</a>
      </div>
      <Refused refusal={check.refusal} />
      <ol className="check-steps" aria-live="polite">
        {steps.map((step) => (
          <StepLine key={step.name} step={step} />
        ))}
      </ol>
    </section>
  )
}

const marks = { ok: 'well', failed: 'failing', running: 'off', skipped: 'off' } as const

function StepLine({ step: { name, state, said, values = {} } }: { step: Step }) {
  const { t, find, number, time } = useReader()
  const zone = useNodeZone()
  const shown: Record<string, string> = {}
  for (const [key, value] of Object.entries(values))
    shown[key] =
      typeof value === 'string'
        ? value
        : key === 'time'
          ? time(value, zone)
          : key === 'share'
            ? `${number(value * 100, 0)} %`
            : number(value, 0)
  return (
    <li>
      <VerdictMark of={marks[state]} />
      <span>
        <strong>{t(`journal.step.${name}`)}</strong> {find(`journal.${said}`, shown)}
        {shown.detail && (
          <span className="quiet small" lang="en">
            {` ${shown.detail}`}
          </span>
        )}
      </span>
    </li>
  )
}

async function asking(path: string): Promise<string> {
  const response = await fetch(path, { cache: path.startsWith('/journal/pages/') ? 'default' : 'no-cache' })
  // A line that does not answer is no proof of anything, so it ends the check as a refusal, not as a failed step.
  if (!response.ok) throw new TypeError(`${path} ${response.status}`)
  return await response.text()
}

function readSeen(): Seen | undefined {
  try {
    const seen = JSON.parse(localStorage.getItem(seenAs) ?? 'null') as Seen | null
    return seen && typeof seen.origin === 'string' && Number.isSafeInteger(seen.size) ? seen : undefined
  } catch {
    return undefined
  }
}
