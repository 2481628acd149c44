/** A node that crashes is started again; one that was asked to end, or never came up, is not. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'

const folder = mkdtempSync(join(tmpdir(), 'lanmei-keeper-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const keeper = pathToFileURL(join(import.meta.dirname, '..', 'setup', 'keeper.mjs')).href

/** Runs a program under the keeper in a process of its own; the program notes each start with its process id. */
function keep(name: string, program: string) {
  const starts = join(folder, `${name}.starts`)
  writeFileSync(starts, '')
  const file = join(folder, `${name}.mjs`)
  const noting = `import { appendFileSync } from 'node:fs'\nappendFileSync(${JSON.stringify(starts)}, process.pid + '\\n')\n`
  writeFileSync(file, noting + program)
  const outer = `import { keepRunning } from ${JSON.stringify(keeper)}\nprocess.exitCode = await keepRunning([${JSON.stringify(file)}])`
  const child = spawn(process.execPath, ['--input-type=module', '-e', outer], { stdio: 'ignore' })
  return { child, pids: () => readFileSync(starts, 'utf8').split('\n').filter(Boolean).map(Number) }
}

async function until(holds: () => boolean) {
  for (let i = 0; i < 200 && !holds(); i++) await sleep(50)
  assert.ok(holds(), 'it did not happen within ten seconds')
}

test('a program that is killed starts again, and ends for good when its keeper is asked to', async () => {
  const { child, pids } = keep('killed', 'setInterval(() => {}, 1000)')
  await until(() => pids().length === 1)
  process.kill(pids()[0], 'SIGKILL')
  await until(() => pids().length === 2)
  child.kill('SIGTERM')
  await once(child, 'exit')
  assert.throws(() => process.kill(pids()[1], 0), /ESRCH/)
  assert.equal(pids().length, 2)
})

test('a program that never came up is not started again, and its exit code is kept', async () => {
  const { child, pids } = keep('refused', 'process.exit(3)')
  const [code] = await once(child, 'exit')
  assert.deepEqual([code, pids().length], [3, 1])
})
