/** Loads and their notices: progress with a rate and an end, what a load came to, and the notices as a CSV file. Pure. */
import type * as intake from '@lanmei/api/contract/intake'
import type { notices } from '@lanmei/api/contract/observations'
import type { AnswerOf } from '@lanmei/api/route'
import type { Reader } from '../../shell/reader.ts'

export type Load = AnswerOf<typeof intake.loadsGet>
export type Notice = AnswerOf<typeof notices>['notices'][number]

/** True while asking again makes sense. */
export function isUnderWay({ state }: Pick<Load, 'state'>): boolean {
  return state === 'waiting' || state === 'running' || state === 'interrupted'
}

export type Progress = {
  /** 0 to 1; undefined where the size is not known. */
  share?: number
  bytesPerSecond?: number
  /** Seconds until the end at this rate. */
  secondsLeft?: number
}

/** How far a load is, from its start or from an earlier look: rates over a short time jump about. */
export function progressOf(
  load: Pick<Load, 'bytes' | 'bytesRead' | 'startedAt' | 'state'>,
  nowMs: number,
): Progress {
  const { bytes, bytesRead, startedAt, state } = load
  if (state === 'done') return { share: 1 }
  const share = bytes > 0 ? Math.min(1, bytesRead / bytes) : undefined
  const seconds = startedAt ? (nowMs - Date.parse(startedAt)) / 1000 : 0
  if (state !== 'running' || seconds < 1 || bytesRead <= 0) return { share }
  const bytesPerSecond = bytesRead / seconds
  return { share, bytesPerSecond, secondsLeft: Math.max(0, (bytes - bytesRead) / bytesPerSecond) }
}

/** Bytes as people read them: 812 kB, 1.4 MB. */
export function bytesText(bytes: number, { number }: Pick<Reader, 'number'>): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let size = bytes
  let unit = 0
  while (size >= 1000 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${number(size, unit === 0 || size >= 100 ? 0 : 1)} ${units[unit]}`
}

/** Seconds in words, rounded to what somebody waiting wants to know. */
export function leftText(seconds: number, { t }: Pick<Reader, 't'>): string {
  if (seconds < 5) return t('loads.left-soon')
  if (seconds < 90) return t('loads.left-seconds', { seconds: Math.ceil(seconds / 5) * 5 })
  return t('loads.left-minutes', { minutes: Math.round(seconds / 60) })
}

/** Notice codes of a load with their numbers: those that refused something first, then the most frequent. */
export function codesOf(load: Pick<Load, 'counts'>, severities: Record<string, string>): [string, number][] {
  const rank: Record<string, number> = { error: 0, warning: 1, info: 2 }
  return Object.entries(load.counts.notices).sort(
    ([a, n], [b, m]) =>
      (rank[severities[a]] ?? 3) - (rank[severities[b]] ?? 3) || m - n || a.localeCompare(b),
  )
}

/** Where a notice is, in words: line 12, column value. */
export function placeText(notice: Pick<Notice, 'line' | 'column'>, { t }: Pick<Reader, 't'>): string {
  const parts: string[] = []
  if (notice.line !== undefined) parts.push(t('notices.line', { line: String(notice.line) }))
  if (notice.column !== undefined) parts.push(t('notices.column', { column: String(notice.column) }))
  return parts.join(', ')
}

/** Notices as CSV with a head in the reader's language; cells that a spreadsheet would take for a formula are quoted off. */
export function noticesCsv(list: readonly Notice[], reader: Pick<Reader, 't' | 'find'>): string {
  const { t, find } = reader
  const head = [
    'file',
    'line',
    'column',
    'series',
    'severity',
    'code',
    'text',
    'read',
    'expected',
    'refused',
  ] as const
  const lines = list.map((n) =>
    [
      n.file,
      n.line,
      n.column,
      n.series,
      find(`severity.${n.severity}`) ?? n.severity,
      n.code,
      find(`notice.${n.code}`),
      n.read,
      n.expected,
      n.refused,
    ]
      .map(cell)
      .join(','),
  )
  return `\uFEFF${[head.map((name) => cell(t(`notices.head.${name}`))).join(','), ...lines].join('\r\n')}\r\n`
}

function cell(value: string | number | undefined): string {
  if (value === undefined) return ''
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) && !/^[+-]?[\d.,]+$/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
