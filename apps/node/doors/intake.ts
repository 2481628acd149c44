/** Uploads, loads and their notices over HTTP. */
import { loadsGet, loadsList, uploadLoad, uploadPreview } from '@lanmei/api/contract/intake'
import { notices as noticesRoute } from '@lanmei/api/contract/observations'
import type { AnswerOf } from '@lanmei/api/route'
import { type NoticeCode, noticeCodes, severityOf } from '@lanmei/model/notice'
import { problem } from '@lanmei/model/problem'
import { readerById } from '@lanmei/standards/readers'
import { addLoad, type LoadRow, listLoads, listNotices, type NoticeRow, readLoad } from '@lanmei/store/loads'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import type { LoadRequest } from '../jobs/load-job.ts'
import type { Jobs } from '../jobs/queue.ts'
import { previewUpload } from '../uploads/preview.ts'
import { cleanName, type Uploads } from '../uploads/uploads.ts'
import { numbersIn } from './cursor.ts'

export function intakeDoors(context: Context, uploads: Uploads, jobs: Jobs): Binding[] {
  const { pool } = context.store
  return [
    bind(uploadPreview, async ({ parameters }) => previewUpload(context, await uploads.find(parameters.id))),
    bind(uploadLoad, async ({ parameters, body, asker }) => {
      const upload = await uploads.find(parameters.id)
      if (!upload.complete)
        throw problem('conflict', { upload: upload.id, reason: 'it has not arrived whole' })
      if (body.format !== undefined && !readerById(body.format))
        throw problem('format-unknown', { format: body.format })
      const name = cleanName(body.name ?? upload.name)
      const request: LoadRequest = { ...body, name, path: upload.path }
      const load = await addLoad(pool, {
        name,
        door: 'upload',
        author: asker.author,
        bytes: upload.sizeBytes,
        request: request as unknown as Record<string, unknown>,
      })
      await jobs.send('load', { load })
      return { load }
    }),
    bind(loadsList, async ({ query: { cursor, limit = 100 } }) => {
      const [before] = numbersIn(cursor, 1) ?? []
      const rows = await listLoads(pool, before, limit)
      const last = rows.at(-1)
      return {
        loads: rows.map(shownLoad),
        ...(last && rows.length === limit ? { next: String(last.id) } : {}),
      }
    }),
    bind(loadsGet, async ({ parameters }) => {
      const row = await readLoad(pool, parameters.load)
      if (!row) throw problem('not-found', { load: parameters.load })
      return shownLoad(row)
    }),
    bind(noticesRoute, async ({ query: { load, code, cursor, limit = 100 } }) => {
      const [afterLoad, afterNumber] = numbersIn(cursor, 2) ?? []
      const after = afterLoad === undefined ? undefined : ([afterLoad, afterNumber] as const)
      const rows = await listNotices(pool, { load, code }, after, limit)
      const last = rows.at(-1)
      return {
        notices: rows.map(shownNotice),
        ...(last && rows.length === limit ? { next: `${last.load}.${last.number}` } : {}),
      }
    }),
  ]
}

function shownLoad(row: LoadRow): AnswerOf<typeof loadsGet> {
  const { id, name, door, author, state, bytes, bytesRead, counts } = row
  return {
    id,
    name,
    door,
    author,
    state: state as never,
    bytes,
    bytesRead,
    counts,
    ...(row.startedAt ? { startedAt: row.startedAt.toISOString() } : {}),
    ...(row.endedAt ? { endedAt: row.endedAt.toISOString() } : {}),
    ...(row.problem ? { problem: row.problem } : {}),
  }
}

function shownNotice({ number: _, at, ...row }: NoticeRow): AnswerOf<typeof noticesRoute>['notices'][number] {
  const known = Object.entries(row).filter(([, value]) => value !== null)
  const severity = row.code in noticeCodes ? severityOf(row.code as NoticeCode) : 'info'
  return { ...(Object.fromEntries(known) as typeof row), severity, at: at.toISOString() }
}
