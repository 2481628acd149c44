/** A validator for whole answers: the same answer is sent once, afterwards 304. */
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'

/** Gives the payload to send: '' with status 304 when the asker has it. Answers that stream or bring their own ETag set it themselves. */
export function withEtag(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  if (request.method !== 'GET' && request.method !== 'HEAD') return payload
  if (reply.statusCode !== 200) return payload
  let etag = reply.getHeader('etag') as string | undefined
  if (etag === undefined && (typeof payload === 'string' || Buffer.isBuffer(payload))) {
    // Weak, since the same answer goes out in several compressions.
    etag = `W/"${createHash('sha256').update(payload).digest('base64url').slice(0, 22)}"`
    reply.header('etag', etag)
  }
  const asked = request.headers['if-none-match']
  if (etag === undefined || asked === undefined || !matches(asked, etag)) return payload
  if (isStream(payload)) payload.destroy()
  reply.code(304).removeHeader('content-length')
  return ''
}

function matches(asked: string, etag: string): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return asked.trim() === '*' || asked.split(',').some((tag) => bare(tag) === bare(etag))
}

function isStream(payload: unknown): payload is { destroy(): void } {
  return typeof (payload as { destroy?: unknown } | null)?.destroy === 'function'
}
