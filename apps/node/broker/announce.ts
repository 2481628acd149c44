/** Announces every growth of the journal on MQTT: the newest checkpoint note, so that peers and clients know to ask. */
import { readCheckpoints } from '@lanmei/store/journal'
import type { Context } from '../context.ts'

/** Sends one message at least once (QoS 1); resolves when the broker has it. */
export type Publish = (topic: string, text: string) => Promise<void>

export function checkpointTopic(node: string): string {
  return `origin/a/lanmei/${node}/journal/checkpoint`
}

/** Publishes the newest checkpoint after each growth; what grows meanwhile is told by the next one. Gives the function that ends it. */
export function announceGrowth(context: Context, publish: Publish): () => Promise<void> {
  const { growth, journal, log, store } = context
  let told = 0
  let wanted = 0
  let running: Promise<void> | undefined
  const run = async () => {
    while (wanted > told) {
      const [checkpoint] = await readCheckpoints(store.pool, wanted - 1, 1)
      if (!checkpoint) return
      await publish(checkpointTopic(journal.node), checkpoint.note)
      told = checkpoint.size
    }
  }
  const off = growth.onGrowth((size) => {
    wanted = Math.max(wanted, size)
    running ??= run()
      .catch((error) => log.warn({ err: error }, 'The journal could not be announced'))
      .finally(() => {
        running = undefined
      })
  })
  return async () => {
    off()
    await running
  }
}
