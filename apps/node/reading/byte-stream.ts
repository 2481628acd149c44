/** An answer that streams: pieces from a generator, pulled only as fast as the reader takes them, and stopped when he leaves. */
import { Readable } from 'node:stream'

/**
 * Starts the generator, so that what goes wrong before the first byte is still thrown to the caller, and gives the stream.
 * `leave` is called when the reader goes away before the end; the generator's own clean-up runs in any case.
 */
export async function byteStream(
  pieces: AsyncGenerator<Uint8Array>,
  leave: (reason: Error) => void,
): Promise<Readable> {
  let waiting: IteratorResult<Uint8Array> | undefined = await pieces.next()
  let reading = false
  return new Readable({
    highWaterMark: 1 << 18,
    read() {
      if (reading) return
      reading = true
      pull(this)
    },
    destroy(error, callback) {
      leave(error ?? new Error('the reader went away'))
      pieces.return(undefined).then(
        () => callback(error),
        () => callback(error),
      )
    },
  })

  async function pull(stream: Readable): Promise<void> {
    try {
      for (;;) {
        const next: IteratorResult<Uint8Array> = waiting ?? (await pieces.next())
        waiting = undefined
        if (stream.destroyed) break
        if (next.done) {
          stream.push(null)
          break
        }
        if (next.value.length && !stream.push(next.value)) break
      }
    } catch (error) {
      stream.destroy(error as Error)
    }
    reading = false
  }
}
