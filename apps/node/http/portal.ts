/** The portal: its built files, and every other address rendered by its server bundle. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import fastifyStatic from '@fastify/static'
import { problem } from '@lanmei/model/problem'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { pagePolicy } from './headers.ts'
import { insideHeader, insideToken } from './server.ts'

/** What the portal's server bundle gives: a page for a request. `fetch` answers addresses of this node without a network. */
export type Portal = {
  handle(request: Request, doors: { fetch: typeof fetch; nonce: string }): Promise<Response>
}

export const portalBuild = join(import.meta.dirname, '..', '..', 'portal', 'build')

const bodyLimitBytes = 1024 * 1024

/** Serves the portal built into `folder`; without a build a plain page says so. */
export async function mountPortal(
  server: FastifyInstance,
  config: Pick<Config, 'tileSource' | 'publicUrl'>,
  folder: string = portalBuild,
): Promise<void> {
  const client = join(folder, 'client')
  const bundle = join(folder, 'server', 'index.js')
  const portal = existsSync(bundle) ? ((await import(pathToFileURL(bundle).href)) as Portal) : undefined
  if (existsSync(client))
    await server.register(fastifyStatic, {
      root: client,
      wildcard: false,
      index: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        // Names under assets/ carry a hash of what they hold, so they never change.
        const fixed = path.slice(client.length).replaceAll('\\', '/').startsWith('/assets/')
        reply.header('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
      },
    })
  await server.register(async (pages) => {
    pages.removeAllContentTypeParsers()
    pages.addContentTypeParser(
      '*',
      { parseAs: 'buffer', bodyLimit: bodyLimitBytes },
      (_request, body, done) => done(null, body),
    )
    const page = async (request: FastifyRequest, reply: FastifyReply) => {
      const nonce = randomBytes(18).toString('base64url')
      reply.header('content-security-policy', pagePolicy(nonce, config))
      reply.header('cache-control', 'private, no-cache')
      if (!portal) return reply.code(503).type('text/html; charset=utf-8').send(withoutBuild)
      const response = await portal.handle(webRequest(request, config.publicUrl), {
        fetch: insideFetch(server, request),
        nonce,
      })
      return sendResponse(response, reply)
    }
    pages.route({ method: ['GET', 'POST'], url: '/*', bodyLimit: bodyLimitBytes, handler: page })
  })
  server.setNotFoundHandler(async () => {
    throw problem('not-found')
  })
}

const withoutBuild = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Lanmei</title>
<p>The node runs, but its portal is not built. Run <code>npm start</code>, or <code>npm run build</code> in apps/portal.
<p>The interface for programs is at <a href="/api/openapi.json">/api/openapi.json</a>.`

function webRequest(request: FastifyRequest, publicUrl: string): Request {
  const { protocol } = new URL(publicUrl)
  const url = `${protocol}//${request.host || 'localhost'}${request.raw.url}`
  if (!URL.canParse(url)) throw problem('bad-request', { reason: 'the address cannot be read' })
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers))
    if (typeof value === 'string' && name !== insideHeader) headers.set(name, value)
  const hasBody = request.method !== 'GET' && request.method !== 'HEAD' && request.body !== undefined
  return new Request(url, {
    method: request.method,
    headers,
    ...(hasBody ? { body: new Uint8Array(request.body as Buffer) } : {}),
  })
}

/** Sends what a handler of web requests answered; bodies stream. */
export function sendResponse(response: Response, reply: FastifyReply): FastifyReply {
  reply.code(response.status)
  for (const [name, value] of response.headers) {
    if (name === 'set-cookie' || name === 'content-length' || name === 'content-security-policy') continue
    reply.header(name, value)
  }
  const cookies = response.headers.getSetCookie()
  if (cookies.length) reply.header('set-cookie', cookies)
  return response.body ? reply.send(Readable.fromWeb(response.body as never)) : reply.send()
}

/** A fetch that answers addresses of this node in the same process, in the name of the visitor. */
export function insideFetch(server: FastifyInstance, visitor: FastifyRequest): typeof fetch {
  return async (input, init) => {
    const request = new Request(
      typeof input === 'string' ? new URL(input, 'http://inside.invalid') : input,
      init,
    )
    const url = new URL(request.url)
    if (url.host !== 'inside.invalid' && url.host !== visitor.host)
      throw new TypeError('A page is rendered from this node alone')
    const headers: Record<string, string> = { ...Object.fromEntries(request.headers) }
    for (const name of ['cookie', 'host', 'user-agent', 'accept-language'] as const) {
      const value = visitor.headers[name]
      if (value !== undefined) headers[name] = value
    }
    const answer = await server.inject({
      method: request.method as 'GET',
      url: url.pathname + url.search,
      headers: {
        ...headers,
        [insideHeader]: insideToken,
        'sec-fetch-site': 'same-origin',
        'accept-encoding': 'identity',
      },
      remoteAddress: visitor.ip,
      ...(request.body ? { payload: Buffer.from(await request.arrayBuffer()) } : {}),
    })
    const answered = new Headers()
    for (const [name, value] of Object.entries(answer.headers))
      for (const one of Array.isArray(value) ? value : [value])
        if (one !== undefined) answered.append(name, String(one))
    const empty = [204, 304].includes(answer.statusCode)
    return new Response(empty ? null : new Uint8Array(answer.rawPayload), {
      status: answer.statusCode,
      headers: answered,
    })
  }
}
