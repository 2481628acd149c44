/** Ingest through `load` and through the API, against a bare COPY of the same rows into the same table. */
import { join } from 'node:path'
import { bareCopy, dumpRows } from './bare-copy.ts'
import type { BenchNode } from './bench-node.ts'
import { atTenth, oneYearRead } from './reading.ts'
import { realSet } from './real-set.ts'
import { type Result, timed } from './report.ts'
import { firstMs, levelAt, quarterHour, rowsPerSeries, seriesIdOf, writeSynthetic } from './synthetic.ts'

const apiRows = 1_000_000
const apiBlock = 10_000

export async function ingest(node: BenchNode, rows: number, say: (text: string) => void): Promise<Result[]> {
  const count = Math.ceil(rows / rowsPerSeries)
  const numbers = Array.from({ length: count }, (_, i) => i)
  say(`Writing ${rows} synthetic rows`)
  const files = await writeSynthetic(node.folder, numbers, firstMs, rowsPerSeries)
  const tenth = Math.max(1, Math.round(count / 10))
  say('Loading the first tenth')
  await node.load(files.slice(0, tenth))
  atTenth.ms = await oneYearRead(node, seriesIdOf(0))
  atTenth.rows = tenth * rowsPerSeries
  say('Loading the rest')
  const { size } = (await node.context.store.pool.query('SELECT size FROM journal_head')).rows[0]
  await node.context.store.pool.query('CHECKPOINT')
  let stored = 0
  const loadMs = await timed(async () => {
    stored = (await node.load(files.slice(tenth))).counts.stored
  })
  say('Copying the same rows bare')
  const dump = join(node.folder, 'rows.copy')
  await dumpRows(node.context.store, `entry >= ${size}`, dump)
  const bareMs = await bareCopy(node.context.store, dump)
  const real = await realSet(node, say)
  const load: Result = {
    id: 'load-vs-copy',
    ratio: bareMs / loadMs,
    goal: 0.5,
    better: 'higher',
    detail: {
      rows: stored,
      'load rows/s': (stored / loadMs) * 1000,
      'COPY rows/s': (stored / bareMs) * 1000,
      ...real,
    },
  }
  return [load, await throughApi(node, count, dump, say)]
}

/** Blocks of ten thousand values by two connections at a time, as two busy collectors would send them. */
async function throughApi(
  node: BenchNode,
  before: number,
  dump: string,
  say: (text: string) => void,
): Promise<Result> {
  const { url, key } = await node.serve()
  const series = Math.ceil(apiRows / rowsPerSeries)
  const numbers = Array.from({ length: series }, (_, i) => before + i)
  // One value by file makes the series known; the API takes values of known series only.
  await node.load(await writeSynthetic(join(node.folder, 'seeds'), numbers, firstMs, 1))
  const bodies: string[] = []
  for (const number of numbers)
    for (let start = 1; start <= rowsPerSeries; start += apiBlock) {
      const times = Array.from({ length: apiBlock }, (_, i) => firstMs + (start + i) * quarterHour)
      bodies.push(
        JSON.stringify({
          blocks: [{ series: seriesIdOf(number), times, values: times.map((ms) => levelAt(number, ms)) }],
        }),
      )
    }
  say(`Sending ${series * rowsPerSeries} rows in ${bodies.length} requests`)
  await node.context.store.pool.query('CHECKPOINT')
  const { size } = (await node.context.store.pool.query('SELECT size FROM journal_head')).rows[0]
  let stored = 0
  let next = 0
  const send = async () => {
    while (next < bodies.length) {
      const body = bodies[next++]
      const answer = await fetch(`${url}/api/observations`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body,
      })
      if (answer.status !== 202) throw new Error(`the API answered ${answer.status}: ${await answer.text()}`)
      stored += ((await answer.json()) as { stored: number }).stored
    }
  }
  const apiMs = await timed(() => Promise.all([send(), send()]))
  await dumpRows(node.context.store, `entry >= ${size}`, dump)
  const bareMs = await bareCopy(node.context.store, dump)
  return {
    id: 'api-vs-copy',
    ratio: bareMs / apiMs,
    goal: 0.3,
    better: 'higher',
    detail: { rows: stored, 'API rows/s': (stored / apiMs) * 1000, 'COPY rows/s': (stored / bareMs) * 1000 },
  }
}
