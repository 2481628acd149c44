#!/usr/bin/env node
/** `lanmei`: brings Node 24 and the packages where they are missing, then runs the command. Plain JavaScript for any Node from 18. */
import { fileURLToPath } from 'node:url'

const setup = (name) => import(new URL(`../../setup/${name}`, import.meta.url))

try {
  const { isNewEnough, runAgainWithNewNode } = await setup('toolchain.mjs')
  if (!isNewEnough())
    process.exitCode = await runAgainWithNewNode(process.argv.slice(2), fileURLToPath(import.meta.url))
  else {
    const { installPackages } = await setup('packages.mjs')
    await installPackages()
    const { main } = await import('./main.ts')
    process.exitCode = await main(process.argv.slice(2))
  }
} catch (error) {
  process.stderr.write(`${error?.constructor?.name === 'SetupFault' ? error.message : error?.stack}\n`)
  process.exitCode = 1
}
