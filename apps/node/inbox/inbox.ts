/** The watched folder: what is put there is loaded and moved aside with its report. Its state is the folder itself, so a restart loses nothing. */
import { mkdirSync, watch } from 'node:fs'
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { formatInstant } from '@lanmei/model/instant'
import type { Notice } from '@lanmei/model/notice'
import { addLoad } from '@lanmei/store/loads'
import type { Context } from '../context.ts'
import { runTrackedLoad, type TrackedResult } from '../jobs/tracked-load.ts'
import type { Services } from '../status/part-states.ts'
import { fileSource } from '../take-in/sources.ts'

export type Inbox = { close(): Promise<void> }
export type InboxOptions = { pollMs?: number; stableMs?: number }

const author = 'program:inbox'
const done = 'done'
const refused = 'refused'
const mostNotices = 1000

/** Watches the folder; files are taken one after the other, once they have not changed for two seconds. */
export function openInbox(
  context: Context,
  folder: string,
  services: Services,
  { pollMs = 5000, stableMs = 2000 }: InboxOptions = {},
): Inbox {
  for (const name of [done, refused]) mkdirSync(join(folder, name), { recursive: true })
  const closing = new AbortController()
  let wake = () => {}
  // Polling is what counts (network folders tell nothing); the watcher only makes it quicker.
  const watcher = watch(folder, () => wake())
  watcher.on('error', () => {})

  const round = async () => {
    for (const path of await waitingFiles(folder, stableMs)) {
      if (closing.signal.aborted || !context.disk.state().takingIn) return
      await takeFile(context, folder, path, () => closing.signal.aborted)
    }
  }
  const running = (async () => {
    while (!closing.signal.aborted) {
      try {
        await round()
        services.report('inbox', 'ok', folder)
      } catch (error) {
        context.log.error({ err: error }, 'The inbox could not be worked through')
        services.report('inbox', 'failed', (error as Error).message)
      }
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      await Promise.race([
        sleep(pollMs, undefined, { signal: closing.signal, ref: false }).catch(() => {}),
        woken.then(() =>
          sleep(stableMs + 50, undefined, { signal: closing.signal, ref: false }).catch(() => {}),
        ),
      ])
    }
  })()
  return {
    async close() {
      closing.abort()
      watcher.close()
      await running
    },
  }
}

/** Files that have not changed for a while, oldest first; folders inside are looked into, `done` and `refused` are not. */
async function waitingFiles(folder: string, stableMs: number): Promise<string[]> {
  const found: { path: string; at: number }[] = []
  const entries = await readdir(folder, { withFileTypes: true, recursive: true })
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name)
    const [top] = relative(folder, path).split(/[\\/]/)
    if (!entry.isFile() || top === done || top === refused) continue
    if (entry.name.startsWith('.') || /\.(part|tmp|crdownload)$/i.test(entry.name)) continue
    const { mtimeMs, ctimeMs } = await stat(path)
    const at = Math.max(mtimeMs, ctimeMs)
    if (Date.now() - at >= stableMs) found.push({ path, at })
  }
  return found.sort((a, b) => a.at - b.at).map(({ path }) => path)
}

async function takeFile(
  context: Context,
  folder: string,
  path: string,
  shouldStop: () => boolean,
): Promise<void> {
  const name = relative(folder, path)
  const { size } = await stat(path)
  const id = await addLoad(context.store.pool, { name, door: 'inbox', author, bytes: size })
  const notices: Notice[] = []
  const ended = await runTrackedLoad(context, {
    id,
    sources: [fileSource(path, name)],
    author,
    shouldStop,
    options: { onNotice: (item) => notices.length < mostNotices && notices.push(item) },
  })
  // Stopped, or the disk is full: the file stays and is tried again.
  if (!ended || ended.state === 'interrupted') return
  const taken = ended.state === 'done' && (ended.result?.filesTaken ?? 0) > 0
  await moveAside(folder, path, taken ? done : refused, { id, name, ended, notices })
}

async function moveAside(
  folder: string,
  path: string,
  where: string,
  { id, name, ended, notices }: { id: number; name: string; ended: TrackedResult; notices: Notice[] },
): Promise<void> {
  const now = formatInstant(Date.now())
  const target = join(folder, where, ...(where === done ? [now.slice(0, 10)] : []), dirname(name))
  await mkdir(target, { recursive: true })
  // The number of the load keeps files of the same name apart.
  const file = join(target, `${id}-${basename(name)}`)
  const report = {
    load: id,
    name,
    at: now,
    state: ended.state,
    ...(ended.problem ? { problem: ended.problem } : {}),
    ...ended.result?.counts,
    notices: ended.result?.counts.notices ?? {},
    list: notices,
  }
  await writeFile(`${file}.report.json`, `${JSON.stringify(report, null, 2)}\n`)
  await rename(path, file)
}
