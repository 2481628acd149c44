/**
 * The entry of all npm scripts: brings Node 24 and the packages where they are missing, then runs the command.
 * Plain JavaScript without dependencies, for any Node from 18, in any folder, as any user.
 */
import { existsSync } from 'node:fs'
import { at } from './checkout.mjs'
import { becomeNode, endWithNpm } from './program.mjs'
import { SetupFault, say } from './say.mjs'

const commands = {
  start: 'the node with its portal (settings: docs/operators.md)',
  test: 'all tests, or those in the files and folders named after --',
  check: 'types, lint, format, floors, sizes, languages, contract, links',
  bench: 'a benchmark: npm run bench -- observations [--json]',
  contract: 'writes contract/ anew from the code',
  new: 'a new area from the template: npm run new area energy',
}

async function main([command, ...rest]) {
  // npm hands the separator on when this is called without npm's help.
  const args = rest[0] === '--' ? rest.slice(1) : rest
  if (!Object.hasOwn(commands, command ?? '')) {
    say(
      `Commands:\n${Object.entries(commands)
        .map(([name, what]) => `  ${name.padEnd(9)} ${what}`)
        .join('\n')}`,
    )
    return 2
  }
  endWithNpm()
  const { isNewEnough, runAgainWithNewNode } = await import('./toolchain.mjs')
  if (!isNewEnough()) return runAgainWithNewNode([command, ...args])
  const { installPackages } = await import('./packages.mjs')
  await installPackages()
  return run[command](args)
}

const run = {
  async start(args) {
    const { buildPortal } = await import('./portal.mjs')
    await buildPortal()
    const { keepRunning } = await import('./keeper.mjs')
    return keepRunning([at('apps', 'node', 'main.ts'), ...args])
  },
  async test(args) {
    const { findBrowser } = await import('./browser.mjs')
    const browser = await findBrowser()
    if (browser.path) process.env.LANMEI_TEST_BROWSER = browser.path
    else {
      delete process.env.LANMEI_TEST_BROWSER
      say(`The browser tests are skipped: ${browser.why}.`)
    }
    const { buildPortal } = await import('./portal.mjs')
    await buildPortal()
    const { runTests } = await import('./tests.mjs')
    return runTests(args)
  },
  async check() {
    const { check } = await import('./check.mjs')
    return check()
  },
  async contract() {
    const { writeContract } = await import('./contract.mjs')
    return writeContract()
  },
  async bench([name, ...args]) {
    const file = at('tests', 'bench', `${name}.ts`)
    if (!/^[a-z0-9-]+$/.test(name ?? '') || !existsSync(file))
      throw new SetupFault(`There is no benchmark "${name ?? ''}": they are the files in tests/bench/.`)
    return becomeNode([file, ...args])
  },
  async new(args) {
    const { makeNew } = await import('./new.mjs')
    return makeNew(args)
  },
}

try {
  process.exitCode = await main(process.argv.slice(2))
} catch (error) {
  say(error instanceof SetupFault ? error.message : explain(error))
  process.exitCode = 1
}

/** The few faults of the machine that a person can mend, in words; the rest as it is. */
function explain(error) {
  if (['EACCES', 'EPERM', 'EROFS'].includes(error.code))
    return `This user may not write ${error.path ?? 'here'}: start as the owner of the checkout, or give it to this user.`
  if (error.code === 'ENOSPC') return 'The disk is full: make room and try again.'
  return error.stack
}
