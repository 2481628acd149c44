/** MQTT: anybody may listen to origin/#, nobody may speak; every growth of the journal is announced with a checkpoint that verifies. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { openJournalCheckpoint } from '@lanmei/exchange/checkpoint'
import { connectAsync, type MqttClient } from 'mqtt'
import { writeRecords } from '../records/write.ts'
import { newNode, type TestNode } from '../testing/running-node.ts'
import { openOwnBroker } from './own-broker.ts'

let node: TestNode
let port: number
const clients: MqttClient[] = []

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const found = (probe.address() as { port: number }).port
  probe.close()
  await once(probe, 'close')
  return found
}

before(async () => {
  port = await freePort()
  node = await newNode({ LANMEI_MQTT_PORT: String(port), LANMEI_PARTY: 'la' })
})
after(async () => {
  for (const client of clients) await client.endAsync(true)
})

async function connect(username = 'everyone', password = 'everyone', to = port): Promise<MqttClient> {
  const client = await connectAsync(
    `mqtt://127.0.0.1:${to}`,
    { username, password, reconnectPeriod: 0 },
    false,
  )
  clients.push(client)
  return client
}

async function grow(id: string): Promise<void> {
  const fields = { party: 'la', name: { en: id }, category: 'other' }
  await writeRecords(node.context, 'test', [
    { kind: 'organisation', id, owner: node.context.journal.node, fields },
  ])
}

test('a growth of the journal is announced with its signed checkpoint', async () => {
  const client = await connect()
  await client.subscribeAsync('origin/#', { qos: 1 })
  const heard = once(client as never, 'message')
  await grow('announced')
  const [topic, payload, packet] = await heard
  assert.equal(topic, 'origin/a/lanmei/la-node/journal/checkpoint')
  assert.equal(packet.qos, 1)
  assert.equal(packet.retain, false)
  const { journal, keys } = node.context
  const checked = openJournalCheckpoint(String(payload), journal.origin, [...keys])
  assert.ok(checked.ok)
  const { rows } = await node.context.store.pool.query('SELECT size FROM journal_head')
  assert.equal(checked.value.size, rows[0].size)
})

test('other topics cannot be listened to', async () => {
  const client = await connect()
  for (const topic of ['#', '$SYS/#', '+/a/lanmei/#', 'other']) {
    const refused = await client.subscribeAsync(topic).then(
      (granted) => granted[0]?.qos === 128,
      () => true,
    )
    assert.ok(refused, topic)
  }
})

test('nobody can publish', async () => {
  const listener = await connect()
  await listener.subscribeAsync('origin/#')
  const heard: string[] = []
  listener.on('message', (topic) => heard.push(topic))
  const speaker = await connect()
  speaker.on('error', () => {})
  await speaker.publishAsync('origin/a/forged', 'x', { qos: 0 }).catch(() => {})
  await grow('after-the-forgery')
  while (!heard.length) await once(listener as never, 'message')
  assert.deepEqual(heard, ['origin/a/lanmei/la-node/journal/checkpoint'])
})

test('a wrong name or password is refused', async () => {
  await assert.rejects(connect('everyone', 'wrong'))
  await assert.rejects(connect('somebody', 'everyone'))
})

test('a taken port is an alarm, and the node runs', async () => {
  const other = await newNode({ LANMEI_MQTT_PORT: String(port) })
  const { json } = await other.ask({ url: '/api/status' })
  const alarms = json.alarms as { code: string; about?: string }[]
  assert.ok(alarms.some(({ code, about }) => code === 'service-failed' && about === 'mqtt'))
  await other.stop()
})

test('the operator’s broker is used where one is named, also when it comes later', async () => {
  const theirPort = await freePort()
  const using = await newNode({
    LANMEI_MQTT_URL: `mqtt://everyone:everyone@127.0.0.1:${theirPort}`,
    LANMEI_PARTY: 'th',
  })
  const states = async () =>
    ((await using.ask({ url: '/api/status' })).json.services as { name: string; state: string }[]).find(
      ({ name }) => name === 'mqtt',
    )?.state
  while ((await states()) !== 'failed') await new Promise((resolve) => setTimeout(resolve, 50))
  const theirs = await openOwnBroker('127.0.0.1', theirPort)
  while ((await states()) !== 'ok') await new Promise((resolve) => setTimeout(resolve, 100))
  await using.stop()
  await theirs.close()
})
