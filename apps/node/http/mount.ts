/** Mounts bound routes on the server: right first, then shapes, then the handler. */
import type { Route } from '@lanmei/api/route'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { TSchema } from 'typebox'
import type { Asker, Binding } from './bind.ts'
import { readableFromAnywhere } from './headers.ts'
import { checkRight } from './rights.ts'
import { bodyChecker, parameterChecker } from './validation.ts'

export type Identify = (request: FastifyRequest) => Promise<Asker>

const defaultBodyLimitBytes = 256 * 1024

/** Routes that get the tight limit of attempts. */
const guessed = new Set(['set-up'])
/** Routes through which data come in: closed while the disk is nearly full. */
const intake = new Set(['observations.write', 'uploads.load'])

export type MountOptions = {
  identify: Identify
  /** Rate limit of routes where a stranger may try his luck. */
  tight: object
  /** @throws disk-nearly-full */
  checkTakingIn(): void
}

export function mount(
  server: FastifyInstance,
  bindings: readonly Binding[],
  { identify, tight, checkTakingIn }: MountOptions,
): void {
  const askers = new WeakMap<FastifyRequest, Asker>()
  for (const { route, handler } of bindings) {
    const parametersOf = parameterChecker(route.parameters ?? nothing)
    const queryOf = parameterChecker(route.query ?? nothing)
    const bodyOf = route.body ? bodyChecker(route.body) : () => undefined
    const answer = async (request: FastifyRequest, reply: FastifyReply) => {
      const result = await handler({
        parameters: parametersOf(request.params as Record<string, unknown>),
        query: queryOf(request.query as Record<string, unknown>),
        body: bodyOf(request.body),
        asker: askers.get(request) as Asker,
        request,
        reply,
      })
      if (result === reply || reply.sent) return reply
      if (route.status) reply.code(route.status)
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(result))
    }
    server.route({
      method: route.method,
      url: route.path,
      bodyLimit: route.bodyLimitBytes ?? defaultBodyLimitBytes,
      config: guessed.has(route.id) ? { rateLimit: tight } : {},
      // Before the body is read, so that a stranger cannot make us take 32 MB only to be refused.
      onRequest: async (request, reply) => {
        const asker = await identify(request)
        askers.set(request, asker)
        reply.headers(readersOf(route, asker))
        checkRight(route.right, asker, route.area)
        if (intake.has(route.id)) checkTakingIn()
      },
      handler: answer,
    })
  }
}

const nothing = { type: 'object', properties: {} } as unknown as TSchema

/** Who may read and keep an answer: everybody a public one, nobody else one made for a signed-in asker. */
function readersOf(route: Route, asker: Asker): Record<string, string> {
  const isPublic = route.right === 'anybody' && route.method === 'GET'
  if (isPublic && asker.kind === 'nobody')
    return { ...readableFromAnywhere, 'cache-control': 'no-cache', vary: 'cookie, authorization, x-api-key' }
  return { 'cache-control': 'private, no-store' }
}
