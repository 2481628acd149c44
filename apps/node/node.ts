/** A whole running node: opens context, queues, broker, inbox and web server in order, and closes them in the other. */
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { type Broker, openBroker } from './broker/broker.ts'
import type { Config } from './config.ts'
import { type Context, newLog, openContext } from './context.ts'
import { allDoors } from './doors/list.ts'
import { mount } from './http/mount.ts'
import { mountPortal } from './http/portal.ts'
import { answerUnknown, newServer } from './http/server.ts'
import { openInbox } from './inbox/inbox.ts'
import { jobsOf } from './jobs/list.ts'
import { resumeLoads } from './jobs/load-job.ts'
import { type Job, type Jobs, openJobs } from './jobs/queue.ts'
import { newIdentity } from './people/asker.ts'
import { watchIssuer } from './people/issuer-watch.ts'
import { openSetUp, type SetUp } from './people/set-up.ts'
import { reopenableSignIn } from './people/sign-in.ts'
import { mountSignIn } from './people/sign-in-door.ts'
import { signInSecret } from './people/sign-in-secret.ts'
import { growDemonstration } from './seed/demonstration.ts'
import { seedReference } from './seed/reference.ts'
import { newAlarms } from './status/alarms.ts'
import { isDemonstration } from './status/demonstration.ts'
import { newLastDay } from './status/hours.ts'
import { newMetrics } from './status/metrics.ts'
import { newServices } from './status/part-states.ts'
import { watchNode } from './status/watch.ts'
import { mountUploads } from './uploads/upload-door.ts'
import { openUploads } from './uploads/uploads.ts'

export type RunningNode = {
  readonly context: Context
  readonly server: FastifyInstance
  readonly jobs: Jobs
  readonly broker: Broker
  /** Where it answers, e.g. http://localhost:8080. */
  readonly address: string
  readonly setUp: SetUp
  /** Takes no new requests, lets running ones finish for some seconds, and closes everything. */
  stop(): Promise<void>
}
export type StartOptions = {
  log?: Logger
  /** Folder of the built portal. */
  portal?: string
  /** Work besides the node's own. */
  jobs?: readonly Job[]
}

const patienceMs = 5000

/** Starts a node. What was opened is closed again when a later step fails. */
export async function startNode(asked: Config, options: StartOptions = {}): Promise<RunningNode> {
  const config = await withPort(asked)
  const log = options.log ?? newLog(config)
  const closers: { name: string; close(): Promise<void> | void }[] = []
  const closing = <T extends { close(): Promise<void> | void }>(name: string, part: T): T => {
    closers.push({ name, close: () => part.close() })
    return part
  }
  let stopped: Promise<void> | undefined
  const closeAll = async () => {
    for (const { name, close } of closers.splice(0).reverse())
      await Promise.resolve(close()).catch((error) =>
        log.warn({ err: error, part: name }, 'Did not close properly'),
      )
  }
  const stop = () => (stopped ??= closeAll())
  try {
    const context = closing('context', await openContext(config, { purpose: 'server', log }))
    await seedReference(context)
    await firstDemonstration(context)
    const alarms = newAlarms(log)
    const services = newServices(alarms)
    const watch = closing('watch', watchNode(context, alarms, services))
    const metrics = closing('metrics', newMetrics())
    const broker = closing('broker', await openBroker(context, services))
    const work = config.jobs === 'on'
    const jobs = closing('jobs', await openJobs(context, [...jobsOf(context), ...(options.jobs ?? [])], work))
    services.report('jobs', work ? 'ok' : 'off')
    await resumeLoads(context, jobs)
    const uploads = closing('uploads', openUploads(context))
    if (config.inbox && work) closing('inbox', openInbox(context, config.inbox, services))
    else services.report('inbox', 'off')

    const signIn = reopenableSignIn({
      config: context.config,
      pool: context.store.pool,
      secret: await signInSecret(config.data),
      log,
    })
    closing('issuer', watchIssuer(config, services, signIn.reopen))
    const identity = newIdentity(context, signIn)
    const setUp = await openSetUp(context, signIn)
    const server = await newServer({ config, log, onAnswer: metrics.onAnswer })
    closing('server', { close: () => closeServer(server) })
    const tight = { max: config.signInsPerMinute, timeWindow: 60_000 }
    const sources = { alarms, services, watch, apiTaken: newLastDay(), apiRefused: newLastDay() }
    const doors = allDoors(context, { signIn, identity, setUp, metrics, sources, jobs, uploads })
    mount(server, doors, {
      identify: identity.identify,
      tight,
      checkTakingIn: context.disk.checkTakingIn,
    })
    mountSignIn(server, signIn, config, tight)
    await mountUploads(server, context, uploads, identity.identify)
    answerUnknown(server, ['/api', '/journal', '/health', '/.well-known/lanmei'])
    await mountPortal(server, config, options.portal)
    await server.listen({ port: config.port, host: config.host })
    return { context, server, jobs, broker, address: config.publicUrl, setUp, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** A fresh node shows something from its first page on; later the queue keeps it going. */
async function firstDemonstration(context: Context): Promise<void> {
  const { rows } = await context.store.pool.query('SELECT EXISTS (SELECT FROM series_state) AS found')
  if (rows[0].found || !(await isDemonstration(context))) return
  const { stored } = await growDemonstration(context, Date.now())
  context.log.info({ stored }, 'The simulated demonstration was made')
}

async function closeServer(server: FastifyInstance): Promise<void> {
  const closed = server.close()
  const timer = sleep(patienceMs, undefined, { ref: false }).then(() => server.server.closeAllConnections())
  await Promise.race([closed, timer.then(() => closed)])
}

/** Port 0 means any free one; it must be known before cookies and links are made for the address. */
async function withPort(config: Config): Promise<Config> {
  if (config.port !== 0) return config
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  await once(probe, 'close')
  return {
    ...config,
    port,
    publicUrl: config.publicUrl.replace(/^http:\/\/localhost:0$/, `http://localhost:${port}`),
  }
}
