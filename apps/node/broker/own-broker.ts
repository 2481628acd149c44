/** The node's own MQTT broker: anybody may listen to what the node announces, nobody but the node may speak. */
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { Aedes } from 'aedes'
import type { Publish } from './announce.ts'

/** The public account of WIS2 brokers, for reading. */
export const readerName = 'everyone'
const readerPassword = 'everyone'
const readable = /^origin\/(#$|.)/

export type OwnBroker = { port: number; publish: Publish; close(): Promise<void> }

const mostClients = 500
const refused = 5

/** Opens the broker. Rejects when the port is taken. */
export async function openOwnBroker(host: string, port: number): Promise<OwnBroker> {
  const broker = await Aedes.createBroker({
    connectTimeout: 10_000,
    queueLimit: 100,
    authenticate(_client, username, password, done) {
      const known = username === readerName && password?.toString() === readerPassword
      if (known) done(null, true)
      else done(Object.assign(new Error('not allowed'), { returnCode: refused }) as never, false)
    },
    authorizePublish: (_client, _packet, done) => done(new Error('nobody may publish here')),
    // A refused subscription is answered with the failure code; the connection stays.
    authorizeSubscribe: (_client, subscription, done) =>
      done(null, readable.test(subscription.topic) ? subscription : null),
  })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    broker.handle(socket)
  })
  server.maxConnections = mostClients
  // A client that sends nonsense is closed by the broker; that is no event of ours.
  broker.on('clientError', () => {})
  broker.on('connectionError', () => {})
  server.listen(port, host)
  try {
    await once(server, 'listening')
  } catch (error) {
    await new Promise<void>((resolve) => broker.close(resolve))
    throw error
  }
  return {
    port: (server.address() as { port: number }).port,
    publish: (topic, text) =>
      new Promise((resolve, reject) =>
        broker.publish(
          { cmd: 'publish', topic, payload: Buffer.from(text), qos: 1, retain: false, dup: false },
          (error) => (error ? reject(error) : resolve()),
        ),
      ),
    async close() {
      const closed = once(server, 'close')
      server.close()
      await new Promise<void>((resolve) => broker.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
