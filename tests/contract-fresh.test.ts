/** The folder contract/ is exactly what the code says: its writers are run again and the result is compared. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const made = mkdtempSync(join(tmpdir(), 'lanmei-contract-'))
after(() => rmSync(made, { recursive: true, force: true }))

/** What differs between what the writers made and what lies in the contract. Documents are written by hand. */
function differences(fresh: string, kept: string): string[] {
  const list = (folder: string) =>
    globSync('**/*', { cwd: folder, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
  const [made, there] = [list(fresh), list(kept)]
  return [
    ...made.filter((path) => !there.includes(path)).map((path) => `${path} is missing`),
    ...there
      .filter((path) => !made.includes(path) && !path.endsWith('.md'))
      .map((path) => `${path} is written by nobody`),
    ...made
      .filter((path) => there.includes(path))
      .filter((path) => !readFileSync(join(fresh, path)).equals(readFileSync(join(kept, path))))
      .map((path) => `${path} differs`),
  ]
}

test('the contract is what the code says (else: npm run contract)', () => {
  const emitters: string[] = JSON.parse(readFileSync(join(root, 'setup/emitters.json'), 'utf8'))
  const present = emitters.filter((path) => existsSync(join(root, path)))
  assert.ok(present.length > 0, 'the writers were found')
  for (const emitter of present) {
    const run = spawnSync(process.execPath, [join(root, emitter), made], { encoding: 'utf8', cwd: root })
    assert.equal(run.status, 0, `${emitter}: ${run.stderr}`)
  }
  assert.deepEqual(differences(made, join(root, 'contract')), [])
})

test('a changed, a missing and a left-over file are found', () => {
  const [fresh, kept] = ['fresh', 'kept'].map((name) => join(made, '..', `${made}-${name}`))
  for (const folder of [fresh, kept]) mkdirSync(join(folder, 'records'), { recursive: true })
  after(() => [fresh, kept].map((folder) => rmSync(folder, { recursive: true, force: true })))
  writeFileSync(join(fresh, 'records/a.json'), '1')
  writeFileSync(join(kept, 'records/a.json'), '2')
  writeFileSync(join(fresh, 'b.json'), '1')
  writeFileSync(join(kept, 'c.json'), '1')
  writeFileSync(join(kept, 'replay.md'), 'by hand')
  const path = join('records', 'a.json')
  assert.deepEqual(differences(fresh, kept), [
    'b.json is missing',
    'c.json is written by nobody',
    `${path} differs`,
  ])
})
