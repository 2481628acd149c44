/** The journal over HTTP, as contract/replay.md says. Entries and pages are sent in canonical form, the same at every address. */
import * as journal from '@lanmei/api/contract/journal'
import { toHex } from '@lanmei/exchange/byte-text'
import { leafBytes } from '@lanmei/exchange/entry'
import { isComplete, pageBytes, pageRange } from '@lanmei/exchange/page'
import { problem } from '@lanmei/model/problem'
import { readEntries } from '@lanmei/store/journal'
import { readCheckpoint, readEntry } from '@lanmei/store/journal-read'
import type { FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { entryOf, openBody } from '../journal/journal.ts'
import { consistencyAnswer, inclusionAnswer, keysAnswer, provenSize } from '../reading/journal-proofs.ts'
import { readingOf } from '../reading/reading.ts'
import { checkMayRead } from '../reading/visibility.ts'

const forEver = 'public, max-age=31536000, immutable'

export function journalDoors(context: Context): Binding[] {
  const { pool } = context.store
  const { node, origin } = context.journal
  const found = async (seq: number) => {
    const row = seq < (await provenSize(pool)) ? await readEntry(pool, seq) : undefined
    if (!row) throw problem('not-found', { entry: seq })
    return row
  }
  return [
    bind(journal.nodeIdentity, async () => {
      const party = context.party()
      const kept = (await readingOf(context).catalogue()).parties.get(party)
      return {
        node,
        party,
        name: kept?.fields.name.en ?? party,
        origin,
        keys: keysAnswer(context),
        endpoints: endpoints(context.config.publicUrl),
      }
    }),
    bind(journal.checkpoint, async ({ query, reply }) => {
      const row = await readCheckpoint(pool, query.size)
      if (!row) throw problem('not-found', { size: query.size ?? 0 })
      return reply.type('text/plain; charset=utf-8').send(row.note)
    }),
    bind(journal.page, async ({ parameters: { page }, reply }) => {
      const size = await provenSize(pool)
      const { from, to } = pageRange(page, size)
      if (from >= to) throw problem('not-found', { page })
      const rows = await readEntries(pool, from, to - from, false)
      const entries = rows.map((row) => entryOf(node, row))
      if (isComplete(page, size)) reply.header('cache-control', forEver)
      return sendJson(reply, pageBytes({ node, page, entries }))
    }),
    bind(journal.entry, async ({ parameters: { seq }, reply }) => {
      const row = await found(seq)
      reply.header('cache-control', forEver)
      return sendJson(reply, leafBytes(entryOf(node, row)))
    }),
    bind(journal.body, async ({ parameters: { seq }, asker }) => {
      const row = await found(seq)
      checkMayRead(asker, row.audience, { entry: seq })
      return { seq, salt: toHex(row.salt), body: openBody(row.body).toString() }
    }),
    bind(journal.inclusion, async ({ query: { seq, size } }) => inclusionAnswer(pool, seq, size)),
    bind(journal.consistency, async ({ query: { from, to } }) => consistencyAnswer(pool, from, to)),
    bind(journal.keys, async () => ({ node, origin, keys: keysAnswer(context) })),
  ]
}

function sendJson(reply: FastifyReply, bytes: Uint8Array): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(Buffer.from(bytes))
}

function endpoints(publicUrl: string): Record<string, string> {
  const at = (path: string) => new URL(path, publicUrl).href
  return {
    api: at('/api'),
    openapi: at('/api/openapi.json'),
    journal: at('/journal'),
    keys: at('/journal/keys'),
  }
}
