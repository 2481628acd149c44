/** The web server: what holds for every request. What is served stands in the doors, the portal and the sign-in. */
import { randomBytes } from 'node:crypto'
import { constants } from 'node:zlib'
import compress from '@fastify/compress'
import rateLimit from '@fastify/rate-limit'
import { problem } from '@lanmei/model/problem'
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { withEtag } from './etag.ts'
import { answerPolicy, readableFromAnywhere, safetyHeaders } from './headers.ts'
import { readJson } from './json-body.ts'
import { checkOrigin } from './origin.ts'
import { problemDocument } from './problems.ts'

/** Carried by requests the node makes to itself while it renders a page; random for each process. */
export const insideHeader = 'x-lanmei-inside'
export const insideToken = randomBytes(24).toString('base64url')

export type ServerOptions = {
  config: Pick<Config, 'publicUrl' | 'trustProxy' | 'readsPerMinute'>
  log: Logger
  /** Hears of every answer, for the metrics. */
  onAnswer?(route: string, method: string, status: number, seconds: number): void
}

/** A server without routes. */
export async function newServer({ config, log, onAnswer }: ServerOptions): Promise<FastifyInstance> {
  const server = fastify({
    loggerInstance: log as FastifyBaseLogger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 256 * 1024,
    requestTimeout: 600_000,
    keepAliveTimeout: 72_000,
    forceCloseConnections: 'idle',
    trustProxy: config.trustProxy?.split(',').map((part) => part.trim()),
    routerOptions: { maxParamLength: 400 },
    genReqId: () => randomBytes(5).toString('hex'),
    frameworkErrors: (error, request, reply) => {
      reply.headers(everyAnswer)
      sendProblem(error, request, reply as never)
    },
  })
  const everyAnswer = { ...safetyHeaders(config), 'content-security-policy': answerPolicy }

  server.addHook('onRequest', async (request, reply) => {
    reply.headers(everyAnswer)
    checkOrigin(request, config.publicUrl)
    checkQuery(request.raw.url ?? '')
  })
  if (config.readsPerMinute > 0)
    await server.register(rateLimit, {
      global: true,
      max: config.readsPerMinute,
      timeWindow: 60_000,
      enableDraftSpec: true,
      allowList: isInside,
      errorResponseBuilder: tooMany,
    })
  else await server.register(rateLimit, { global: false, allowList: isInside, errorResponseBuilder: tooMany })
  // Registered before compression, so that the answer is hashed as it is and not as it was packed.
  server.addHook('onSend', async (request, reply, payload) => withEtag(request, reply, payload))
  await server.register(compress, {
    global: true,
    threshold: 1024,
    encodings: ['zstd', 'br', 'gzip'],
    requestEncodings: ['gzip'],
    customTypes:
      /^(text\/(?!event-stream)|application\/(json|octet-stream|problem\+json|geo\+json|manifest\+json|openmetrics-text|javascript|wasm|xml)|image\/svg\+xml)/,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
  })
  if (onAnswer)
    server.addHook('onResponse', async (request, reply) => {
      onAnswer(
        request.routeOptions.url ?? '(none)',
        request.method,
        reply.statusCode,
        reply.elapsedTime / 1000,
      )
    })
  server.removeAllContentTypeParsers()
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, text, done) =>
    readJson(server, _request, text as string, done),
  )
  server.setErrorHandler((error, request, reply) => sendProblem(error, request, reply))
  return server
}

/** Answers for addresses of the API that do not exist, and for the question what one allows. */
export function answerUnknown(server: FastifyInstance, prefixes: readonly string[]): void {
  for (const prefix of prefixes)
    server.all(`${prefix}/*`, { exposeHeadRoute: false }, async (request, reply) => {
      if (request.method === 'OPTIONS')
        return reply
          .headers({
            ...readableFromAnywhere,
            allow: 'GET, HEAD, POST, PUT, DELETE, OPTIONS',
            'access-control-allow-methods': 'GET, HEAD',
            'access-control-max-age': '86400',
          })
          .code(204)
          .send()
      throw problem('not-found', { path: request.url.split('?')[0].slice(0, 200) })
    })
}

/** Sends the problem document for anything thrown; our own faults go to the log under the reference shown. */
export function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, body, reference, retryAfterSeconds } = problemDocument(error)
  if (reference)
    request.log.error(
      { err: error, reference, method: request.method, url: pathOf(request) },
      'A request failed',
    )
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="lanmei"')
  reply.removeHeader('etag')
  reply
    .code(status)
    .headers({ 'cache-control': 'no-store' })
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body))
}

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '').split('?')[0]
}

/** Pages ask several times for one visit. What a page sends on (a sign-in, a set-up) counts as the visitor's own. */
function isInside(request: FastifyRequest): boolean {
  return request.method === 'GET' && request.headers[insideHeader] === insideToken
}

function tooMany(_request: FastifyRequest, { ttl, max }: { ttl: number; max: number }) {
  return problem('too-many-requests', { retryAfterSeconds: Math.ceil(ttl / 1000), perMinute: max })
}

/** A query that cannot be decoded is refused, not guessed at. */
function checkQuery(url: string): void {
  const start = url.indexOf('?')
  if (start < 0 || !url.includes('%', start)) return
  try {
    decodeURIComponent(url.slice(start + 1))
  } catch {
    throw problem('bad-request', { reason: 'the address cannot be decoded' })
  }
}
