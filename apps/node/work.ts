/** The node's work for the command line, as a process of its own: a request in the arguments, what came of it over the channel. */
import { isProblem } from '@lanmei/model/problem'
import { pino } from 'pino'
import { readConfig } from './config.ts'
import { openContext } from './context.ts'
import { storeFault } from './take-in/store-fault.ts'
import { commands } from './work/commands.ts'
import type { Desk, Message } from './work/messages.ts'
import { Stopped } from './work/stopped.ts'

let stopping = false
const desk: Desk = {
  tell: (message) => {
    if (process.connected) process.send?.(message)
  },
  stopped: () => stopping,
}
process.on('message', (message: { type?: string }) => {
  if (message.type === 'stop') stopping = true
})
// A terminal sends Ctrl-C to all of its group; who started us tells us what it means.
process.on('SIGINT', () => {})
process.on('SIGTERM', () => {
  stopping = true
})
process.on('disconnect', () => {
  stopping = true
  // The batch under way is finished first; what hangs longer would only keep the database busy.
  setTimeout(() => process.exit(1), 60_000).unref()
})

/** A message that must arrive: it has been handed over when this is done. */
function deliver(message: Message): Promise<void> {
  return new Promise((done) => {
    if (!process.connected || !process.send) done()
    else process.send(message, () => done())
  })
}

async function work(): Promise<void> {
  const { command, request } = JSON.parse(process.argv[2]) as { command: string; request: never }
  const config = readConfig(process.env)
  const level = process.env.LANMEI_LOG_LEVEL?.trim() || 'warn'
  const log = pino({ level, base: undefined }, pino.destination({ dest: 2, sync: true }))
  const run = commands[command]
  if ('alone' in run) {
    await deliver({ type: 'result', result: await (await run.alone())(config, log, request, desk) })
    return
  }
  const within = await run.within()
  const context = await openContext(config, { purpose: 'command', log })
  try {
    await deliver({ type: 'result', result: await within(context, request, desk) })
  } finally {
    await context.close()
  }
}

try {
  await work()
} catch (error) {
  process.exitCode = 1
  // What the machine did to the database is told as such, also to verify and rebuild.
  const known = isProblem(error) ? error : storeFault(error)
  if (error instanceof Stopped) await deliver({ type: 'result', result: { stopped: true } })
  else if (known)
    await deliver({
      type: 'problem',
      code: known.code,
      details: { ...known.details },
      message: known.message,
    })
  else {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    await deliver({ type: 'problem', code: 'internal', details: {}, message: text })
  }
}
if (process.connected) process.disconnect?.()
