/** Writes the tables that follow from the journal anew: empty them, copy rows in. Only while the journal's head is locked. */
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import type { PoolClient } from 'pg'
import type { Queryable } from './connect.ts'
import { copyHead, copyTail } from './copy-form.ts'
import { startCopyIn } from './copy-start.ts'
import { type SeriesTable, seriesTables } from './verify-read.ts'

/** Empties all tables that follow from the journal, and what was derived from them. Readers wait until the transaction ends. */
export async function emptyProjections(db: Queryable): Promise<void> {
  await db.query(
    `TRUNCATE series_key, observation, observation_superseded, observation_flag, series_state, record_version, climatology, series_outline`,
  )
}

/** Gives series their numbers, in the order of the list, from 1. */
export async function insertKeys(db: Queryable, ids: string[]): Promise<void> {
  await db.query(
    'INSERT INTO series_key (key, id) SELECT n, id FROM unnest($1::text[]) WITH ORDINALITY AS k(id, n)',
    [ids],
  )
}

/** Copies encoded rows into a table. */
export async function copySeriesIn(
  client: PoolClient,
  table: SeriesTable,
  chunks: Iterable<Buffer>,
): Promise<void> {
  const { columns } = seriesTables[table]
  await copyIn(client, `COPY ${table} (${columns.join(', ')}) FROM STDIN (FORMAT binary)`, framed(chunks))
}

function* framed(chunks: Iterable<Buffer>): Generator<Buffer> {
  yield copyHead
  yield* chunks
  yield copyTail
}

/** Runs a COPY ... FROM STDIN over chunks, waiting where the server is slower. */
export async function copyIn(
  client: PoolClient,
  statement: string,
  chunks: Iterable<Buffer> | AsyncIterable<Buffer>,
): Promise<void> {
  const stream = startCopyIn(client, statement)
  const done = finished(stream)
  // Awaited below; a failure while we wait for room must not count as unhandled.
  done.catch(() => {})
  try {
    for await (const chunk of chunks)
      if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), done])
  } catch (error) {
    stream.destroy(error as Error)
    throw error
  }
  stream.end()
  await done
}
