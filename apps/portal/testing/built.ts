/** For tests: the built portal served on a port of its own with invented data and the strictest policy a node would set. */
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join } from 'node:path'
import { fakeFetch } from '../test-data.ts'

export const build = join(import.meta.dirname, '../build')
/** Why tests of the built portal are skipped, or false. */
export const notBuilt = existsSync(join(build, 'server/index.js'))
  ? false
  : 'the portal is not built (npm start builds it)'

export type Handle = (request: Request, doors: { fetch: typeof fetch; nonce?: string }) => Promise<Response>

export async function loadHandle(): Promise<Handle> {
  const bundle = (await import(join(build, 'server/index.js'))) as { handle: Handle }
  return bundle.handle
}

/** A page as the server draws it, in a language. */
export async function page(
  handle: Handle,
  path: string,
  language = 'en',
): Promise<{ status: number; html: string }> {
  const request = new Request(`http://portal.test${path}`, { headers: { 'accept-language': language } })
  const response = await handle(request, { fetch: fakeFetch, nonce: 'test-nonce' })
  return { status: response.status, html: await response.text() }
}

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
}

export type Served = { origin: string; asked: string[]; close(): Promise<void> }

/** Serves pages, files and the invented interface; `asked` lists every address in order. */
export async function serve(): Promise<Served> {
  const handle = await loadHandle()
  const asked: string[] = []
  const server = createServer(async (incoming, outgoing) => {
    const url = new URL(incoming.url ?? '/', 'http://localhost')
    asked.push(url.pathname + url.search)
    try {
      if (types[extname(url.pathname)]) {
        const bytes = await readFile(join(build, 'client', url.pathname))
        outgoing.writeHead(200, {
          'content-type': types[extname(url.pathname)],
          'content-security-policy': "default-src 'none'",
        })
        return outgoing.end(bytes)
      }
      const headers = new Headers()
      for (const [name, value] of Object.entries(incoming.headers))
        if (typeof value === 'string') headers.set(name, value)
      const request = new Request(`http://${incoming.headers.host}${incoming.url}`, { headers })
      const nonce = randomBytes(12).toString('base64url')
      const answer = url.pathname.startsWith('/api/')
        ? await fakeFetch(request)
        : await handle(request, { fetch: fakeFetch, nonce })
      outgoing.statusCode = answer.status
      for (const [name, value] of answer.headers) outgoing.setHeader(name, value)
      outgoing.setHeader(
        'content-security-policy',
        `default-src 'self'; script-src 'self' 'nonce-${nonce}'; style-src 'self' 'nonce-${nonce}'; img-src 'self' data: blob:; worker-src 'self' blob:; object-src 'none'; base-uri 'none'`,
      )
      outgoing.end(Buffer.from(await answer.arrayBuffer()))
    } catch (error) {
      outgoing.writeHead(error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 404 : 500)
      outgoing.end(String(error))
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the test server has no port')
  return {
    origin: `http://localhost:${address.port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}
