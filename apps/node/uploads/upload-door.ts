/** The web's door to uploads: right and disk first, then the tus protocol. */
import type { FastifyInstance } from 'fastify'
import type { Context } from '../context.ts'
import type { Identify } from '../http/mount.ts'
import { checkRight } from '../http/rights.ts'
import { type Uploads, uploadsPath } from './uploads.ts'

const methods = ['POST', 'PATCH', 'HEAD', 'DELETE', 'OPTIONS'] as const

export async function mountUploads(
  server: FastifyInstance,
  context: Context,
  uploads: Uploads,
  identify: Identify,
): Promise<void> {
  await server.register(async (door) => {
    door.removeAllContentTypeParsers()
    // The body is left to tus, which writes it to disk as it comes.
    door.addContentTypeParser('*', (_request, _body, done) => done(null))
    for (const url of [uploadsPath, `${uploadsPath}/:id`])
      door.route({
        method: [...methods],
        url,
        exposeHeadRoute: false,
        bodyLimit: Number.MAX_SAFE_INTEGER,
        onRequest: async (request) => {
          if (request.method === 'OPTIONS') return
          checkRight('contributor', await identify(request), 'water')
          if (request.method === 'POST' || request.method === 'PATCH') context.disk.checkTakingIn()
        },
        handler: async (request, reply) => {
          reply.hijack()
          for (const [name, value] of Object.entries(reply.getHeaders()))
            if (value !== undefined) reply.raw.setHeader(name, value)
          await uploads.tus.handle(request.raw, reply.raw)
        },
      })
  })
}
