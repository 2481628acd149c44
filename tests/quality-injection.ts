/** Puts faults of known kind and size into sound series, one at a time, and asks the rules: the same faults on every machine. */
import { type CheckedSeries, readCatalogue } from '@lanmei/node/quality/catalogue'
import { openShelf } from '@lanmei/node/quality/daily-shelf'
import { openChecks } from '@lanmei/node/quality/rules'
import { readWholeSeries } from '@lanmei/store/quality-read'
import type { Witness } from '@lanmei/watch/dates'
import { witnessesOf } from '@lanmei/watch/neighbours'
import { judgeSeries } from '@lanmei/watch/series-checks'
import type { Collection } from './quality-collection.ts'

export type Injected = { kind: string; size: string; injected: number; found: number; flaggedShare: number }

type Columns = { times: Float64Array; values: Float64Array }
/** Changes values between two positions (the second one left out). */
type Fault = { kind: string; size: string; from: number; to: number; values: Float64Array }

/** Numbers by chance, the same ones for the same seed. */
export function chanceFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const kinds: [kind: string, sizes: [name: string, least: number, most: number][]][] = [
  [
    'spike (one value, m)',
    [
      ['1.2-2', 1.2, 2],
      ['2-4', 2, 4],
      ['4-8', 4, 8],
    ],
  ],
  [
    'step (3 to 10 values off, m)',
    [
      ['1-2', 1, 2],
      ['2-4', 2, 4],
      ['4-8', 4, 8],
    ],
  ],
  [
    'flat run (values)',
    [
      ['12-20', 12, 20],
      ['20-40', 20, 40],
    ],
  ],
  [
    'other zero (200 to 700 values, m)',
    [
      ['0.5-1', 0.5, 1],
      ['1-2', 1, 2],
      ['2-5', 2, 5],
      ['10-20', 10, 20],
      ['50-400', 50, 400],
    ],
  ],
  [
    'dates off (60 to 250 values, days)',
    [
      ['1', 1, 1],
      ['2', 2, 2],
    ],
  ],
]

function makeFault(
  kind: string,
  size: string,
  amount: number,
  { values: sound }: Columns,
  chance: () => number,
): Fault {
  const values = sound.slice()
  const sign = chance() < 0.5 ? -1 : 1
  const lengths: Record<string, [number, number]> = {
    spike: [1, 1],
    step: [3, 10],
    other: [200, 700],
    dates: [60, 250],
  }
  const [short, long] = lengths[kind.split(' ')[0]] ?? [Math.round(amount), Math.round(amount)]
  const length = Math.round(short + chance() * (long - short))
  const from = 400 + Math.floor(chance() * (values.length - 800 - length))
  const to = from + length
  for (let i = from; i < to; i++) {
    if (kind.startsWith('flat')) values[i] = sound[from]
    else if (kind.startsWith('dates')) values[i] = sound[i - sign * amount]
    else values[i] = sound[i] + sign * amount
  }
  return { kind, size, from, to, values }
}

/**
 * A fault counts as found when at least one of its values (or the first one after it) is flagged that was not flagged without it.
 * Of the series the readings of 2006 and earlier are used, one a day.
 */
export async function measureInjected(
  collection: Collection,
  ids: string[],
  each: number,
): Promise<Injected[]> {
  const { context } = collection
  const checks = openChecks(context.areas)
  const catalogue = await readCatalogue(context.store.pool, checks)
  const placed = catalogue.map((series) => series.placed)
  const dailyOf = openShelf(context.store)
  const chance = chanceFrom(20_240_601)
  const rounds: { series: CheckedSeries; columns: Columns; witnesses: Witness[]; before: Uint8Array }[] = []
  for (const id of ids) {
    const series = catalogue.find((one) => one.id === id) as CheckedSeries
    const columns = mornings(await readWholeSeries(context.store, series.key))
    const found = witnessesOf(series.placed, placed, checks.neighbours)
    const witnesses: Witness[] = []
    for (const place of ['copy', 'upstream', 'downstream', 'beside'] as const)
      for (const { id: other } of found[place])
        witnesses.push({
          series: other,
          place,
          daily: await dailyOf(catalogue.find((s) => s.id === other) as CheckedSeries),
        })
    const before = judgeSeries({ ...series, ...columns }, witnesses).flags
    rounds.push({ series, columns, witnesses, before })
  }
  const results: Injected[] = []
  let turn = 0
  for (const [kind, sizes] of kinds)
    for (const [size, least, most] of sizes) {
      const result: Injected = { kind, size, injected: 0, found: 0, flaggedShare: 0 }
      for (let n = 0; n < each; n++) {
        const { series, columns, witnesses, before } = rounds[turn++ % rounds.length]
        const fault = makeFault(kind, size, least + chance() * (most - least), columns, chance)
        const { flags } = judgeSeries({ ...series, times: columns.times, values: fault.values }, witnesses)
        let flagged = 0
        for (let i = fault.from; i <= fault.to; i++) if (flags[i] && !before[i]) flagged++
        result.injected++
        if (flagged > 0) result.found++
        result.flaggedShare += Math.min(1, flagged / (fault.to - fault.from)) / each
      }
      results.push(result)
    }
  return results
}

const dayMs = 86_400_000
const until = Date.UTC(2007, 0, 1)

/** One reading a day: positions and days are then the same. */
function mornings({ times, values }: Columns): Columns {
  const kept: number[] = []
  let day = Number.NaN
  for (let i = 0; i < times.length && times[i] < until; i++) {
    if (Number.isNaN(values[i]) || Math.floor(times[i] / dayMs) === day) continue
    day = Math.floor(times[i] / dayMs)
    kept.push(i)
  }
  return {
    times: Float64Array.from(kept, (i) => times[i]),
    values: Float64Array.from(kept, (i) => values[i]),
  }
}
