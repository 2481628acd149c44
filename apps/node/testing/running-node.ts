/** For tests: a whole node with its own database in a temporary folder, and people of every duty to ask it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { duties } from '@lanmei/model/kinds/role'
import { pino } from 'pino'
import { readConfig } from '../config.ts'
import type { Job } from '../jobs/queue.ts'
import { type RunningNode, startNode } from '../node.ts'

export const password = 'a long enough password'
export const origin = 'http://localhost'

export type Asking = { method?: string; url: string; headers?: Record<string, string>; body?: unknown }
export type Answer = {
  status: number
  headers: Record<string, string | string[] | number | undefined>
  text: string
  json: Record<string, unknown>
}
export type TestNode = RunningNode & {
  readonly folder: string
  readonly logged: Record<string, unknown>[]
  ask(asking: Asking): Promise<Answer>
}

const opened: { node: RunningNode; folder: string }[] = []
after(async () => {
  for (const { node } of opened) await node.stop()
  for (const { folder } of opened) rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

/** Starts a node without demonstration, broker and portal. It is stopped and its folder removed after the tests of the file. */
export async function newNode(
  settings: Record<string, string> = {},
  options: { folder?: string; jobs?: Job[] } = {},
): Promise<TestNode> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'lanmei node '))
  const logged: Record<string, unknown>[] = []
  const log = pino({ level: 'info' }, { write: (line) => logged.push(JSON.parse(line)) })
  const config = readConfig({
    LANMEI_DATA: join(folder, 'data'),
    LANMEI_PORT: '0',
    LANMEI_HOST: '127.0.0.1',
    LANMEI_DEMO: 'off',
    LANMEI_MQTT_PORT: '0',
    LANMEI_INBOX: 'off',
    LANMEI_SIGN_INS_PER_MINUTE: '1000',
    LANMEI_READS_PER_MINUTE: '0',
    LANMEI_DISK_MINIMUM_MB: '0',
    ...settings,
  })
  const node = await startNode(config, { log, portal: join(folder, 'no portal'), jobs: options.jobs })
  opened.push({ node, folder })
  return { ...node, folder, logged, ask: (asking) => ask(node, asking) }
}

async function ask(
  { server }: RunningNode,
  { method = 'GET', url, headers = {}, body }: Asking,
): Promise<Answer> {
  const answer = await server.inject({
    method: method as 'GET',
    url,
    headers: {
      host: 'localhost',
      ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  let json: Record<string, unknown> = {}
  try {
    json = JSON.parse(answer.payload)
  } catch {
    // No JSON: the text is there.
  }
  return { status: answer.statusCode, headers: answer.headers, text: answer.payload, json }
}

export function setUpCode(node: RunningNode): string {
  return node.setUp.address()?.split('#code=')[1] ?? ''
}

export const administrator = { name: 'Administrator', email: 'admin@example.org', password }

/** Runs the first set-up for Laos. */
export async function setUpNode(node: TestNode): Promise<void> {
  const answer = await node.ask({
    method: 'POST',
    url: '/api/set-up',
    body: { code: setUpCode(node), party: 'la', languages: ['lo', 'en'], ...administrator },
  })
  if (answer.status !== 200) throw new Error(`set-up: ${answer.text}`)
}

/** Signs in with the password; gives the headers of a browser that is signed in. */
export async function signIn(node: TestNode, email: string): Promise<Record<string, string>> {
  const answer = await node.ask({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { origin },
    body: { email, password },
  })
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status} ${answer.text}`)
  return { cookie: cookieOf(answer), origin }
}

/** The cookies of an answer as a browser sends them back. */
export function cookieOf(answer: Answer): string {
  const set = answer.headers['set-cookie']
  return (Array.isArray(set) ? set : [String(set ?? '')]).map((line) => line.split(';')[0]).join('; ')
}

/** Headers for everybody who may ask: nobody, a person of each duty, a key of each duty. Needs a set-up node. */
export async function everybody(node: TestNode): Promise<Record<string, Record<string, string>>> {
  const admin = await signIn(node, administrator.email)
  const asking: Record<string, Record<string, string>> = { nobody: {}, administrator: admin }
  for (const duty of duties.filter((d) => d !== 'administrator')) {
    const email = `${duty}@example.org`
    await expectMade(
      node.ask({
        method: 'POST',
        url: '/api/people',
        headers: admin,
        body: { name: duty, email, password, roles: [`la-${duty}`] },
      }),
    )
    asking[duty] = await signIn(node, email)
  }
  for (const duty of ['reader', 'contributor']) {
    const { json } = await expectMade(
      node.ask({ method: 'POST', url: '/api/keys', headers: admin, body: { name: duty, duty } }),
    )
    asking[`key of a ${duty}`] = { authorization: `Bearer ${json.key}` }
  }
  return asking
}

async function expectMade(answering: Promise<Answer>): Promise<Answer> {
  const answer = await answering
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`)
  return answer
}
