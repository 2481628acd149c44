/** A browser for the tests of the portal: the machine's own Chromium, or Debian's, installed where we may. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { runQuietly } from './program.mjs'
import { say } from './say.mjs'

/** The path of a browser, or why there is none. */
export async function findBrowser() {
  const given = process.env.LANMEI_TEST_BROWSER
  if (given)
    return existsSync(given)
      ? { path: given }
      : { why: `LANMEI_TEST_BROWSER names ${given}, which is not there` }
  const found = installed()
  if (found) return { path: found }
  if (process.getuid?.() !== 0 || !onPath('apt-get'))
    return {
      why: 'no Chromium on this machine; install it (Debian: apt-get install chromium) or set LANMEI_TEST_BROWSER',
    }
  say('Installing Chromium for the browser tests ...')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await runQuietly('apt-get', ['update', '-q'], { env })
  const got = await runQuietly('apt-get', ['install', '-q', '-y', '--no-install-recommends', 'chromium'], {
    env,
  })
  const path = installed()
  if (path) return { path }
  const last = got.output.trim().split('\n').at(-1) ?? ''
  return { why: `Chromium could not be installed by apt-get (${last.replace(/https?:\S+/g, '(address)')})` }
}

function installed() {
  const mac = '/Applications/Chromium.app/Contents/MacOS/Chromium'
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
  return names.map(onPath).find(Boolean) ?? (existsSync(mac) ? mac : undefined)
}

function onPath(name) {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}
