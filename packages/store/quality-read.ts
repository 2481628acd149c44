/** Reads for a new run of the quality rules: a whole series in columns. */
import type { Store } from './connect.ts'
import { readRows } from './copy-reader.ts'

export type WholeSeries = { times: Float64Array; values: Float64Array; flags: Uint8Array }

/** All rows of a series by time; NaN for missing values. */
export async function readWholeSeries(store: Store, key: number): Promise<WholeSeries> {
  const client = await store.pool.connect()
  try {
    const { rows } = await client.query(
      'SELECT coalesce(max(rows), 0) AS rows FROM series_state WHERE series = $1',
      [key],
    )
    let size: number = rows[0].rows
    let all: WholeSeries = {
      times: new Float64Array(size),
      values: new Float64Array(size),
      flags: new Uint8Array(size),
    }
    let count = 0
    const select = `SELECT time, value, flag FROM observation WHERE series = ${Math.trunc(key)} ORDER BY time`
    for await (const batch of readRows(client, select)) {
      // Values may have come in since the count.
      if (count + batch.count > size) {
        size = count + batch.count * 16
        all = {
          times: wider(all.times, size),
          values: wider(all.values, size),
          flags: wider(all.flags, size),
        }
      }
      all.times.set(batch.times, count)
      all.values.set(batch.values, count)
      all.flags.set(batch.flags, count)
      count += batch.count
    }
    client.release()
    return {
      times: all.times.subarray(0, count),
      values: all.values.subarray(0, count),
      flags: all.flags.subarray(0, count),
    }
  } catch (error) {
    client.release(error as Error)
    throw error
  }
}

function wider<T extends Float64Array | Uint8Array>(column: T, size: number): T {
  const next = new (column.constructor as new (size: number) => T)(size)
  next.set(column)
  return next
}
