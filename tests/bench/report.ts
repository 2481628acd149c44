/** What a benchmark prints: a table for people, and with --json one last line for programs. */
import { cpus, totalmem } from 'node:os'

export type Result = {
  id: string
  ratio: number
  goal: number
  better: 'higher' | 'lower'
  detail: Record<string, number | string>
}

export function machine(): string {
  const list = cpus()
  return `${list.length} x ${list[0]?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`
}

export function isMet({ ratio, goal, better }: Result): boolean {
  return better === 'higher' ? ratio >= goal : ratio <= goal
}

/** Prints the results; the JSON line comes last and alone. */
export function report(bench: string, results: Result[], json: boolean): void {
  console.log(`\n${bench} on ${machine()}\n`)
  const width = Math.max(...results.map(({ id }) => id.length))
  for (const result of results) {
    const detail = Object.entries(result.detail).map(
      ([name, value]) => `${name} ${typeof value === 'number' ? round(value) : value}`,
    )
    const goal = `${result.better === 'higher' ? '>=' : '<='} ${result.goal}`
    console.log(
      `${result.id.padEnd(width)}  ${result.ratio.toFixed(2).padStart(6)}  ${goal.padEnd(7)} ${isMet(result) ? 'met   ' : 'MISSED'}  ${detail.join(', ')}`,
    )
  }
  if (!json) return
  const line = results.map(({ id, ratio, goal, detail }) => ({
    id,
    ratio: Number(ratio.toFixed(3)),
    goal,
    detail,
  }))
  console.log(JSON.stringify({ bench, machine: machine(), results: line }))
}

function round(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 100) / 100
}

/** Milliseconds an action takes. */
export async function timed(action: () => unknown): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
