/** Transfers of files by the open tus protocol: resumed after a broken line or a reload, two at a time. */
import { useCallback, useEffect, useReducer, useRef } from 'react'
import type { Upload } from 'tus-js-client'
import type { Refusal } from '../../shell/doors.ts'
import type { Found } from './dropped.ts'
import { changed, kept, readKept, type Transfer } from './present.ts'

const keptAs = 'lanmei-uploads'
const atATime = 2
const pieceBytes = 8 * 1024 * 1024
const tus = () => import('tus-js-client')

export type Transfers = {
  list: Transfer[]
  add(found: readonly Found[]): void
  stop(key: string): void
  goOn(key: string): void
  remove(key: string): void
  set(key: string, to: Partial<Transfer>): void
}

export function useTransfers(): Transfers {
  const [list, change] = useReducer(changed, [])
  const uploads = useRef(new Map<string, Upload>())
  const ready = useRef(false)

  // What was there before the page was left: whole files from our own list, broken ones from that of tus.
  useEffect(() => {
    for (const transfer of readKept(localStorage.getItem(keptAs)).reverse()) change({ type: 'add', transfer })
    ready.current = true
    tus().then(async ({ defaultOptions }) => {
      const storage = (defaultOptions as { urlStorage?: { findAllUploads(): Promise<Previous[]> } })
        .urlStorage
      for (const one of (await storage?.findAllUploads()) ?? [])
        change({ type: 'add', transfer: lostTransfer(one) })
    })
  }, [])
  useEffect(() => {
    if (ready.current) localStorage.setItem(keptAs, kept(list))
  }, [list])

  const sending = list.filter(({ state }) => state === 'sending').length
  const waiting = list.find(({ state, key }) => state === 'waiting' && uploads.current.has(key))?.key
  useEffect(() => {
    if (sending >= atATime || waiting === undefined) return
    change({ type: 'set', key: waiting, to: { state: 'sending', refusal: undefined } })
    begin(uploads.current.get(waiting))
  }, [sending, waiting])

  const add = useCallback(async (found: readonly Found[]) => {
    const { Upload } = await tus()
    for (const { file, name } of found.toReversed()) {
      const key = `${name}\n${file.size}`
      const set = (to: Partial<Transfer>) => change({ type: 'set', key, to })
      let since: Transfer['since']
      const upload = new Upload(file, {
        endpoint: new URL('/api/uploads/files', window.location.href).href,
        chunkSize: pieceBytes,
        retryDelays: [0, 1000, 3000, 10_000, 30_000],
        removeFingerprintOnSuccess: true,
        metadata: { filename: file.name, relativePath: name },
        onProgress(sentBytes) {
          since ??= { ms: Date.now(), bytes: sentBytes }
          set({ sentBytes, since })
        },
        onError: (error) => set({ state: 'stopped', refusal: refusalIn(error) }),
        onSuccess: () =>
          set({
            state: 'arrived',
            sentBytes: file.size,
            upload: upload.url?.split('/').pop(),
            refusal: undefined,
          }),
      })
      uploads.current.set(key, upload)
      change({
        type: 'add',
        transfer: { key, name, sizeBytes: file.size, sentBytes: 0, state: 'waiting' },
      })
    }
  }, [])

  return {
    list,
    add,
    set: (key, to) => change({ type: 'set', key, to }),
    stop(key) {
      uploads.current.get(key)?.abort()
      change({ type: 'set', key, to: { state: 'stopped', since: undefined } })
    },
    goOn: (key) => change({ type: 'set', key, to: { state: 'waiting', refusal: undefined } }),
    remove(key) {
      uploads.current.get(key)?.abort()
      uploads.current.delete(key)
      forget(key)
      change({ type: 'remove', key })
    },
  }
}

async function begin(upload: Upload | undefined) {
  if (!upload) return
  const [previous] = await upload.findPreviousUploads()
  if (previous) upload.resumeFromPreviousUpload(previous)
  upload.start()
}

type Previous = { size: number | null; metadata: Record<string, string>; urlStorageKey: string }

function lostTransfer({ size, metadata }: Previous): Transfer {
  const name = metadata.relativePath || metadata.filename || ''
  const sizeBytes = size ?? 0
  return { key: `${name}\n${sizeBytes}`, name, sizeBytes, sentBytes: 0, state: 'lost' }
}

async function forget(key: string) {
  const { defaultOptions } = await tus()
  const storage = (
    defaultOptions as {
      urlStorage?: { findAllUploads(): Promise<Previous[]>; removeUpload(key: string): Promise<void> }
    }
  ).urlStorage
  for (const one of (await storage?.findAllUploads()) ?? [])
    if (lostTransfer(one).key === key) await storage?.removeUpload(one.urlStorageKey)
}

function refusalIn(error: Error): Refusal {
  const answer = (error as { originalResponse?: { getBody(): string; getStatus(): number } | null })
    .originalResponse
  if (!answer) return { code: 'unreachable', details: {} }
  try {
    const { code, ...details } = JSON.parse(answer.getBody()) as { code: string }
    return { code, details }
  } catch {
    return { code: answer.getStatus() === 413 ? 'too-large' : 'internal', details: {} }
  }
}
