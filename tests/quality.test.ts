/** The known faults of the basin's records, as their collector lists them, are found by the rules; what is sound stays unflagged. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { flags } from '@lanmei/model/flag'
import { judgeNews } from '@lanmei/node/quality/job'
import { type QualityResult, runQuality } from '@lanmei/node/quality/run'
import { storeFlagging } from '@lanmei/node/take-in/flagging'
import {
  type Collection,
  dayMs,
  type FlaggedValue,
  hydroFolder,
  localDay,
  openCollection,
  recordsMissing,
} from './quality-collection.ts'

const level = (station: string, procedure = 'manual') => `${station}.water-level.${procedure}`
const filledStations: Record<string, string> = {
  'Stung Treng': 'KH_014501',
  'Tan Chau': 'VN_019803',
  'Chau Doc': 'VN_039801',
  'My Thuan': 'VN_019804',
  'Can Tho': 'VN_039803',
}
const judged = [
  ...['VN_440201', 'VN_450701', 'VN_451301', 'KH_014901', 'LA_013901', 'LA_011901'].map((code) =>
    level(code),
  ),
  ...['LA_013901', 'LA_011901'].map((code) => level(code, 'fmmp')),
  ...Object.values(filledStations).map((code) => level(code, 'filled')),
  ...['TH_010501', 'VN_019804', 'VN_039803', 'VN_980601'].map((code) => `${code}.rainfall.manual`),
]

describe('the known faults of the records', { skip: recordsMissing }, () => {
  let collection: Collection
  let first: QualityResult
  let second: QualityResult
  const held = new Map<string, FlaggedValue[]>()
  const flagged = (series: string) => held.get(series) as FlaggedValue[]
  const byRule = (series: string, rule: string) => flagged(series).filter((value) => value.rule === rule)
  const between = (values: FlaggedValue[], from: string, to: string) =>
    values.filter(({ ms }) => ms >= localDay(from) && ms < localDay(to) + dayMs)

  before(async () => {
    collection = await openCollection()
    await collection.load('mrc-export-2023/water-level', 'mrc-export-2023/rainfall', 'fmmp-2000-2014')
    await collection.load('daily-mean-levels-filled/levels-daily.csv')
    first = await runQuality(collection.context, { series: judged })
    second = await runQuality(collection.context, { series: judged })
    for (const series of judged) held.set(series, await collection.flagged(series))
  })
  after(() => collection?.close())

  test('run once says something, run again nothing', () => {
    assert.equal(first.series, judged.length)
    assert.ok(first.changed > 15_000, `${first.changed} changed`)
    assert.equal(second.values, first.values)
    assert.equal(second.changed, 0)
    assert.equal(second.flaggings, 0)
  })

  test('Kontum: the other datum from 1995-01-01 to 2009-05-31, and its short returns', () => {
    const jumps = byRule(level('VN_440201'), 'datum-jump')
    assert.ok(jumps.every(({ value, flag }) => value > 500 && flag === flags.suspect))
    assert.equal(jumps[0].ms, localDay('1995-01-01') + 7 * 3_600_000)
    // Of the 4884 readings 11 stand on the lower zero.
    assert.equal(between(jumps, '1995-01-01', '2009-05-31').length, 4873)
    assert.ok(between(jumps, '2009-06-01', '2012-12-31').length > 200)
    assert.equal(jumps.length, 5113)
  })

  test('Duc Xuyen: the other datum from 1995-01-01, the third one of 2013 and the readings near 0', () => {
    const jumps = byRule(level('VN_450701'), 'datum-jump')
    assert.equal(jumps[0].ms, localDay('1995-01-01') + 7 * 3_600_000)
    assert.equal(between(jumps, '1995-01-01', '2006-12-31').length, 4360)
    assert.ok(between(jumps, '2013-08-01', '2013-08-30').every(({ value }) => value < 1))
    assert.ok(between(jumps, '2013-08-01', '2013-08-30').length > 200)
    assert.ok(between(jumps, '2013-09-01', '2014-03-30').length > 1600)
    assert.equal(between(jumps, '2014-05-01', '2016-12-31').length, 0)
  })

  test('Kratie: every change of more than 3 m in a day, and the bad years beside its neighbours', () => {
    const steps = byRule(level('KH_014901'), 'step')
    assert.equal(steps.length, 48)
    assert.equal(between(steps, '1955-01-01', '1959-12-31').length, 17)
    assert.equal(between(steps, '1970-01-01', '1973-12-31').length, 23)
    const beside = byRule(level('KH_014901'), 'river-consistency')
    assert.ok(between(beside, '1970-01-01', '1973-12-31').length > 100)
    assert.ok(beside.length - between(beside, '1970-01-01', '1973-12-31').length < 15)
  })

  test('every negative rainfall is bad', () => {
    const negative = judged.filter((id) => id.includes('rainfall')).flatMap((id) => byRule(id, 'negative'))
    assert.equal(negative.length, 16)
    assert.ok(negative.every(({ value, flag }) => value < 0 && flag === flags.bad))
  })

  test('the 13 listed stretches on straight lines, and no others', () => {
    const path = join(hydroFolder, 'daily-mean-levels-filled', 'straight-line-segments.csv')
    const listed = readFileSync(path, 'utf8').trim().split(/\r?\n/).slice(1)
    assert.equal(listed.length, 13)
    const found = new Map<string, number>()
    for (const code of Object.values(filledStations))
      found.set(code, byRule(level(code, 'filled'), 'straight-line').length)
    const expected = new Map<string, number>([...found.keys()].map((code) => [code, 0]))
    for (const line of listed) {
      const [name, firstDay, lastDay, days] = line.split(',')
      const code = filledStations[name]
      const marked = between(byRule(level(code, 'filled'), 'straight-line'), firstDay, lastDay)
      assert.equal(marked.length, Number(days), line)
      assert.ok(marked.every(({ flag }) => flag === flags.estimated))
      expected.set(code, (expected.get(code) as number) + Number(days))
    }
    assert.deepEqual(found, expected)
  })

  test('the flood programme: days its makers flagged estimated keep that flag by the rule source', async () => {
    for (const kind of ['water-level', 'rainfall']) {
      const path = join(hydroFolder, 'fmmp-2000-2014', `${kind}-estimated-flags.csv`)
      const listed = readFileSync(path, 'utf8').trim().split(/\r?\n/).length - 1
      const { rows } = await collection.context.store.pool.query(
        `SELECT count(*)::int AS taken FROM observation_flag f JOIN series_key k ON k.key = f.series
         WHERE f.rule = 'source' AND f.flag = 8 AND k.id LIKE $1`,
        [`%.${kind}.fmmp`],
      )
      // A day without a value has nothing to flag, and a worse flag of a rule stays.
      assert.ok(
        rows[0].taken > 0.95 * listed && rows[0].taken <= listed,
        `${kind}: ${rows[0].taken} of ${listed}`,
      )
    }
  })

  test('the flood programme: Pakse and Vientiane are a day late in 2008', () => {
    const pakse = byRule(level('LA_013901', 'fmmp'), 'date-shift')
    assert.ok(between(pakse, '2008-03-01', '2008-12-26').length > 295, `${pakse.length}`)
    assert.ok(pakse.length < 310)
    assert.ok(
      between(byRule(level('LA_011901', 'fmmp'), 'date-shift'), '2008-01-01', '2008-12-31').length > 280,
    )
    for (const code of ['LA_013901', 'LA_011901'])
      assert.equal(byRule(level(code), 'date-shift').length, 0, code)
  })

  test('sound gauges keep nearly all of their values good', () => {
    for (const code of ['LA_013901', 'LA_011901']) {
      const doubted = flagged(level(code)).filter(({ flag }) => flag === flags.suspect || flag === flags.bad)
      assert.ok(doubted.length < 30, `${code}: ${doubted.length}`)
    }
  })

  test('an officer has the last word, and the rules leave it', async () => {
    const series = level('KH_014901')
    const [step] = byRule(series, 'step')
    await storeFlagging(
      collection.context,
      {
        series,
        author: 'somebody',
        comment: 'a real flood',
        rules: ['officer'],
        times: Float64Array.of(step.ms),
        flags: Uint8Array.of(flags.good),
        rule: Uint8Array.of(0),
      },
      'public',
    )
    const again = await runQuality(collection.context, { series: [series] })
    assert.equal(again.changed, 0)
    assert.equal(again.held, 1)
    assert.ok((await collection.flagged(series)).every(({ ms }) => ms !== step.ms))
  })

  test('a finding of a rule that is switched off is taken back, with its history', async () => {
    const series = level('VN_440201')
    const area = collection.context.areas[0]
    const stations = structuredClone(area.read('stations.json')) as {
      stations: { id: string; checks?: unknown[] }[]
    }
    stations.stations
      .find(({ id }) => id === 'VN_440201')
      ?.checks?.push({ property: 'water-level', kernel: 'quality/datum-jump', parameters: {} })
    const read = (name: string) => (name === 'stations.json' ? stations : area.read(name))
    const changed = {
      ...collection.context,
      areas: [{ ...area, read }, ...collection.context.areas.slice(1)],
    }
    const result = await runQuality(changed, { series: [series] })
    assert.equal(result.changed, 5113)
    assert.equal((await collection.flagged(series)).filter(({ rule }) => rule === 'datum-jump').length, 0)
    const { rows } = await collection.context.store.pool.query(
      `SELECT array_agg(f.flag ORDER BY f.entry) AS flags FROM observation_flag f JOIN series_key k ON k.key = f.series
       WHERE k.id = $1 AND f.time = $2`,
      [series, new Date(localDay('2000-01-01') + 7 * 3_600_000).toISOString()],
    )
    assert.equal(rows[0].flags[0], flags.good)
    assert.deepEqual(rows[0].flags.slice(-2), [flags.suspect, flags.good])
  })

  test('background work judges what came in and then rests', async () => {
    assert.ok((await judgeNews(collection.context)) > judged.length)
    assert.equal(await judgeNews(collection.context), 0)
  })
})
