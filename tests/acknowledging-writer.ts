/**
 * For the crash test: stores batch after batch and says the number of each on standard output once it is durable. Each batch
 * brings new values to three series; every third also revises those of the batch before.
 */
import { writeSync } from 'node:fs'
import { type Part, storeParts } from '@lanmei/node/take-in/batch'
import { openBeside } from './command-line.ts'

export const writerSeries = ['W1', 'W2', 'W3']
export const rowsPerBatch = 40
const minute = 60_000
export const writerStartMs = Date.UTC(2023, 0, 1)

/** Value of row `i` of a batch, and after its revision. */
export function plannedValue(batch: number, i: number, revised: boolean): number {
  return batch + i / 100 + (revised ? 0.001 : 0)
}
/** Whether a batch revises the one before it. */
export function revises(batch: number): boolean {
  return batch > 0 && batch % 3 === 0
}

/** What a batch brings to a series. */
export function partOf(series: string, batch: number): Part {
  const first = revises(batch) ? batch - 1 : batch
  const count = (batch - first + 1) * rowsPerBatch
  const rows = Array.from({ length: count }, (_, n) => ({
    of: first + Math.floor(n / rowsPerBatch),
    i: n % rowsPerBatch,
  }))
  return {
    series,
    audience: 'public',
    rules: [{ kernel: 'quality/range', parameters: { minimum: 0, maximum: 100 }, severity: 'suspect' }],
    times: Float64Array.from(rows, ({ of, i }) => writerStartMs + (of * rowsPerBatch + i) * minute),
    values: Float64Array.from(rows, ({ of, i }) => plannedValue(of, i, of < batch)),
  }
}

if (import.meta.main) {
  const [folder, from] = process.argv.slice(2)
  const context = await openBeside(folder)
  for (let batch = Number(from); ; batch++) {
    await storeParts(
      context,
      { author: 'key:logger', reason: 'second reading' },
      writerSeries.map((series) => partOf(series, batch)),
    )
    writeSync(1, `${batch}\n`)
  }
}
