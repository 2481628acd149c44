/** A COPY ... FROM STDIN that a refusal in its middle (a full disk, a lost server) ends with an error and nothing worse. */
import type { WritableOptions } from 'node:stream'
import type { ClientBase } from 'pg'
import { type CopyStreamQuery, from } from 'pg-copy-streams'

/** Starts the COPY; write to the stream, end it, and wait for `finished(stream)`. */
export function startCopyIn(
  client: ClientBase,
  statement: string,
  options?: WritableOptions,
): CopyStreamQuery {
  const stream = client.query(from(statement, options))
  // The library goes on to write to a connection it has let go, which would end the process: what is left is thrown away.
  stream.once('error', () => {
    Object.assign(stream, { flushChunk: () => true, _final: (done: () => void) => done() })
  })
  return stream
}
