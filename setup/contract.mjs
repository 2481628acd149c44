/** `npm run contract`: writes the folder contract/ anew from the code. The list of writers is emitters.json. */
import { existsSync, readFileSync } from 'node:fs'
import { at } from './checkout.mjs'
import { runInFront } from './program.mjs'

/** Runs every writer that exists. Gives the exit code of the first that fails. */
export async function writeContract() {
  for (const emitter of JSON.parse(readFileSync(at('setup', 'emitters.json'), 'utf8'))) {
    if (!existsSync(at(emitter))) continue
    const code = await runInFront(process.execPath, [at(emitter), at('contract')])
    if (code !== 0) return code
  }
  return 0
}
