/** What the writers are given: columns of one series, piece by piece, and what is said of the series. */

export type ServedColumns = {
  /** Milliseconds since 1970. */
  times: Float64Array
  /** NaN: known to be missing. */
  values: Float64Array
  /** Flag codes, 0 where there is none. */
  flags?: Uint8Array
  /** Rule that set the flag, one a value; null where none did. */
  rules?: readonly (string | null)[]
}

/** The series as the reader of the file should know it; written as it is where the format has a place for it. */
export type SeriesDescription = { id: string } & Record<string, unknown>

export type Served = AsyncIterable<ServedColumns> | Iterable<ServedColumns>
