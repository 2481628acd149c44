/** Starts the node from the settings in the environment; Ctrl-C stops it. */
import { isProblem } from '@lanmei/model/problem'
import { type Config, readConfig } from './config.ts'
import { newLog } from './context.ts'
import { startNode } from './node.ts'

const stopWithinMs = 25_000

/** For people; the log is for programs. */
function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`)
}

function complain(error: unknown): void {
  const { code, port } = error as { code?: string; port?: number }
  if (isProblem(error) && error.code === 'setting-unknown')
    say(`There is no setting ${error.details.name}. Did you mean ${error.details.nearest}?`)
  else if (isProblem(error)) say(error.message)
  else if (code === 'EADDRINUSE')
    say(`Port ${port} is taken by another program. Set LANMEI_PORT to another one.`)
  else say(`The node could not start: ${error instanceof Error ? (error.stack ?? error.message) : error}`)
}

let config: Config
try {
  config = readConfig(process.env)
} catch (error) {
  complain(error)
  process.exit(1)
}

const log = newLog(config)
let stopping = false

const stop = (signal: NodeJS.Signals) => {
  if (stopping) {
    say('Stopped at once.')
    process.exit(130)
  }
  stopping = true
  say(`Stopping (${signal}); once more stops at once.`)
  // What hangs must not keep the machine from going down: the state on disk is enough to start again.
  setTimeout(() => process.exit(1), stopWithinMs).unref()
  // Also while it is still starting: what is half open is opened and then closed, so that no database is left running.
  starting.then(
    async (node) => {
      await node.stop()
      say('Stopped.')
      process.exit(0)
    },
    () => process.exit(1),
  )
}
const starting = startNode(config, { log })
process.on('SIGINT', stop)
process.on('SIGTERM', stop)

for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error: unknown) => {
    log.fatal({ err: error }, 'Something unforeseen; the node ends and can be started again')
    process.exit(1)
  })

try {
  const node = await starting
  const setUp = node.setUp.address()
  if (!stopping)
    say(`Lanmei is ready: ${node.address}${setUp ? `\nFirst set-up, for this start only: ${setUp}` : ''}`)
  if (node.broker.url) log.info({ url: node.broker.url }, 'MQTT')
} catch (error) {
  complain(error)
  process.exit(1)
}
