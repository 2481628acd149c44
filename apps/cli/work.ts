/** Starts the node's own work as a child process and passes on what it says; it ends with us, however we end. */
import { fork } from 'node:child_process'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Notice } from '@lanmei/model/notice'

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

export type Counts = {
  read: number
  stored: number
  unchanged: number
  revised: number
  refused: number
  notices: Record<string, number>
}
export type Unit = 'bytes' | 'entries' | 'rows' | 'series'
/** What the work tells; the same shapes stand in apps/node/work/messages.ts. */
export type Message =
  | {
      type: 'progress'
      label: string
      done: number
      total: number
      unit: Unit
      counts?: Counts
    }
  | { type: 'notice'; notice: Notice }
  | { type: 'say'; code: string }
  | { type: 'result'; result: Record<string, unknown> }
  | { type: 'problem'; code: string; details: Record<string, unknown>; message: string }

export type Ended = {
  result?: Record<string, unknown>
  problem?: Message & { type: 'problem' }
  killed: boolean
  how: string
}

/** Runs a command of the node; `onMessage` hears everything but the end. */
export function runWork(
  command: string,
  request: Record<string, unknown>,
  onMessage: (message: Message) => void,
  onStopping: () => void,
): Promise<Ended> {
  const env = { ...process.env }
  // `npm start` runs in the checkout: a relative folder means the same one here, wherever the user stands.
  env.LANMEI_DATA = resolve(root, env.LANMEI_DATA?.trim() || './data')
  const child = fork(join(root, 'apps', 'node', 'work.ts'), [JSON.stringify({ command, request })], {
    env,
    execArgv: [],
    stdio: ['ignore', 2, 2, 'ipc'],
  })
  let result: Record<string, unknown> | undefined
  let problem: (Message & { type: 'problem' }) | undefined
  let interrupts = 0
  let killed = false
  const interrupt = () => {
    interrupts++
    if (interrupts === 1) {
      onStopping()
      if (child.connected) child.send({ type: 'stop' })
    } else {
      killed = true
      child.kill('SIGKILL')
    }
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  child.on('message', (message: Message) => {
    if (message.type === 'result') result = message.result
    else if (message.type === 'problem') problem = message
    else onMessage(message)
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code, signal) => {
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', interrupt)
      done({ result, problem, killed, how: signal ?? `status ${code}` })
    })
  })
}
