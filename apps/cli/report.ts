/** What each command but `load` prints of its result, as lines. */
import { amount } from './progress.ts'
import { table } from './summary.ts'
import { helps, summaries, texts } from './texts.ts'

type Result = Record<string, unknown>

/** The lines for a person. */
export function reportLines(command: string, result: Result): string[] {
  switch (command) {
    case 'verify':
    case 'rebuild':
      return proofLines(command, result)
    case 'restore':
      return [texts.restored, ...proofLines('verify', result)]
    case 'backup':
      return [
        ...labelled(result, ['file', 'at', 'tables', 'rows']),
        ...table([[texts.labels.bytes, amount(result.bytes as number, 'bytes')]]),
        result.verified ? texts.labels.verified : '',
        texts.secretsInside,
        result.plainKey ? texts.plainKey : '',
      ].filter(Boolean)
    case 'quality':
      return labelled(result, ['series', 'values', 'changed', 'flaggings', 'held'])
    case 'keys':
      return (result.keys as Result[]).flatMap((key) => [
        `${key.vkey}`,
        `  from ${key.from}${key.to ? ` to ${key.to}` : ''}`,
        `  ${JSON.stringify(key.publicKey)}`,
      ])
    case 'password':
      return [
        texts.newPassword,
        `  ${result.password}`,
        texts.sessionsEnded,
        ...(result.secondFactorEnded ? [texts.secondFactorEnded] : []),
      ]
    default:
      return table(Object.entries(result).map(([name, value]) => [name, shown(value)]))
  }
}

function proofLines(command: string, result: Result): string[] {
  const difference = result.difference as { place: string; sentence: string } | undefined
  if (difference) return [texts.differs, `  ${difference.place}: ${difference.sentence}`]
  return [
    ...(command === 'rebuild' ? [texts.rebuilt] : []),
    texts.verified,
    ...labelled(result, ['entries', 'checkpoints', 'records', 'series', 'values', 'revisions', 'judgements']),
  ]
}

function labelled(result: Result, names: string[]): string[] {
  return table(names.map((name) => [texts.labels[name] ?? name, result[name] as number | string]))
}

function shown(value: unknown): string | number {
  if (typeof value === 'number' || typeof value === 'string') return value
  return value === null || value === undefined ? texts.never : JSON.stringify(value)
}

/** The list of commands, or all about one. */
export function helpLines(about: string | undefined): string[] {
  if (about !== undefined && Object.hasOwn(helps, about)) return [helps[about]]
  const width = Math.max(...Object.values(summaries).map(([usage]) => usage.length))
  return [
    texts.usage,
    '',
    ...Object.values(summaries).map(([usage, what]) => `  ${usage.padEnd(width)}  ${what}`),
    '',
    texts.moreHelp,
  ]
}
