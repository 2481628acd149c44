/** Newest values of 6,000 series in one call, against the rate of the same server for a static buffer of that size. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import autocannon from 'autocannon'
import { writeRecords } from '../../apps/node/records/write.ts'
import { storeParts } from '../../apps/node/take-in/batch.ts'
import type { BenchNode } from './bench-node.ts'
import { median, type Result } from './report.ts'

const series = 6000
const seconds = 4
const rounds = 3

export async function latestValues(node: BenchNode, say: (text: string) => void): Promise<Result> {
  say(`Making ${series} series with a newest value`)
  await makeSeries(node)
  const { url } = await node.serve()
  const address = `${url}/api/latest`
  const answer = await fetch(address, { headers: { 'accept-encoding': 'identity' } })
  const body = Buffer.from(await answer.arrayBuffer())
  const held = (JSON.parse(body.toString('utf8')) as { latest: unknown[] }).latest.length
  if (held < series) throw new Error(`/api/latest holds ${held} series, not ${series}`)
  const still = await startStatic(body.length)
  try {
    const ours: number[] = []
    const statics: number[] = []
    for (let round = 0; round < rounds; round++) {
      statics.push(await rateOf(still.url))
      ours.push(await rateOf(address))
    }
    return {
      id: 'latest-vs-static',
      ratio: median(ours) / median(statics),
      goal: 0.7,
      better: 'higher',
      detail: {
        series: held,
        bytes: body.length,
        'requests/s': median(ours),
        'static requests/s': median(statics),
      },
    }
  } finally {
    still.stop()
  }
}

async function makeSeries({ context }: BenchNode): Promise<void> {
  const numbers = Array.from({ length: series }, (_, i) => i)
  const owner = context.journal.node
  const stationFields = {
    name: { en: 'Benchmark' },
    party: 'la',
    stationType: 'other',
    timeZone: 'Asia/Vientiane',
  }
  await writeRecords(context, 'bench', [{ kind: 'station', id: 'BENCH', owner, fields: stationFields }])
  const fields = {
    station: 'BENCH',
    property: 'water-level',
    unit: 'm',
    aggregation: 'instantaneous',
    origin: 'simulated',
    audience: 'public',
  }
  const idOf = (n: number) => `BENCH.water-level.b${n}`
  await writeRecords(
    context,
    'bench',
    numbers.map((n) => ({ kind: 'series', id: idOf(n), owner, fields: { ...fields, procedure: `b${n}` } })),
  )
  const times = Float64Array.of(Math.floor(Date.now() / 60_000) * 60_000)
  await storeParts(
    context,
    { author: 'bench' },
    numbers.map((n) => ({
      series: idOf(n),
      audience: 'public' as const,
      rules: [],
      times,
      values: Float64Array.of(n / 100),
    })),
  )
}

/** Requests a second over ten connections. */
async function rateOf(url: string): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    connections: 10,
    duration: seconds,
    headers: { 'accept-encoding': 'identity' },
  })
  if (non2xx || errors) throw new Error(`${url}: ${non2xx} refusals, ${errors} errors`)
  return requests.average
}

/** The same server program in a process of its own, with one route that sends one buffer. */
async function startStatic(bytes: number): Promise<{ url: string; stop(): void }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'static-server.ts'), String(bytes)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: line.toString('utf8').trim(), stop: () => child.kill() }
}
