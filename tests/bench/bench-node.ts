/** A node of its own for a benchmark: data in a temporary folder, server in a process of its own, no demonstration. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../apps/node/config.ts'
import { type Context, openContext } from '../../apps/node/context.ts'
import { type LoadResult, runLoad } from '../../apps/node/take-in/load.ts'
import { listSources } from '../../apps/node/take-in/sources.ts'

export type BenchNode = {
  folder: string
  context: Context
  /** Loads files as the command does; makes stations that are unknown. */
  load(paths: string[]): Promise<LoadResult>
  /** Starts the server once; gives its address and a key that may take values in. */
  serve(): Promise<{ url: string; key: string }>
  close(): Promise<void>
}

const root = join(import.meta.dirname, '..', '..')

export async function openBenchNode(folder: string, say: (text: string) => void): Promise<BenchNode> {
  const environment = {
    LANMEI_DATA: join(folder, 'data'),
    LANMEI_DEMO: 'off',
    LANMEI_LOG_LEVEL: 'error',
    LANMEI_MQTT_PORT: '0',
    LANMEI_JOBS: 'off',
    LANMEI_INBOX: 'off',
    LANMEI_READS_PER_MINUTE: '0',
    LANMEI_PORT: String(20_000 + (process.pid % 20_000)),
  }
  say('Starting a database of its own')
  const context = await openContext(readConfig(environment), { purpose: 'command' })
  let server: ChildProcess | undefined
  let served: { url: string; key: string } | undefined
  return {
    folder,
    context,
    load: (paths) => runLoad(context, { sources: listSources(paths), author: 'bench', createStations: true }),
    async serve() {
      if (served) return served
      const url = `http://localhost:${environment.LANMEI_PORT}`
      server = spawn(process.execPath, [join(root, 'apps', 'node', 'main.ts')], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const code = setUpCode(server)
      await ready(url, server)
      const key = await makeKey(url, await code)
      served = { url, key }
      return served
    },
    async close() {
      if (server && server.exitCode === null) {
        server.kill('SIGTERM')
        await once(server, 'exit')
      }
      await context.close()
    },
  }
}

async function ready(url: string, server: ChildProcess): Promise<void> {
  for (let i = 0; i < 600; i++) {
    if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`)
    const answer = await fetch(`${url}/health/ready`).catch(() => undefined)
    if (answer?.ok) return
    await sleep(100)
  }
  throw new Error('the server was not ready within a minute')
}

/** The code of the first set-up, out of what the server prints. */
function setUpCode(server: ChildProcess): Promise<string> {
  return new Promise((found) => {
    let text = ''
    server.stdout?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString('utf8')).slice(-10_000)
      const code = /set-up#code=([A-Za-z0-9_-]+)/.exec(text)?.[1]
      if (code) found(code)
    })
  })
}

/** Does the first set-up as an administrator would, and makes a key for a logger. */
async function makeKey(url: string, code: string): Promise<string> {
  const person = { email: 'bench@example.org', password: 'a long bench password' }
  const headers: Record<string, string> = { 'content-type': 'application/json', origin: url }
  const post = async (path: string, body: unknown) => {
    const answer = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return answer
  }
  await post('/api/set-up', { code, party: 'la', languages: ['en'], name: 'Bench', ...person })
  const signedIn = await post('/api/auth/sign-in/email', person)
  headers.cookie = signedIn.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
  const made = await post('/api/keys', { name: 'bench', duty: 'contributor' })
  return ((await made.json()) as { key: string }).key
}
