/** The signing key of a new node: one, however many processes start it at once. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { openSigningKey } from './signing-key.ts'

test('processes that start a new node at once come to one key', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-key-'))
  try {
    const script = `import { openSigningKey } from ${JSON.stringify(import.meta.resolve('./signing-key.ts'))}
      console.log((await openSigningKey(${JSON.stringify(folder)}, Date.now())).key.kid)`
    const said = await Promise.all(Array.from({ length: 4 }, () => run(script)))
    const { key, history } = await openSigningKey(folder, Date.now())
    assert.deepEqual([...new Set(said)], [`${key.kid}\n`])
    assert.equal(history.length, 1)
    assert.deepEqual(readdirSync(folder).sort(), ['keys.json', 'signing-key.json'])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

function run(script: string): Promise<string> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text) => {
    said += text
  })
  return new Promise((done) => child.once('close', () => done(said)))
}
