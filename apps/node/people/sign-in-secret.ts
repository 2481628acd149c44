/** The secret that signs session cookies and encrypts second-factor secrets: a file beside the keys, made at the first start. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Gives the secret, 43 characters. Without the file all sessions end and second factors must be set up again. */
export async function signInSecret(dataFolder: string): Promise<string> {
  const folder = join(dataFolder, 'keys')
  const file = join(folder, 'sign-in-secret')
  if (existsSync(file)) return readFileSync(file, 'utf8').trim()
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const secret = randomBytes(32).toString('base64url')
  const handle = await open(`${file}.new`, 'w', 0o600)
  try {
    await handle.writeFile(`${secret}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${file}.new`, file)
  return secret
}
