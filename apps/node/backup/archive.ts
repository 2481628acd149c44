/** The file of a backup: a tar (POSIX ustar) of small members in a row, compressed with zstd; any tar can open it. */
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { problem } from '@lanmei/model/problem'

const block = 512
/** Largest member that is taken in from a file; the writer keeps far below. */
const largestMember = 1 << 28

export type Member = { name: string; bytes: Buffer }

/** A stream that compresses quickly rather than small. */
export function compressor() {
  return createZstdCompress({
    params: { [constants.ZSTD_c_compressionLevel]: 3, [constants.ZSTD_c_checksumFlag]: 1 },
  })
}
export function decompressor() {
  return createZstdDecompress()
}

/** Head, content and filling of one member. */
export function memberBytes({ name, bytes }: Member, mtimeSeconds: number): Buffer {
  const head = Buffer.alloc(block)
  head.write(name, 0, 100)
  head.write('0000600\0', 100)
  head.write('0000000\0', 108)
  head.write('0000000\0', 116)
  head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
  head.write(`${Math.floor(mtimeSeconds).toString(8).padStart(11, '0')}\0`, 136)
  head.write('        ', 148)
  head.write('0', 156)
  head.write('ustar\x0000', 257)
  const sum = head.reduce((total, byte) => total + byte, 0)
  head.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return Buffer.concat([head, bytes, Buffer.alloc((block - (bytes.length % block)) % block)])
}

/** What stands at the end of a tar. */
export const archiveEnd = Buffer.alloc(2 * block)

/**
 * Members out of the unpacked bytes, in order.
 * @throws backup-invalid for anything that is not a whole archive of ours
 */
export async function* readMembers(chunks: AsyncIterable<Buffer>): AsyncGenerator<Member> {
  const reader = byteReader(chunks)
  for (;;) {
    const head = await reader.take(block)
    if (!head) throw invalid('it ends too early')
    if (head.every((byte) => byte === 0)) {
      // Read to the last byte: only there stands the sum over the whole.
      const second = await reader.take(block)
      if (!second?.every((byte) => byte === 0)) throw invalid('it ends too early')
      if (await reader.take(1)) throw invalid('something stands behind its end')
      return
    }
    const size = Number.parseInt(head.toString('latin1', 124, 135), 8)
    const sum = Number.parseInt(head.toString('latin1', 148, 154), 8)
    const actual = head.reduce((total, byte, n) => total + (n >= 148 && n < 156 ? 32 : byte), 0)
    if (sum !== actual || !(size >= 0 && size <= largestMember)) throw invalid('it is damaged')
    const name = head.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const bytes = await reader.take(size)
    const filling = await reader.take((block - (size % block)) % block)
    if (!bytes || !filling) throw invalid('it ends too early')
    yield { name, bytes }
  }
}

function byteReader(chunks: AsyncIterable<Buffer>) {
  const iterator = chunks[Symbol.asyncIterator]()
  let parts: Buffer[] = []
  let length = 0
  return {
    /** Exactly so many bytes; undefined where the stream ends before. */
    async take(size: number): Promise<Buffer | undefined> {
      while (length < size) {
        let next: IteratorResult<Buffer>
        try {
          next = await iterator.next()
        } catch (error) {
          throw invalid(`it cannot be unpacked (${(error as Error).message})`)
        }
        if (next.done) return undefined
        parts.push(next.value)
        length += next.value.length
      }
      const all = parts.length === 1 ? parts[0] : Buffer.concat(parts)
      parts = [all.subarray(size)]
      length -= size
      return all.subarray(0, size)
    },
  }
}

export function invalid(reason: string) {
  return problem('backup-invalid', { reason })
}
