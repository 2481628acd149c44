/** GET /api/series/{id}/proof: what is needed to check one value without trusting this node. */
import { proof } from '@lanmei/api/contract/values'
import { toHex } from '@lanmei/exchange/byte-text'
import { formatInstant } from '@lanmei/model/instant'
import { problem } from '@lanmei/model/problem'
import { readCheckpoint, readEntry } from '@lanmei/store/journal-read'
import { openSnapshot, readOne } from '@lanmei/store/observations-read'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { entryOf, openBody } from '../journal/journal.ts'
import { findSeries } from '../reading/find-series.ts'
import { inclusionAnswer, keysAnswer } from '../reading/journal-proofs.ts'
import { readingOf } from '../reading/reading.ts'
import { readInstant } from '../reading/value-query.ts'
import { checkMayRead } from '../reading/visibility.ts'

export function proofDoors(context: Context): Binding[] {
  const reading = readingOf(context)
  return [
    bind(proof, async ({ parameters, query, asker }) => {
      const ms = readInstant('time', query.time) as number
      const catalogue = await reading.catalogue()
      const { id, state } = findSeries(catalogue, parameters.id, asker)
      // One moment for all of it: the newest checkpoint must be the one the proof is made for.
      const snapshot = await openSnapshot(context.store)
      try {
        const { client } = snapshot
        const found = state && (await readOne(client, state.key, ms))
        if (!found) throw problem('not-found', { series: id, time: formatInstant(ms) })
        const row = await readEntry(client, found.entry)
        const checkpoint = await readCheckpoint(client)
        if (!row || !checkpoint)
          throw problem('journal-broken', { reason: 'an entry is missing', seq: found.entry })
        checkMayRead(asker, row.audience, { entry: row.seq })
        const body = openBody(row.body).toString()
        const party = context.party()
        return {
          time: formatInstant(ms),
          value: found.value,
          entry: entryOf(context.journal.node, row),
          salt: toHex(row.salt),
          body,
          inclusion: await inclusionAnswer(client, row.seq, checkpoint.size),
          checkpoint: checkpoint.note,
          keys: keysAnswer(context),
          publisher: {
            party,
            name: catalogue.parties.get(party)?.fields.name ?? { en: party },
            author: (JSON.parse(body) as { author: string }).author,
            at: row.at,
          },
        }
      } finally {
        await snapshot.close()
      }
    }),
  ]
}
