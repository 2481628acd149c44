/**
 * `npm run contract`: writes the folder contract/ anew from the code. Its writers are listed in emitters.json: a file, the
 * function in it that gives text by path, and the folder of the contract the paths are meant in.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { pathToFileURL } from 'node:url'
import { at, filesBelow } from './checkout.mjs'
import { say } from './say.mjs'

/** Writes what the writers make and removes what none of them makes, except documents. Gives the exit code. */
export async function writeContract() {
  const made = new Set()
  for (const { file, makes, below } of JSON.parse(readFileSync(at('setup', 'emitters.json'), 'utf8'))) {
    if (!existsSync(at(file))) continue
    const writer = await import(pathToFileURL(at(file)).href)
    for (const [path, text] of Object.entries(await writer[makes]())) {
      const target = at('contract', below, path)
      mkdirSync(dirname(target), { recursive: true })
      writeFileSync(target, text)
      made.add(target)
    }
  }
  const left = filesBelow(at('contract')).filter((file) => !made.has(file) && !file.endsWith('.md'))
  for (const file of left) rmSync(file)
  say(`contract/: ${made.size} files written, ${left.length} removed.`)
  return 0
}
