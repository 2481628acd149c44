/** The limit: what PostgreSQL itself does with the same rows and the same table, without us. */
import { createReadStream, createWriteStream } from 'node:fs'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Store, transaction } from '@lanmei/store/connect'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import { timed } from './report.ts'

/** Writes the rows that a condition picks to a file, as COPY text. */
export async function dumpRows(store: Store, where: string, file: string): Promise<void> {
  const client = await store.pool.connect()
  try {
    const query = `COPY (SELECT series, time, value, flag, entry FROM observation WHERE ${where} ORDER BY entry, series, time) TO STDOUT`
    await pipeline(client.query(copyTo(query)), createWriteStream(file))
  } finally {
    client.release()
  }
}

/** Milliseconds of a bare COPY of the file into an empty table like `observation`, in one transaction. */
export async function bareCopy(
  store: Store,
  file: string,
  table = 'observation_bare',
  prepare?: string,
): Promise<number> {
  await store.pool.query(`DROP TABLE IF EXISTS ${table}`)
  await store.pool.query(`CREATE TABLE ${table} (LIKE observation INCLUDING ALL)`)
  if (prepare) await store.pool.query(prepare)
  await store.pool.query('CHECKPOINT')
  const ms = await timed(() =>
    transaction(store, async (client) => {
      const stream = client.query(copyFrom(`COPY ${table} (series, time, value, flag, entry) FROM STDIN`))
      await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), stream)
    }),
  )
  await store.pool.query(`DROP TABLE ${table}`)
  return ms
}

/** Milliseconds for PostgreSQL to send the rows of a query through COPY TO STDOUT, which are read and thrown away. */
export async function copyOut(store: Store, query: string): Promise<number> {
  const client = await store.pool.connect()
  try {
    return await timed(() =>
      pipeline(
        client.query(copyTo(`COPY (${query}) TO STDOUT`)),
        new Writable({ write: (_chunk, _encoding, done) => done() }),
      ),
    )
  } finally {
    client.release()
  }
}
