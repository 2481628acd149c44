/** `npm run new area NAME`: a new field of cooperation, copied from the template and filled with its name. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { at, filesBelow } from './checkout.mjs'
import { SetupFault, say } from './say.mjs'

/** Makes what is named. Gives the exit code. */
export function makeNew([what, id]) {
  if (what !== 'area' || !/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id ?? ''))
    throw new SetupFault('Say what and its name in small letters: npm run new area energy')
  const folder = at('areas', id)
  if (existsSync(folder)) throw new SetupFault(`There is an area "${id}" already: areas/${id}.`)
  const template = at('setup', 'templates', 'area')
  for (const file of filesBelow(template)) {
    const target = join(folder, relative(template, file))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, readFileSync(file, 'utf8').replaceAll('{{id}}', id))
  }
  say(
    `Made areas/${id}. Next: its texts in seven languages, its properties in area.json, then npm run check.`,
  )
  return 0
}
