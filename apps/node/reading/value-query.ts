/** What somebody asks of a series' values, read and checked. */
import { flags, isFlagName } from '@lanmei/model/flag'
import { earliestMs, latestMs, parseInstant } from '@lanmei/model/instant'
import { problem } from '@lanmei/model/problem'

export type Resolution = 'raw' | 'hour' | 'day' | 'month' | 'year' | 'auto'
export type Format = 'json' | 'csv' | 'parquet' | 'arrow' | 'binary'

export type ValueQuery = {
  fromMs?: number
  /** Not included. */
  toMs?: number
  knownAtMs?: number
  resolution: Resolution
  points: number
  flags?: number[]
  format: Format
}

type Asked = {
  from?: string
  to?: string
  'as-known-at'?: string
  resolution?: string
  points?: number
  flags?: string
  format?: string
}

const defaultPoints = 1000

/** @throws invalid-parameter */
export function readValueQuery(asked: Asked): ValueQuery {
  const { fromMs, toMs } = readRange(asked)
  return {
    fromMs,
    toMs,
    knownAtMs: readInstant('as-known-at', asked['as-known-at']),
    resolution: (asked.resolution ?? 'raw') as Resolution,
    points: asked.points ?? defaultPoints,
    flags: asked.flags === undefined ? undefined : readFlags(asked.flags),
    format: (asked.format ?? 'json') as Format,
  }
}

/** @throws invalid-parameter for a time that cannot be read, and for a range that ends before it begins */
export function readRange({ from, to }: { from?: string; to?: string }): { fromMs?: number; toMs?: number } {
  const fromMs = readInstant('from', from)
  const toMs = readInstant('to', to)
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    throw problem('invalid-parameter', { field: 'to', read: to, expected: `a time not before ${from}` })
  return { fromMs, toMs }
}

/** A time in ms; without a zone it is UTC. Times outside what can be stored become its ends. @throws invalid-parameter */
export function readInstant(field: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const ms = parseInstant(text)
  if (Number.isNaN(ms))
    throw problem('invalid-parameter', { field, read: text, expected: 'an RFC 3339 date or date-time' })
  return Math.min(latestMs, Math.max(earliestMs, ms))
}

function readFlags(text: string): number[] {
  return text.split(',').map((name) => {
    const code = Number(name)
    if (isFlagName(name)) return flags[name]
    if (Object.values(flags).includes(code as never)) return code
    const expected = `of ${Object.keys(flags).join(', ')}`
    throw problem('invalid-parameter', { field: 'flags', read: name, expected })
  })
}
