/** `npm run check`: everything about the tree that needs no running: types, style, floors, sizes, languages, contract, links. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { at } from './checkout.mjs'
import { commandOf, runQuietly } from './program.mjs'

/** One after the other; a step whose input does not exist (yet) is left out. */
const steps = () => [
  ['types', [commandOf('typescript'), '-p', at('tsconfig.json'), '--noEmit']],
  [
    'types of the portal',
    [commandOf('typescript'), '-p', at('apps/portal/tsconfig.json'), '--noEmit'],
    at('apps/portal/tsconfig.json'),
  ],
  ['lint and format', [commandOf('@biomejs/biome'), 'check', '--error-on-warnings', at()]],
  ['floors', test('floors')],
  ['file sizes and names', test('files')],
  ['languages', test('languages')],
  ['contract is fresh', test('contract-fresh')],
  ['links in the documents', test('links')],
]

function test(name) {
  return ['--test', '--test-reporter=spec', at('tests', `${name}.test.ts`)]
}

/** Runs all steps, one line each, and shows what the failed ones said. Gives the exit code. */
export async function check() {
  const portal = at('apps', 'portal')
  // The portal's types include those of its routes, which its build tool writes.
  if (existsSync(join(portal, 'vite.config.ts')))
    await runQuietly(process.execPath, [commandOf('@react-router/dev'), 'typegen'], { cwd: portal })
  const list = steps()
  let failed = 0
  for (const [name, args, needs] of list) {
    if (needs && !existsSync(needs)) continue
    const start = Date.now()
    const { code, output } = await runQuietly(process.execPath, args)
    const seconds = ((Date.now() - start) / 1000).toFixed(1)
    console.log(`${code === 0 ? '  ok' : 'FAIL'} ${seconds.padStart(6)} s  ${name}`)
    if (code === 0) continue
    failed++
    const told = output.split('✖ failing tests:').at(-1)
    console.log(told.trim().split('\n').slice(-120).join('\n').replace(/^/gm, '        '))
  }
  console.log(failed === 0 ? 'check: all good' : `check: ${failed} of ${list.length} steps failed`)
  return failed === 0 ? 0 : 1
}
