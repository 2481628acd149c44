/** Hears from the database when the journal has grown (NOTIFY lanmei_journal), whichever process wrote; connects again by itself. */

import pg from 'pg'
import type { Logger } from 'pino'

export type Growth = {
  /** Calls back with the new size; several entries may come as one call. Gives the function that ends it. */
  onGrowth(listener: (size: number) => void): () => void
  close(): Promise<void>
}

const againMs = 2000

/** Opens the listening connection; with `listen` false nothing is ever heard. */
export async function watchGrowth(url: string, log: Logger, listen: boolean): Promise<Growth> {
  const listeners = new Set<(size: number) => void>()
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false

  const tell = (size: number) => {
    for (const listener of listeners) {
      try {
        listener(size)
      } catch (error) {
        log.error({ err: error }, 'A listener to the journal failed')
      }
    }
  }
  const lost = (error: Error) => {
    if (closed || timer) return
    log.warn({ err: error }, 'The connection that hears from the database was lost')
    client?.end().catch(() => {})
    client = undefined
    timer = setTimeout(() => {
      timer = undefined
      connect().then(catchUp).catch(lost)
    }, againMs)
    timer.unref()
  }
  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'lanmei growth', keepAlive: true })
    fresh.on('error', lost)
    fresh.on('end', () => lost(new Error('the connection ended')))
    fresh.on('notification', ({ payload }) => {
      const size = sizeIn(payload)
      if (size !== undefined) tell(size)
    })
    await fresh.connect()
    await fresh.query('LISTEN lanmei_journal')
    client = fresh
  }
  /** What was said while nobody listened. */
  const catchUp = async () => {
    const result = await client?.query('SELECT size FROM journal_head')
    if (result?.rows[0]) tell(Number(result.rows[0].size))
  }

  if (listen) await connect()
  return {
    onGrowth(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end()
    },
  }
}

function sizeIn(payload: string | undefined): number | undefined {
  try {
    const { size } = JSON.parse(payload ?? '')
    return Number.isSafeInteger(size) ? size : undefined
  } catch {
    return undefined
  }
}
