/** The portal's build: made anew when anything it is made from has changed. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { at, filesBelow, hashOf, textOf } from './checkout.mjs'
import { commandOf, runQuietly } from './program.mjs'
import { SetupFault, say } from './say.mjs'
import { inTurn } from './turn.mjs'

const stampFile = at('apps', 'portal', 'build', '.made-from')

/** Builds the portal when it is stale. */
export async function buildPortal() {
  if (!existsSync(at('apps', 'portal', 'vite.config.ts'))) {
    say('There is no portal in this checkout yet: left out.')
    return
  }
  if (textOf(stampFile) === inputs()) return
  await inTurn(async () => {
    const made = inputs()
    if (textOf(stampFile) === made) return
    say('Building the portal ...')
    rmSync(stampFile, { force: true })
    const env = { ...process.env, NODE_ENV: 'production' }
    const done = await runQuietly(process.execPath, [commandOf('@react-router/dev'), 'build'], {
      cwd: at('apps', 'portal'),
      env,
    })
    if (done.code !== 0)
      throw new SetupFault(
        `The portal could not be built:\n${done.output.trim().split('\n').slice(-40).join('\n')}`,
      )
    mkdirSync(at('apps', 'portal', 'build'), { recursive: true })
    writeFileSync(stampFile, made)
  })
}

/** A hash over everything that goes into the build. */
function inputs() {
  const made = [at('apps', 'portal', 'public', 'geo')]
  const sources = [
    ...filesBelow(at('apps', 'portal')).filter((file) => !made.some((folder) => file.startsWith(folder))),
    ...['model', 'api', 'exchange', 'kernels'].flatMap((name) => filesBelow(at('packages', name))),
    ...filesBelow(at('areas')).filter((file) => /[\\/]texts[\\/]|area\.json$/.test(file)),
  ].filter((file) => !/\.test\.tsx?$/.test(file))
  return `${hashOf([...sources, at('package-lock.json')])}\n`
}
