/** GET /api/river: the river as a line from source to sea. */
import { river } from '@lanmei/api/contract/stations'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { readingOf } from '../reading/reading.ts'
import { riverAnswer, riverFacts } from '../reading/river.ts'
import { stationsAt } from '../reading/stations.ts'
import { readInstant } from '../reading/value-query.ts'
import { eyesOf } from '../reading/visibility.ts'

export function riverDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  const facts = riverFacts(context.areas.find(({ id }) => id === 'water'))
  return [
    bind(river, async ({ query, asker }) => {
      const atMs = readInstant('at', query.at)
      const catalogue = await reading.catalogue()
      const stations =
        atMs === undefined
          ? await reading.stations(catalogue, eyesOf(asker))
          : await stationsAt(context.store, catalogue, eyesOf(asker), atMs)
      return riverAnswer(facts, catalogue, stations, atMs ?? Date.now())
    }),
  ]
}
