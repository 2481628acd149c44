/** Columns by series out of the body of POST /api/observations; what is wrong is refused item by item. */
import { flagName } from '@lanmei/model/flag'
import { earliestMs, latestMs, parseInstant } from '@lanmei/model/instant'
import type { NoticeCode } from '@lanmei/model/notice'
import type { Columns } from './pending.ts'

export type RequestBlock = {
  series: string
  times: unknown[]
  values: unknown[]
  flags?: unknown[]
  unit?: string
}
export type RequestItem = { series: string; time: unknown; value: unknown; flag?: unknown }
export type ObservationsRequest = { blocks?: RequestBlock[]; observations?: RequestItem[]; reason?: string }
export type ItemRefusal = { item: string; code: NoticeCode; read?: string; expected?: string }

/** Values of one series with the place each came from. */
export type Gathered = { series: string; unit?: string; columns: Columns; unchanged: number }
export type RequestColumns = { read: number; gathered: Gathered[]; refusals: ItemRefusal[] }

const withZone = /(?:Z|z|[+-]\d{2}:?\d{2})$/
const futureAllowanceMs = 36 * 3_600_000

/** A time as ms, or the reason why it is none. */
function timeOf(given: unknown, nowMs: number): number | NoticeCode {
  const ms =
    typeof given === 'number'
      ? given
      : typeof given === 'string' && withZone.test(given)
        ? parseInstant(given)
        : Number.NaN
  if (!Number.isInteger(ms)) return 'malformed-time'
  if (ms < earliestMs || ms >= latestMs) return 'time-out-of-range'
  return ms > nowMs + futureAllowanceMs ? 'time-in-future' : ms
}

/** Name of an item in a refusal. Made only for what is refused: most values are not. */
function itemName(block: number, place: number): string {
  return block < 0 ? `observations/${place}` : `blocks/${block}/values/${place}`
}

class Gathering {
  readonly times: number[] = []
  readonly values: number[] = []
  readonly flags: number[] = []
  /** Where each value stands: block (-1: in `observations`) and place in it. */
  readonly blocks: number[] = []
  readonly places: number[] = []
  anyFlag = false
  readonly series: string
  readonly unit: string | undefined
  constructor(series: string, unit: string | undefined) {
    this.series = series
    this.unit = unit
  }
}

/** Reads the body. Two blocks of one series in different units stay apart and are taken one after the other. */
export function gather(request: ObservationsRequest, nowMs: number): RequestColumns {
  const refusals: ItemRefusal[] = []
  const groups = new Map<string, Gathering>()
  let read = 0
  const groupOf = (series: string, unit?: string) => {
    const key = unit === undefined ? series : `${series} ${unit}`
    let group = groups.get(key)
    if (!group) {
      group = new Gathering(series, unit)
      groups.set(key, group)
    }
    return group
  }
  const take = (
    group: Gathering,
    time: unknown,
    value: unknown,
    flag: unknown,
    block: number,
    place: number,
  ) => {
    read++
    const refuse = (code: NoticeCode, given: unknown, expected: string) =>
      refusals.push({ item: itemName(block, place), code, read: shown(given), expected })
    const ms = timeOf(time, nowMs)
    if (typeof ms === 'string') refuse(ms, time, 'integer ms since 1970, or RFC 3339 with a zone')
    else if (value !== null && (typeof value !== 'number' || !Number.isFinite(value)))
      refuse('malformed-number', value, 'a number or null')
    else if (flag !== undefined && (typeof flag !== 'number' || flagName(flag) === undefined))
      refuse('malformed-record', flag, 'a flag: 1, 2, 3, 4, 8 or 9')
    else {
      group.times.push(ms)
      group.values.push(value === null ? Number.NaN : value === 0 ? 0 : value)
      group.flags.push((flag as number | undefined) ?? 0)
      group.blocks.push(block)
      group.places.push(place)
      if (flag !== undefined) group.anyFlag = true
    }
  }
  request.blocks?.forEach((block, b) => {
    const group = groupOf(block.series, block.unit)
    const length = Math.max(block.times.length, block.values.length)
    for (let i = 0; i < length; i++)
      take(
        group,
        block.times[i],
        i < block.values.length ? block.values[i] : undefined,
        block.flags?.[i],
        b,
        i,
      )
  })
  request.observations?.forEach((item, i) => {
    take(groupOf(item.series), item.time, item.value, item.flag, -1, i)
  })
  const gathered = [...groups.values()].map((group) => settle(group, refusals))
  return { read, gathered, refusals }
}

/** Puts a group in order of time; of two values for one time the first stays, an equal one is unchanged, another refused. */
function settle(group: Gathering, refusals: ItemRefusal[]): Gathered {
  const { series, unit, times, values, flags } = group
  let rising = true
  for (let i = 1; i < times.length && rising; i++) rising = times[i] > times[i - 1]
  let order: number[] | undefined
  let unchanged = 0
  if (!rising) {
    const sorted = times.map((_, i) => i).sort((a, b) => times[a] - times[b] || a - b)
    order = []
    for (const i of sorted) {
      const first = order[order.length - 1]
      if (first === undefined || times[first] !== times[i]) order.push(i)
      else if (Object.is(values[first], values[i])) unchanged++
      else
        refusals.push({
          item: itemName(group.blocks[i], group.places[i]),
          code: 'contradicting-stamp',
          read: shown(values[i]),
          expected: shown(values[first]),
        })
    }
  }
  const column = (from: number[]) =>
    order ? Float64Array.from(order, (i) => from[i]) : Float64Array.from(from)
  const columns: Columns = { times: column(times), values: column(values) }
  if (group.anyFlag) columns.flags = Uint8Array.from(column(flags))
  return { series, ...(unit === undefined ? {} : { unit }), columns, unchanged }
}

function shown(value: unknown): string {
  // Never written out: nested deep enough they would take the stack.
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80)
}
