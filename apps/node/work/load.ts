/** `lanmei load`: station tables first, then the data, each as a load that the portal shows like any other. */
import { sep } from 'node:path'
import type { Notice } from '@lanmei/model/notice'
import { problem } from '@lanmei/model/problem'
import type { Source } from '@lanmei/model/reading'
import { readers } from '@lanmei/standards/readers'
import { readHouse } from '@lanmei/store/house'
import { addLoad } from '@lanmei/store/loads'
import type { Context } from '../context.ts'
import { runTrackedLoad } from '../jobs/tracked-load.ts'
import { seedReference } from '../seed/reference.ts'
import { type Counts, emptyCounts } from '../take-in/counts.ts'
import { type LoadOptions, type LoadProgress, type LoadResult, runLoad } from '../take-in/load.ts'
import { type FileSource, listSources } from '../take-in/sources.ts'
import type { Desk } from './messages.ts'

export type LoadRequest = {
  paths: string[]
  tables: string[]
  createStations?: boolean
  dryRun?: boolean
  reason?: string
  format?: string
  profile?: unknown
}
export type LoadEnd = { counts: Counts; filesTaken: number; files: number; stopped: boolean }

/** Examples of each notice that are passed on; the rest is counted. */
const examplesOfEach = 5
const author = 'command'

/** @throws path-missing, format-unknown before anything is read */
export async function load(context: Context, request: LoadRequest, desk: Desk): Promise<LoadEnd> {
  if (request.format && !readers.some(({ id }) => id === request.format))
    throw problem('format-unknown', {
      format: request.format,
      known: readers.map(({ id }) => id).join(', '),
    })
  const tables = listSources(request.tables)
  // The node's own files are no data to be taken in, also where somebody names the folder above them.
  const sources = listSources(request.paths).filter((source) => !isBelow(source, context.config.data))
  // The stations of the reference facts are found without a table, also in a node that was never started.
  if (!request.dryRun) await seedReference(context)
  else if ((await readHouse(context.store.pool, 'reference')) === undefined)
    desk.tell({ type: 'say', code: 'no-stations-yet' })
  const end: LoadEnd = {
    counts: emptyCounts(),
    filesTaken: 0,
    files: tables.length + sources.length,
    stopped: false,
  }
  const bytes = sizeOf(tables) + sizeOf(sources)
  const run = runner(context, request, desk, end, bytes)
  if (tables.length) await run(tables, request.tables, { stationTable: true })
  if (sources.length && !end.stopped)
    await run(sources, request.paths, {
      format: request.format ?? (request.profile ? 'profile-csv' : undefined),
      profile: request.profile,
    })
  return end
}

function isBelow(source: Source, folder: string): boolean {
  return ((source as Partial<FileSource>).path ?? '').startsWith(folder + sep)
}

function sizeOf(sources: Source[]): number {
  return sources.reduce((sum, source) => sum + (source.sizeBytes ?? 0), 0)
}

function runner(context: Context, request: LoadRequest, desk: Desk, end: LoadEnd, bytesTotal: number) {
  const told = new Map<string, number>()
  const onNotice = (item: Notice) => {
    const count = told.get(item.code) ?? 0
    told.set(item.code, count + 1)
    if (count < examplesOfEach) desk.tell({ type: 'notice', notice: item })
  }
  let bytesBefore = 0
  return async (sources: Source[], paths: string[], extra: Partial<LoadOptions>): Promise<void> => {
    const before = end.counts
    const onProgress = ({ file, bytesRead, counts }: LoadProgress) =>
      desk.tell({
        type: 'progress',
        label: file.split('/').at(-1) ?? file,
        done: bytesBefore + bytesRead,
        total: bytesTotal,
        unit: 'bytes',
        counts: sum(before, counts),
      })
    const { createStations, reason, dryRun } = request
    const options = { ...extra, createStations, reason, dryRun, onNotice, onProgress }
    const result = dryRun
      ? await runLoad(context, { ...options, sources, author, shouldStop: desk.stopped })
      : await tracked(context, sources, paths, options, desk)
    end.counts = sum(before, result.counts)
    end.filesTaken += result.filesTaken
    end.stopped = result.stopped
    bytesBefore += sizeOf(sources)
  }
}

/** The load with a row of its own, so that the portal shows it while it runs and after. */
async function tracked(
  context: Context,
  sources: Source[],
  paths: string[],
  options: Partial<LoadOptions>,
  desk: Desk,
): Promise<LoadResult> {
  const { pool } = context.store
  const id = await addLoad(pool, {
    name: nameOf(paths),
    door: 'command',
    author,
    bytes: sizeOf(sources),
  })
  const ended = await runTrackedLoad(context, {
    id,
    sources,
    author,
    shouldStop: desk.stopped,
    options,
  })
  if (!ended) throw problem('conflict', { reason: `Load ${id} is run by another process.` })
  if (!ended.result) throw ended.error
  return ended.result as LoadResult
}

function nameOf(paths: string[]): string {
  const short = paths.map((path) => path.split(/[\\/]/).at(-1) || path)
  return short.length > 4 ? `${short.slice(0, 4).join(', ')} and ${short.length - 4} more` : short.join(', ')
}

function sum(a: Counts, b: Counts): Counts {
  const notices = { ...a.notices }
  for (const [code, count] of Object.entries(b.notices)) notices[code] = (notices[code] ?? 0) + count
  return {
    read: a.read + b.read,
    stored: a.stored + b.stored,
    unchanged: a.unchanged + b.unchanged,
    revised: a.revised + b.revised,
    refused: a.refused + b.refused,
    notices,
  }
}
