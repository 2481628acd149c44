/** Keeps other sites from acting with a visitor's cookie: a request that changes something must come from our own pages. */
import { problem } from '@lanmei/model/problem'
import type { FastifyRequest } from 'fastify'

const safe = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Checks a request that carries a cookie. Browsers say with every state-changing request where it comes from
 * (Sec-Fetch-Site, Origin; OWASP Cross-Site Request Forgery Prevention); one that does not say is refused too.
 * @throws not-allowed
 */
export function checkOrigin(request: FastifyRequest, publicUrl: string): void {
  if (safe.has(request.method) || request.headers.cookie === undefined) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw foreign()
  const origin = request.headers.origin
  if (origin === undefined) {
    if (site === undefined) throw foreign()
    return
  }
  if (origin === new URL(publicUrl).origin) return
  if (URL.canParse(origin) && new URL(origin).host === request.headers.host) return
  throw foreign()
}

function foreign() {
  return problem('not-allowed', {
    reason:
      'a request with a cookie that changes something must come from a page of this node (header Origin)',
  })
}
