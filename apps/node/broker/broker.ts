/** MQTT of the node: its own broker, or the operator's. Trouble with it is an alarm and never stops the node. */
import { connect } from 'mqtt'
import type { Context } from '../context.ts'
import type { Services } from '../status/part-states.ts'
import { announceGrowth, type Publish } from './announce.ts'
import { openOwnBroker } from './own-broker.ts'

export type Broker = {
  /** Address clients can connect to; undefined without a broker. */
  readonly url?: string
  close(): Promise<void>
}

const none: Broker = { close: async () => {} }

export async function openBroker(context: Context, services: Services): Promise<Broker> {
  const { mqttUrl, mqttHost, mqttPort } = context.config
  if (mqttUrl) return theirs(context, services, mqttUrl)
  if (mqttPort === 0) {
    services.report('mqtt', 'off')
    return none
  }
  try {
    const own = await openOwnBroker(mqttHost, mqttPort)
    services.report('mqtt', 'ok', `${mqttHost}:${own.port}`)
    const end = announceGrowth(context, watched(services, own.publish))
    return {
      url: `mqtt://${mqttHost}:${own.port}`,
      async close() {
        await end()
        await own.close()
      },
    }
  } catch (error) {
    context.log.error({ err: error, port: mqttPort }, 'The MQTT broker could not be opened')
    services.report('mqtt', 'failed', `port ${mqttPort}: ${(error as Error).message}`)
    return none
  }
}

/** Connects in the background, and again after each loss; the announcement waits and is then of the newest checkpoint. */
function theirs(context: Context, services: Services, url: string): Broker {
  const client = connect(url, { connectTimeout: 10_000, reconnectPeriod: 5000 })
  client.on('connect', () => services.report('mqtt', 'ok', new URL(url).host))
  client.on('close', () => services.report('mqtt', 'failed', 'not connected'))
  client.on('error', (error) => services.report('mqtt', 'failed', error.message))
  const publish: Publish = async (topic, text) => {
    await client.publishAsync(topic, text, { qos: 1, retain: false })
  }
  const end = announceGrowth(context, watched(services, publish))
  return {
    async close() {
      client.removeAllListeners('close')
      await Promise.race([end(), client.endAsync(true)])
      await client.endAsync(true)
    },
  }
}

function watched(services: Services, publish: Publish): Publish {
  return async (topic, text) => {
    try {
      await publish(topic, text)
    } catch (error) {
      services.report('mqtt', 'failed', (error as Error).message)
      throw error
    }
  }
}
