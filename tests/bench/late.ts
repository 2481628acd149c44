/** Late data: 250,000 rows of two years ago that fill a gap, against as many fresh ones. */
import { join } from 'node:path'
import type { BenchNode } from './bench-node.ts'
import { median, type Result, timed } from './report.ts'
import { quarterHour, writeSynthetic } from './synthetic.ts'

const series = 10
const each = 25_000
const rounds = 4

export async function late(node: BenchNode, say: (text: string) => void): Promise<Result> {
  say('Loading late and fresh rows')
  const lateMs: number[] = []
  const freshMs: number[] = []
  const end = Math.floor(Date.now() / quarterHour) * quarterHour - quarterHour
  const freshFrom = end - each * quarterHour
  const lateFrom = freshFrom - 2 * 365 * 86_400_000
  for (let round = 0; round < rounds; round++) {
    const numbers = Array.from({ length: series }, (_, i) => 500_000 + round * series + i)
    const place = (part: string) => join(node.folder, `late-${round}-${part}`)
    // History on both sides of the gap: a year before it, and from its end to where the fresh rows begin.
    const before = 365 * 96
    await node.load(await writeSynthetic(place('before'), numbers, lateFrom - before * quarterHour, before))
    const between = Math.round((freshFrom - lateFrom) / quarterHour) - each
    await node.load(await writeSynthetic(place('between'), numbers, lateFrom + each * quarterHour, between))
    const fresh = await writeSynthetic(place('fresh'), numbers, freshFrom, each)
    const late = await writeSynthetic(place('late'), numbers, lateFrom, each)
    const run = async (files: string[], into: number[]) => {
      await node.context.store.pool.query('CHECKPOINT')
      into.push(await timed(async () => checkStored((await node.load(files)).counts.stored)))
    }
    // The order changes from round to round, so that neither always comes into a warm house.
    if (round % 2) {
      await run(late, lateMs)
      await run(fresh, freshMs)
    } else {
      await run(fresh, freshMs)
      await run(late, lateMs)
    }
  }
  const rows = series * each
  return {
    id: 'late-vs-fresh',
    // Pair by pair, since each pair ran in the same minute.
    ratio: median(freshMs.map((ms, round) => ms / lateMs[round])),
    goal: 0.9,
    better: 'higher',
    detail: {
      rows,
      'late rows/s': (rows / median(lateMs)) * 1000,
      'fresh rows/s': (rows / median(freshMs)) * 1000,
    },
  }
}

function checkStored(stored: number): void {
  if (stored !== series * each) throw new Error(`${stored} rows were stored, not ${series * each}`)
}
