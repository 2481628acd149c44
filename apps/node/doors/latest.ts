/** GET /api/latest: newest value of every public series, one kept buffer for everybody. */
import { latest } from '@lanmei/api/contract/observations'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { openLatest } from '../reading/latest.ts'
import { readingOf } from '../reading/reading.ts'

export function latestDoors(context: Context): Binding[] {
  const answers = openLatest(readingOf(context).catalogue, context.growth)
  return [
    bind(latest, async ({ request, reply }) => {
      const { etag, plain, gzip, br } = await answers()
      reply.header('etag', etag).type('application/json; charset=utf-8')
      const accepted = request.headers['accept-encoding'] ?? ''
      const encoding =
        br && /\bbr\b(?!;q=0)/.test(accepted)
          ? 'br'
          : gzip && /\bgzip\b(?!;q=0)/.test(accepted)
            ? 'gzip'
            : undefined
      if (!encoding) return reply.send(plain)
      const vary = reply.getHeader('vary')
      reply.header('vary', vary ? `${vary}, accept-encoding` : 'accept-encoding')
      return reply.header('content-encoding', encoding).send(encoding === 'br' ? br : gzip)
    }),
  ]
}
