/** The node's signing key: made at the first start, kept in a file of the data folder, with the history of all its keys. */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { instantText } from '@lanmei/exchange/instant-text'
import { type JournalKey, keyPairOf, type PrivateJwk, publicPartOf } from '@lanmei/exchange/keys'
import { openKey, sealKey } from '@lanmei/exchange/keys-at-rest'
import { problem } from '@lanmei/model/problem'
import { whileHolding } from '@lanmei/store/embedded/folder-lock'

export type SigningKey = { key: PrivateJwk; history: JournalKey[] }

/**
 * Opens the key in `folder`, or makes the first one.
 * @param passphrase encrypts the key at rest; without it the file is plain, readable by its owner alone
 * @throws key-missing when there is a history but no key, or the key cannot be opened
 */
export async function openSigningKey(
  folder: string,
  nowMs: number,
  passphrase?: string,
): Promise<SigningKey> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = { keyFile: join(folder, 'signing-key.json'), historyFile: join(folder, 'keys.json') }
  if (existsSync(files.keyFile) && existsSync(files.historyFile))
    return openOrMake(files.keyFile, files.historyFile, nowMs, passphrase)
  // Two processes that start a new node at once must come to one key.
  return whileHolding(join(folder, 'making'), () =>
    openOrMake(files.keyFile, files.historyFile, nowMs, passphrase),
  )
}

async function openOrMake(
  keyFile: string,
  historyFile: string,
  nowMs: number,
  passphrase: string | undefined,
): Promise<SigningKey> {
  if (!existsSync(keyFile)) {
    if (existsSync(historyFile))
      throw problem('key-missing', { file: keyFile, fix: 'put the file back from a backup' })
    const key = keyPairOf(new Uint8Array(randomBytes(32)))
    const history: JournalKey[] = [{ kid: key.kid, publicKey: publicPartOf(key), from: instantText(nowMs) }]
    // The history goes second: a key without history is made again, a history without key would be a lost key.
    writeWhole(keyFile, JSON.stringify(await sealKey(key, passphrase), null, 2))
    writeWhole(historyFile, JSON.stringify(history, null, 2))
    return { key, history }
  }
  const opened = await openKey(readJson(keyFile), passphrase)
  if (!opened.ok) throw problem('key-missing', { file: keyFile, reason: opened.detail })
  const key = opened.value
  if (!existsSync(historyFile))
    writeWhole(
      historyFile,
      JSON.stringify([{ kid: key.kid, publicKey: publicPartOf(key), from: instantText(nowMs) }], null, 2),
    )
  const history = readJson(historyFile) as JournalKey[]
  if (!history.some((entry) => entry.kid === key.kid && entry.to === undefined))
    throw problem('key-missing', { file: historyFile, reason: 'the history does not hold the present key' })
  return { key, history }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw problem('key-missing', { file, reason: 'the file cannot be read' }, error)
  }
}

/** Writes a file whole or not at all, and durably. */
function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.new`
  const handle = openSync(unfinished, 'w', 0o600)
  try {
    writeSync(handle, text)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(unfinished, file)
}
