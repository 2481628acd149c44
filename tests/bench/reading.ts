/** Reads of one year of 15-minute values, against COPY TO STDOUT of the same rows, and at ten times the rows. */
import { knownKeys } from '@lanmei/store/series-state'
import { copyOut } from './bare-copy.ts'
import type { BenchNode } from './bench-node.ts'
import { median, type Result, timed } from './report.ts'
import { firstMs, quarterHour, seriesIdOf } from './synthetic.ts'

/** Read time at a tenth of the rows, taken between the two halves of the load. */
export const atTenth: { ms?: number; rows?: number } = {}

const yearValues = 35_040
const from = new Date(firstMs).toISOString()
const to = new Date(firstMs + yearValues * quarterHour).toISOString()
const rounds = 40

function addressOf(url: string, series: string, format: string): string {
  return `${url}/api/series/${series}/observations?from=${from}&to=${to}&format=${format}`
}

/** Gets an answer whole, without compression, and says how large it is. */
async function get(address: string): Promise<number> {
  const answer = await fetch(address, { headers: { 'accept-encoding': 'identity' } })
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
  return (await answer.arrayBuffer()).byteLength
}

/** Milliseconds of one read: the quickest of several, since this one is compared with itself at another time. */
export async function oneYearRead(node: BenchNode, series: string, format = 'json'): Promise<number> {
  const { url } = await node.serve()
  const address = addressOf(url, series, format)
  const times: number[] = []
  for (let i = 0; i < rounds; i++) {
    const ms = await timed(() => get(address))
    if (i >= 10) times.push(ms)
  }
  return Math.min(...times)
}

export async function reading(node: BenchNode, rows: number, say: (text: string) => void): Promise<Result[]> {
  const series = seriesIdOf(0)
  const key = (await knownKeys(node.context.store.pool, [series])).get(series) as number
  const query = `SELECT time, value, flag FROM observation WHERE series = ${key} AND time >= '${from}' AND time < '${to}' ORDER BY time`
  const results: Result[] = []
  for (const format of ['json', 'binary'] as const) {
    say(`Reading a year of 15-minute values as ${format}`)
    const ours: number[] = []
    const copies: number[] = []
    const { url } = await node.serve()
    const address = addressOf(url, series, format)
    let bytes = 0
    // In turn, so that whatever else the machine does meets both alike.
    for (let i = 0; i < rounds; i++) {
      const copyMs = await timed(() => copyOut(node.context.store, query))
      const ourMs = await timed(async () => {
        bytes = await get(address)
      })
      if (i < 10) continue
      ours.push(ourMs)
      copies.push(copyMs)
    }
    results.push({
      id: `read-${format}-vs-copy-out`,
      ratio: median(copies) / median(ours),
      goal: 0.5,
      better: 'higher',
      detail: { values: yearValues, 'read ms': median(ours), 'COPY ms': median(copies), bytes },
    })
  }
  const now = await oneYearRead(node, series)
  results.push({
    id: 'read-10m-vs-1m',
    ratio: now / (atTenth.ms as number),
    goal: 1.2,
    better: 'lower',
    detail: {
      'ms at all rows': now,
      rows,
      'ms at a tenth': atTenth.ms as number,
      'rows at a tenth': atTenth.rows as number,
    },
  })
  return results
}
