/** The faults that the collector of the records lists, each with the values it touches and the share of them that is flagged. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWholeSeries } from '@lanmei/store/quality-read'
import { type Collection, dayMs, type FlaggedValue, hydroFolder, localDay } from './quality-collection.ts'

export type KnownFault = { fault: string; series: string; values: number; found: number; rules: string }

type Touched = (ms: number, value: number, before: { ms: number; value: number }) => boolean

const during =
  (from: string, to: string, also: (value: number) => boolean = () => true): Touched =>
  (ms, value) =>
    ms >= localDay(from) && ms < localDay(to) + dayMs && also(value)
const stepOf3m: Touched = (ms, value, before) =>
  Math.abs(value - before.value) > 3 && ms - before.ms <= dayMs && ms - before.ms > 0

const faults: [fault: string, series: string, touched: Touched][] = [
  [
    'Kontum: +512 m from 1995-01-01 to 2009-05-31',
    'VN_440201.water-level.manual',
    during('1995-01-01', '2009-05-31', (v) => v > 300),
  ],
  [
    'Kontum: short returns of the other datum, 2010-2012',
    'VN_440201.water-level.manual',
    during('2009-06-01', '2016-12-31', (v) => v > 300),
  ],
  [
    'Duc Xuyen: +411 m from 1995-01-01',
    'VN_450701.water-level.manual',
    during('1995-01-01', '2012-12-31', (v) => v > 300),
  ],
  [
    'Duc Xuyen: later readings near 0 and near 100',
    'VN_450701.water-level.manual',
    during('2013-01-01', '2016-12-31', (v) => v < 5 || v > 60),
  ],
  [
    'Cau 14: another datum until 1994 (not listed)',
    'VN_451301.water-level.manual',
    during('1966-01-01', '1994-12-31'),
  ],
  ['Kratie: changes of more than 3 m in a day', 'KH_014901.water-level.manual', stepOf3m],
  ['Luang Prabang: changes of more than 3 m in a day', 'LA_011201.water-level.manual', stepOf3m],
  ['Ban Signo: levels up to 1882 m', 'LA_270903.water-level.fmmp', (_ms, value) => value > 40],
  [
    'Pakse (flood programme): a day late, March to December 2008',
    'LA_013901.water-level.fmmp',
    during('2008-03-01', '2008-12-26'),
  ],
  [
    'Vientiane (flood programme): a day late, part of 2008',
    'LA_011901.water-level.fmmp',
    during('2008-03-01', '2008-12-26'),
  ],
  [
    'Nakhon Phanom (flood programme): differs 2012-2013',
    'TH_013101.water-level.fmmp',
    during('2012-01-08', '2013-12-31'),
  ],
  [
    'Nong Khai (flood programme): differs 2012-2013',
    'TH_012001.water-level.fmmp',
    during('2012-01-01', '2013-12-31'),
  ],
]

/** Counts for each known fault how many of its values are flagged suspect, bad or estimated, and by which rules. */
export async function measureKnownFaults(collection: Collection): Promise<KnownFault[]> {
  const measured: KnownFault[] = []
  for (const [fault, series, touched] of faults)
    measured.push(await measure(collection, fault, [series], touched))
  const { rows } = await collection.context.store.pool.query(
    "SELECT id FROM series_key WHERE id LIKE '%.rainfall.%' ORDER BY id",
  )
  const rain = rows.map((row) => row.id as string)
  measured.push(await measure(collection, 'Negative rainfall', rain, (_ms, value) => value < 0))
  measured.push(await straightLines(collection))
  const prekKdam = 'KH_020102.water-level.gauge-record'
  const filled = await measure(
    collection,
    'Prek Kdam: stretches on straight lines, 1962-1997',
    [prekKdam],
    () => false,
  )
  const lines = (await collection.flagged(prekKdam)).filter(({ rule }) => rule === 'straight-line')
  measured.push({ ...filled, values: 147, found: lines.length, rules: 'straight-line' })
  return measured
}

async function measure(
  { context, flagged }: Collection,
  fault: string,
  ids: string[],
  touched: Touched,
): Promise<KnownFault> {
  let values = 0
  let found = 0
  const rules = new Map<string, number>()
  for (const id of ids) {
    const held = new Map((await flagged(id)).map((value): [number, FlaggedValue] => [value.ms, value]))
    const { rows } = await context.store.pool.query('SELECT key FROM series_key WHERE id = $1', [id])
    const { times, values: column } = await readWholeSeries(context.store, rows[0].key)
    let before = { ms: Number.NaN, value: Number.NaN }
    for (let i = 0; i < times.length; i++) {
      const here = { ms: times[i], value: column[i] }
      if (Number.isNaN(here.value)) continue
      if (touched(here.ms, here.value, before)) {
        values++
        const flag = held.get(here.ms)
        if (flag && flag.rule !== 'source') {
          found++
          rules.set(flag.rule, (rules.get(flag.rule) ?? 0) + 1)
        }
      }
      before = here
    }
  }
  const byCount = [...rules].sort((a, b) => b[1] - a[1])
  return {
    fault,
    series: ids.length === 1 ? ids[0] : `${ids.length} series`,
    values,
    found,
    rules: byCount.map(([r]) => r).join(', '),
  }
}

const filledStations: Record<string, string> = {
  'Stung Treng': 'KH_014501',
  'Tan Chau': 'VN_019803',
  'Chau Doc': 'VN_039801',
  'My Thuan': 'VN_019804',
  'Can Tho': 'VN_039803',
}

async function straightLines({ flagged }: Collection): Promise<KnownFault> {
  const path = join(hydroFolder, 'daily-mean-levels-filled', 'straight-line-segments.csv')
  let values = 0
  let found = 0
  for (const line of readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)) {
    const [name, from, to, days] = line.split(',')
    values += Number(days)
    for (const { ms, rule } of await flagged(`${filledStations[name]}.water-level.filled`))
      if (rule === 'straight-line' && ms >= localDay(from) && ms < localDay(to) + dayMs) found++
  }
  return {
    fault: 'Filled daily means: 13 listed straight lines',
    series: '5 series',
    values,
    found,
    rules: 'straight-line',
  }
}
