/** Measures the quality rules on the whole collection of the basin and prints the tables of docs/quality.md: `node tests/quality-report.ts`. */
import { runQuality } from '@lanmei/node/quality/run'
import { type Collection, localDay, openCollection, recordsMissing } from './quality-collection.ts'
import { measureInjected } from './quality-injection.ts'
import { measureKnownFaults } from './quality-known.ts'

const folders = [
  'mrc-export-2023',
  'mrc-export-2024',
  'mrc-export-2025',
  'fmmp-2000-2014',
  'tonle-sap',
  'delta-subdaily',
  'historic-daily-1924-2002',
  'daily-mean-levels-filled/levels-daily.csv',
]
const rules = [
  'range',
  'negative',
  'datum-jump',
  'step',
  'spike',
  'flat-line',
  'rate-of-rise',
  'date-shift',
  'river-consistency',
  'straight-line',
  'source',
]
/** Gauges of the main stem whose readings as taken are believed sound, with the years that are known not to be. */
const sound: [series: string, except: [from: string, to: string][]][] = [
  ['TH_010501', []],
  ['LA_011201', []],
  ['TH_011903', []],
  ['LA_011901', []],
  ['TH_012001', []],
  ['TH_013101', []],
  ['TH_013801', []],
  ['LA_013901', []],
  [
    'KH_014901',
    [
      ['1955-01-01', '1959-12-31'],
      ['1970-01-01', '1973-12-31'],
    ],
  ],
  ['KH_020101', []],
  ['KH_033401', []],
].map(([code, except]) => [`${code}.water-level.manual`, except as [string, string][]])
/** Faults of each size that are put in. */
const eachSize = 30

function table(head: string[], rows: (string | number)[][]): void {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'number' ? cell.toLocaleString('en') : cell)),
  )
  console.log(`| ${head.join(' | ')} |\n| ${head.map((_, i) => (i ? '---:' : '---')).join(' | ')} |`)
  for (const row of cells) console.log(`| ${row.join(' | ')} |`)
  console.log('')
}
const percent = (part: number, whole: number, digits = 1) => `${((100 * part) / whole).toFixed(digits)} %`

/** Values and flags of series, by rule. */
async function countFlags({ context }: Collection, series: string[], except: [number, number][] = []) {
  const { rows } = await context.store.pool.query(
    `SELECT o.flag, coalesce(j.rule, 'intake') AS rule, count(*)::int AS n
     FROM series_key k JOIN observation o ON o.series = k.key
     LEFT JOIN LATERAL (SELECT rule FROM observation_flag f WHERE o.flag <> 1 AND f.series = o.series AND f.time = o.time AND f.entry >= o.entry
                        ORDER BY entry DESC LIMIT 1) j ON true
     WHERE k.id = ANY($1) AND o.value IS NOT NULL
       AND NOT EXISTS (SELECT 1 FROM unnest($2::timestamptz[], $3::timestamptz[]) AS e(first, last) WHERE o.time BETWEEN e.first AND e.last)
     GROUP BY 1, 2`,
    [
      series,
      except.map(([from]) => new Date(from).toISOString()),
      except.map(([, to]) => new Date(to).toISOString()),
    ],
  )
  const byRule = new Map<string, number>()
  let values = 0
  let doubted = 0
  for (const { flag, rule, n } of rows as { flag: number; rule: string; n: number }[]) {
    values += n
    if (flag === 3 || flag === 4) doubted += n
    if (flag !== 1 && flag !== 2) byRule.set(rule, (byRule.get(rule) ?? 0) + n)
  }
  return { values, doubted, byRule }
}

async function report(): Promise<void> {
  const collection = await openCollection()
  try {
    const groups: [folder: string, series: string[]][] = []
    for (const folder of folders) groups.push([folder.split('/')[0], (await collection.load(folder)).series])
    const started = performance.now()
    let peakMb = 0
    const result = await runQuality(collection.context, {
      onProgress: () => {
        peakMb = Math.max(peakMb, process.memoryUsage().rss / 1e6)
      },
    })
    const seconds = ((performance.now() - started) / 1000).toFixed(0)
    console.log(
      `${result.series} series, ${result.values.toLocaleString('en')} values, ${seconds} s, at most ${peakMb.toFixed(0)} MB.\n`,
    )

    const rows: (string | number)[][] = []
    for (const [folder, series] of [
      ...groups,
      ['all', groups.flatMap(([, ids]) => ids)] as [string, string[]],
    ]) {
      const { values, doubted, byRule } = await countFlags(collection, series)
      rows.push([
        folder,
        series.length,
        values,
        ...rules.map((rule) => byRule.get(rule) ?? 0),
        percent(doubted, values, 2),
      ])
    }
    table(['folder', 'series', 'values', ...rules, 'suspect or bad'], rows)

    const known = await measureKnownFaults(collection)
    table(
      ['known fault', 'values', 'flagged', 'share', 'rules'],
      known.map(({ fault, values, found, rules: by }) => [fault, values, found, percent(found, values), by]),
    )

    let all = 0
    let doubted = 0
    const soundRows: (string | number)[][] = []
    for (const [series, except] of sound) {
      const spans = except.map(([from, to]): [number, number] => [localDay(from), localDay(to) + 86_400_000])
      const counts = await countFlags(collection, [series], spans)
      all += counts.values
      doubted += counts.doubted
      const by = [...counts.byRule]
        .filter(([rule]) => rule !== 'straight-line')
        .map(([rule, n]) => `${rule} ${n}`)
      soundRows.push([
        series,
        counts.values,
        counts.doubted,
        percent(counts.doubted, counts.values, 3),
        by.join(', '),
      ])
    }
    soundRows.push(['all', all, doubted, percent(doubted, all, 3), ''])
    table(['series believed sound', 'values', 'suspect or bad', 'false-alarm rate', 'rules'], soundRows)

    const clean = sound.filter(([, except]) => except.length === 0).map(([series]) => series)
    const injected = await measureInjected(collection, clean, eachSize)
    table(
      ['fault put in', 'size', 'faults', 'found', 'detection rate', 'of their values flagged'],
      injected.map(({ kind, size, injected: n, found, flaggedShare }) => [
        kind,
        size,
        n,
        found,
        percent(found, n, 0),
        percent(flaggedShare, 1, 0),
      ]),
    )
  } finally {
    await collection.close()
  }
}

if (recordsMissing) console.error(`Nothing to measure: ${recordsMissing}`)
else await report()
