/** Resumable uploads (tus 1.0): files come in pieces into data/uploads, are kept for some time, and are known by a name nobody can guess. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { problem } from '@lanmei/model/problem'
import { FileStore } from '@tus/file-store'
import { Server } from '@tus/server'
import type { Context } from '../context.ts'

export const uploadsPath = '/api/uploads/files'

export type Upload = {
  id: string
  name: string
  sizeBytes: number
  receivedBytes: number
  complete: boolean
  path: string
}
export type Uploads = {
  readonly tus: Server
  /** @throws not-found */
  find(id: string): Promise<Upload>
  close(): void
}

const idPattern = /^[a-f0-9]{32}$/
const cleanEveryMs = 3_600_000

export function openUploads({ config, log }: Context): Uploads {
  const folder = join(config.data, 'uploads')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const datastore = new FileStore({
    directory: folder,
    expirationPeriodInMilliseconds: config.uploadKeepHours * 3_600_000,
  })
  const tus = new Server({
    path: uploadsPath,
    datastore,
    maxSize: config.uploadMaximumMb * 1024 * 1024,
    relativeLocation: true,
    // Pages of other sites have no business here.
    allowedOrigins: () => false,
    getFileIdFromRequest: (_request, last) => (last && idPattern.test(last) ? last : undefined),
  })
  const clean = () =>
    tus.cleanUpExpiredUploads().catch((error) => log.warn({ err: error }, 'Old uploads could not be removed'))
  const timer = setInterval(clean, cleanEveryMs)
  timer.unref()
  return {
    tus,
    async find(id) {
      if (!idPattern.test(id)) throw problem('not-found', { upload: id })
      const upload = await datastore.getUpload(id).catch(() => {
        throw problem('not-found', { upload: id })
      })
      return {
        id,
        name: nameOf(upload.metadata),
        sizeBytes: upload.size ?? upload.offset,
        receivedBytes: upload.offset,
        complete: upload.size !== undefined && upload.offset >= upload.size,
        path: join(folder, id),
      }
    },
    close: () => clearInterval(timer),
  }
}

/** The name its sender gave, with folders where they were sent, as plain text of bounded length. */
function nameOf(metadata: Record<string, string | null> | undefined): string {
  const given = metadata?.relativePath || metadata?.filename || metadata?.name || 'upload'
  return cleanName(given)
}

/** A name safe to show and to keep: no control characters, no way up, 400 characters at most. */
export function cleanName(given: string): string {
  const parts = given
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .split(/[\\/]+/)
    .filter((part) => part !== '' && part !== '.' && part !== '..')
  return parts.join('/').slice(-400) || 'upload'
}
