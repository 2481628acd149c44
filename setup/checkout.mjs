/** The checkout: its root folder, its files, and hashes over them. Plain JavaScript for any Node from 18. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** An absolute path inside the checkout. */
export const at = (...parts) => join(root, ...parts)

const neverEntered = new Set(['node_modules', 'build', '.react-router', '.git', '.toolchain', 'data'])

/** All files below a folder or the file itself, sorted, without what is installed or built. Absolute paths. */
export function filesBelow(path) {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return [path]
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => !(entry.isDirectory() && neverEntered.has(entry.name)))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(path, entry.name)
      if (entry.isDirectory()) return filesBelow(inside)
      return entry.isFile() ? [inside] : []
    })
}

/** SHA-256 over names and contents of files, in hexadecimal. */
export function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files)
    hash
      .update(`${file.slice(root.length)}\0`)
      .update(readFileSync(file))
      .update('\0')
  return hash.digest('hex')
}

/** The text of a file, or undefined when there is none. */
export function textOf(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
