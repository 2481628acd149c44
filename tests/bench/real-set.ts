/** Loading the collection of real readings beside the checkout, against a bare COPY of the rows it comes to. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { bareCopy, dumpRows } from './bare-copy.ts'
import type { BenchNode } from './bench-node.ts'
import { timed } from './report.ts'

const hydro = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'hydro')
const folders = [
  'mrc-export-2023',
  'mrc-export-2024',
  'mrc-export-2025',
  'fmmp-2000-2014',
  'tonle-sap',
  'delta-subdaily',
  'historic-daily-1924-2002',
]

/** Figures for the detail of a result; says so where the collection is not there. */
export async function realSet(
  node: BenchNode,
  say: (text: string) => void,
): Promise<Record<string, number | string>> {
  const paths = folders.map((folder) => join(hydro, folder))
  if (!paths.every((path) => existsSync(path))) return { 'real set': 'not beside the checkout' }
  say('Loading the collection of real readings')
  const { pool } = node.context.store
  const { size } = (await pool.query('SELECT size FROM journal_head')).rows[0]
  await pool.query('CHECKPOINT')
  let stored = 0
  const loadMs = await timed(async () => {
    stored = (await node.load(paths)).counts.stored
  })
  const dump = join(node.folder, 'real.copy')
  await dumpRows(node.context.store, `entry >= ${size}`, dump)
  const bareMs = await bareCopy(node.context.store, dump)
  return { 'real rows': stored, 'real rows/s': (stored / loadMs) * 1000, 'real ratio': bareMs / loadMs }
}
