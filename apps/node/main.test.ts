/** The process: starts, says where, stops at Ctrl-C, starts again from what is on disk after kill -9, and refuses bad settings. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'lanmei main '))
const pidFile = join(folder, 'data', 'database', 'pgdata', 'postmaster.pid')
const children: ChildProcess[] = []
after(() => {
  for (const child of children) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
})

type Started = { child: ChildProcess; address?: string; said(): string; exit: Promise<number | null> }

/** Starts the program; resolves when it is ready or has ended. */
async function start(settings: Record<string, string> = {}): Promise<Started> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('LANMEI_')))
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: {
      ...env,
      LANMEI_DATA: join(folder, 'data'),
      LANMEI_PORT: '0',
      LANMEI_HOST: '127.0.0.1',
      LANMEI_MQTT_PORT: '0',
      LANMEI_DEMO: 'off',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  children.push(child)
  let said = ''
  const exit = once(child, 'close').then(([code]) => code as number | null)
  const ready = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      const found = /Lanmei is ready: (\S+)/.exec(said)
      if (found) resolve(found[1])
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
  })
  const address = await Promise.race([ready, exit.then(() => undefined)])
  return { child, address, said: () => said, exit }
}

async function json(url: string): Promise<Record<string, unknown>> {
  return (await fetch(url)).json() as Promise<Record<string, unknown>>
}

test('it starts, prints address and set-up code, and stops cleanly at Ctrl-C', async () => {
  const { child, address, said, exit } = await start()
  assert.ok(address, said())
  assert.match(said(), /First set-up.*\/set-up#code=/)
  assert.deepEqual(await json(`${address}/health/ready`), { ready: true })
  child.kill('SIGINT')
  assert.equal(await exit, 0, said())
  assert.match(said(), /Stopped\./)
})

test('after kill -9 it starts again with the same journal', async () => {
  const first = await start()
  const before = (await json(`${first.address}/api/status`)).journal as { size: number; root: string }
  assert.ok(before.size > 0)
  first.child.kill('SIGKILL')
  await first.exit
  const second = await start()
  const now = (await json(`${second.address}/api/status`)).journal as { size: number; root: string }
  assert.deepEqual([now.size, now.root], [before.size, before.root])
  second.child.kill('SIGTERM')
  assert.equal(await second.exit, 0)
})

test('stopped while it is still starting, it leaves no database running', async () => {
  const starting = start()
  while (!children.at(-1)?.pid || !existsSync(pidFile)) await new Promise((resolve) => setTimeout(resolve, 5))
  children.at(-1)?.kill('SIGINT')
  const { exit, said } = await starting
  assert.equal(await exit, 0, said())
  assert.ok(!existsSync(pidFile))
})

test('a setting of an unknown name ends the start with the name that was meant', async () => {
  const { said, exit } = await start({ LANMEI_PROT: '9000' })
  assert.equal(await exit, 1)
  assert.match(said(), /no setting LANMEI_PROT\. Did you mean LANMEI_PORT\?/)
})

test('a taken port ends the start in plain words, and leaves no database running', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const { port } = other.address() as { port: number }
  const { said, exit } = await start({ LANMEI_PORT: String(port) })
  other.close()
  assert.equal(await exit, 1)
  assert.match(said(), new RegExp(`Port ${port} is taken`))
  assert.ok(!existsSync(pidFile))
})
