/** What kind of text bytes are: encoding by mark or pattern, binary content; and the text of single cells. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be'

export type TextKind = {
  encoding: Encoding
  /** Length of the byte order mark. */
  markBytes: number
  /** False where only the pattern of NUL bytes tells UTF-16. */
  marked: boolean
  /** Name of what it is when it is no text: zip, gzip, pdf ... */
  binary?: string
}

const signatures: readonly [string, readonly number[]][] = [
  ['zip or Office document', [0x50, 0x4b, 3, 4]],
  ['gzip', [0x1f, 0x8b]],
  ['PDF', [0x25, 0x50, 0x44, 0x46, 0x2d]],
  ['Excel 97-2003 or other compound document', [0xd0, 0xcf, 0x11, 0xe0]],
  ['Parquet', [0x50, 0x41, 0x52, 0x31]],
  ['PNG image', [0x89, 0x50, 0x4e, 0x47]],
  ['JPEG image', [0xff, 0xd8, 0xff]],
  ['HDF5 or NetCDF', [0x89, 0x48, 0x44, 0x46]],
]

/** Judges the first bytes of a file. Bytes that are no UTF-8 are found later, cell by cell. */
export function textKind(head: Uint8Array): TextKind {
  for (const [binary, bytes] of signatures)
    if (head.length >= bytes.length && bytes.every((byte, i) => head[i] === byte))
      return { encoding: 'utf-8', markBytes: 0, marked: false, binary }
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf)
    return { encoding: 'utf-8', markBytes: 3, marked: true }
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', markBytes: 2, marked: true }
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', markBytes: 2, marked: true }

  const sample = Math.min(head.length, 4096)
  const nuls = [0, 0]
  let controls = 0
  for (let i = 0; i < sample; i++) {
    if (head[i] === 0) nuls[i & 1]++
    else if (head[i] < 9 || (head[i] > 13 && head[i] < 32 && head[i] !== 27)) controls++
  }
  const half = sample / 2
  if (sample >= 4 && nuls[1] > 0.7 * half && nuls[0] < 0.05 * half)
    return { encoding: 'utf-16le', markBytes: 0, marked: false }
  if (sample >= 4 && nuls[0] > 0.7 * half && nuls[1] < 0.05 * half)
    return { encoding: 'utf-16be', markBytes: 0, marked: false }
  // A stray NUL in a text spoils its line only; many make it no text.
  if (nuls[0] + nuls[1] + controls > Math.max(1, sample * 0.02))
    return { encoding: 'utf-8', markBytes: 0, marked: false, binary: 'unknown binary content' }
  return { encoding: 'utf-8', markBytes: 0, marked: false }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const western = new TextDecoder('windows-1252')

/** Text of bytes: UTF-8 where they are valid UTF-8, else windows-1252, in which every byte means something. */
export function decodeText(bytes: Uint8Array): { text: string; guessed: boolean } {
  try {
    return { text: utf8.decode(bytes), guessed: false }
  } catch {
    return { text: western.decode(bytes), guessed: true }
  }
}

/** The start of a file as text in whatever encoding it is; a character cut at the end is dropped. */
export function headText(head: Uint8Array): string {
  const kind = textKind(head)
  if (kind.binary) return ''
  const body = head.subarray(kind.markBytes)
  if (kind.encoding !== 'utf-8') return new TextDecoder(kind.encoding).decode(body)
  for (let cut = 0; cut < Math.min(4, body.length); cut++) {
    const { text, guessed } = decodeText(body.subarray(0, body.length - cut))
    if (!guessed) return text
  }
  return western.decode(body)
}

/** Control characters made visible, so that what was read can be shown and stored anywhere. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\u0000-\u001f\u007f]/g, (c) =>
    c === '\u007f' ? '␡' : String.fromCharCode(0x2400 + c.charCodeAt(0)),
  )
}
