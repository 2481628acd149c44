/** Node 24: the one that runs us where it is new enough, else one brought from npm into `.toolchain/`. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { at } from './checkout.mjs'
import { runInFront, runNpm, runQuietly } from './program.mjs'
import { SetupFault, say, withoutAddresses } from './say.mjs'
import { inTurn } from './turn.mjs'

const wanted = 24
const folder = at('.toolchain')

/** Whether the Node that runs us can run the project. */
export function isNewEnough() {
  return Number(process.versions.node.split('.')[0]) >= wanted && Boolean(process.features.typescript)
}

/**
 * Runs this set-up, or another script of the checkout, again with Node 24 first in the PATH, for itself and everything it starts.
 * Gives the exit code.
 */
export async function runAgainWithNewNode(args, script = fileURLToPath(new URL('run.mjs', import.meta.url))) {
  if (process.env.SETUP_FIRST_NODE)
    throw new SetupFault(
      `The Node in .toolchain is not usable (it is ${process.version}). Remove the folder and try again.`,
    )
  const node = await bringNode()
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    SETUP_FIRST_NODE: process.execPath,
  }
  return runInFront(node, [script, ...args], {
    env,
    cwd: process.cwd(),
  })
}

/** The path of Node 24 in `.toolchain/`, installed there when it is not yet. */
async function bringNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const name = `node-${platform}-${process.arch}`
  const node = at(
    '.toolchain',
    'node_modules',
    name,
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  )
  const ready = at('.toolchain', `ready-${name}`)
  if (existsSync(node) && existsSync(ready)) return node
  await inTurn(async () => {
    if (existsSync(node) && existsSync(ready)) return
    say(`This machine has Node ${process.versions.node}; fetching Node ${wanted} for this project only ...`)
    mkdirSync(folder, { recursive: true })
    if (!existsSync(at('.toolchain', 'package.json')))
      writeFileSync(at('.toolchain', 'package.json'), '{ "private": true }\n')
    const got = await runNpm(['install', '--prefix', folder, '--ignore-scripts', `${name}@${wanted}`])
    const tried = got.code === 0 ? await runQuietly(node, ['--version']) : got
    if (tried.code !== 0)
      throw new SetupFault(
        `Node ${wanted} could not be fetched for ${platform}-${process.arch}. Install Node ${wanted} on the machine, or try again:\n${withoutAddresses(tried.output)}`,
      )
    writeFileSync(ready, tried.output)
  })
  return node
}
