/** What came of a command, in words: counts as a table, notices by code with their first examples. */
import { type Notice, type NoticeCode, noticeCodes, type Severity, severityOf } from '@lanmei/model/notice'
import { texts } from './texts.ts'
import type { Counts } from './work.ts'

const examplesOfEach = 3
const order: Severity[] = ['error', 'warning', 'info']

/** Counts and notices of a load, as lines. `examples` are the first notices of each code. */
export function loadSummary(counts: Counts, examples: Map<string, Notice[]>): string[] {
  const names = Object.keys(texts.counts) as (keyof typeof texts.counts)[]
  const lines = table(names.map((name) => [texts.counts[name], counts[name]]))
  const codes = Object.entries(counts.notices).sort(
    ([a], [b]) => order.indexOf(severity(a)) - order.indexOf(severity(b)) || (a < b ? -1 : 1),
  )
  for (const [code, count] of codes) {
    lines.push('', texts.noticesOf(code, count, noticeCodes[code as NoticeCode]?.[1] ?? code))
    const shown = (examples.get(code) ?? []).slice(0, examplesOfEach)
    lines.push(...shown.map((notice) => `  ${place(notice)}`))
    if (count > shown.length && shown.length) lines.push(`  ${texts.more(count - shown.length)}`)
  }
  return lines
}

function severity(code: string): Severity {
  return Object.hasOwn(noticeCodes, code) ? severityOf(code as NoticeCode) : 'info'
}

/** Whether a load refused anything: values, lines or whole files. */
export function refusedSomething(counts: Counts): boolean {
  return counts.refused > 0 || Object.keys(counts.notices).some((code) => severity(code) === 'error')
}

/** file:line column, series, what was read, what was expected. */
export function place({ file, line, column, series, read, expected }: Notice): string {
  const where = [
    `${file ?? ''}${line === undefined ? '' : `:${line}`}`,
    column === undefined ? '' : `column ${column}`,
    series ?? '',
  ]
  const what = [
    read === undefined ? '' : `${texts.read} ${JSON.stringify(read)}`,
    expected === undefined ? '' : `${texts.expected} ${expected}`,
  ]
  return [where.filter(Boolean).join(' '), what.filter(Boolean).join(', ')].filter(Boolean).join(': ')
}

/** Names on the left, numbers with their digits under each other on the right. */
export function table(rows: [string, number | string][]): string[] {
  const shown = rows.map(([name, value]) => [
    name,
    typeof value === 'number' ? value.toLocaleString('en') : value,
  ])
  const left = Math.max(...shown.map(([name]) => name.length))
  const right = Math.max(...rows.map(([, value], i) => (typeof value === 'number' ? shown[i][1].length : 0)))
  return shown.map(
    ([name, value], i) =>
      `  ${name.padEnd(left)}  ${typeof rows[i][1] === 'number' ? value.padStart(right) : value}`,
  )
}

/** The machine's line of a load: exactly these members in this order. */
export function loadLine({ read, stored, unchanged, revised, refused, notices }: Counts): string {
  return JSON.stringify({ read, stored, unchanged, revised, refused, notices })
}
