/** The pool of connections to PostgreSQL and transactions on it. */
import { problem } from '@lanmei/model/problem'
import pg from 'pg'

export type Store = {
  readonly pool: pg.Pool
  readonly url: string
  close(): Promise<void>
}

/** Anything a query can be sent to. */
export type Queryable = Pick<pg.ClientBase, 'query'>

/**
 * Opens a store. 64-bit integers come as numbers (all of ours stay below 2^53), times as ISO text kept in UTC.
 * @throws store-unreachable when the database does not answer or is older than 15
 */
export async function openStore(
  url: string,
  options: { connections?: number; applicationName?: string } = {},
): Promise<Store> {
  const types = new pg.TypeOverrides()
  types.setTypeParser(20, (text) => Number(text))
  types.setTypeParser(1184, (text) => new Date(text.endsWith('+00') ? `${text.slice(0, -3)}Z` : text))
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections ?? 10,
    types,
    application_name: options.applicationName ?? 'lanmei',
    options: '-c timezone=UTC -c datestyle=ISO,YMD -c extra_float_digits=1',
  })
  // A lost idle connection must not end the process: the next query finds out and reports.
  pool.on('error', () => {})
  // Neither must one that is lent out and waits: whoever holds it finds out at the next query.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    const { rows } = await pool.query('SHOW server_version_num')
    if (Number(rows[0].server_version_num) < 150000)
      throw problem('store-unreachable', {
        reason: 'PostgreSQL 15 or later is needed',
        version: rows[0].server_version_num,
      })
  } catch (error) {
    await pool.end()
    if (error instanceof Error && error.name === 'Problem') throw error
    throw problem(
      'store-unreachable',
      { reason: error instanceof Error ? error.message : String(error) },
      error,
    )
  }
  return { pool, url, close: () => pool.end() }
}

/** Runs work in one transaction; anything thrown rolls all of it back. */
export async function transaction<T>(store: Store, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await store.pool.connect()
  let broken: Error | undefined
  // The connection may die while in use; the running query rejects, this only keeps the process alive.
  const onError = (error: Error) => {
    broken = error
  }
  client.on('error', onError)
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    try {
      if (!broken) await client.query('ROLLBACK')
    } catch (rollbackError) {
      broken = rollbackError instanceof Error ? rollbackError : new Error(String(rollbackError))
    }
    throw error
  } finally {
    client.removeListener('error', onError)
    client.release(broken)
  }
}
