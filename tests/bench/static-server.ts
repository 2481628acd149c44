/** The node's web server with one route that sends one buffer under a ready tag: what a cached answer can reach at most. Argument: bytes. */
import { pino } from 'pino'
import { newServer } from '../../apps/node/http/server.ts'

const body = Buffer.alloc(Number(process.argv[2]), 'x')
const server = await newServer({
  config: { publicUrl: 'http://localhost', readsPerMinute: 0 },
  log: pino({ level: 'silent' }),
})
server.get('/static', (_request, reply) =>
  reply.header('etag', '"static"').type('application/json').send(body),
)
console.log(`${await server.listen({ port: 0, host: '127.0.0.1' })}/static`)
