/**
 * Benchmark of the observations: ingest, reads, newest values. Every figure is a ratio to what PostgreSQL or the bare server
 * does with the same rows in the same run. Usage: npm run bench -- observations [--json] [--rows 10000000] [--only id,id]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BenchNode, openBenchNode } from './bench-node.ts'
import { ingest } from './ingest.ts'
import { late } from './late.ts'
import { latestValues } from './latest.ts'
import { reading } from './reading.ts'
import { type Result, report } from './report.ts'

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '10000000' },
    only: { type: 'string' },
  },
})
const rows = Number(options.rows)
if (!(rows >= 200_000)) throw new Error('--rows must be at least 200000')
const only = options.only?.split(',')
const wanted = (...ids: string[]) => !only || ids.some((id) => only.includes(id))

const folder = mkdtempSync(join(tmpdir(), 'lanmei-bench-'))
const say = (text: string) => process.stderr.write(`${text}\n`)
let node: BenchNode | undefined
try {
  node = await openBenchNode(folder, say)
  const results: Result[] = []
  // The order matters: reads are taken at a tenth of the rows and again at all of them.
  results.push(...(await ingest(node, rows, say)))
  if (wanted('read-json-vs-copy-out', 'read-binary-vs-copy-out', 'read-10m-vs-1m'))
    results.push(...(await reading(node, rows, say)))
  if (wanted('late-vs-fresh')) results.push(await late(node, say))
  if (wanted('latest-vs-static')) results.push(await latestValues(node, say))
  report(
    'observations',
    results.filter(({ id }) => wanted(id)),
    options.json,
  )
} finally {
  await node?.close()
  rmSync(folder, { recursive: true, force: true })
}
