/** The folder contract/ is exactly what the code says: what its writers make is compared with what lies there. */
import assert from 'node:assert/strict'
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** A writer: the file, the function in it that gives text by path, and where in the contract the paths begin. */
type Writer = { file: string; makes: string; below: string }

async function made(): Promise<Map<string, string>> {
  const writers: Writer[] = JSON.parse(readFileSync(join(root, 'setup/emitters.json'), 'utf8'))
  const files = new Map<string, string>()
  for (const { file, makes, below } of writers.filter(({ file }) => existsSync(join(root, file)))) {
    const writer = await import(pathToFileURL(join(root, file)).href)
    for (const [path, text] of Object.entries(await writer[makes]())) files.set(below + path, text as string)
  }
  return files
}

/** What differs between what the writers make and what lies in a folder. Documents are written by hand. */
function differences(fresh: Map<string, string>, folder: string): string[] {
  const there = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
  return [
    ...[...fresh.keys()].filter((path) => !there.includes(path)).map((path) => `${path} is missing`),
    ...there
      .filter((path) => !fresh.has(path) && !path.endsWith('.md'))
      .map((path) => `${path} is written by nobody`),
    ...there
      .filter((path) => fresh.has(path) && readFileSync(join(folder, path), 'utf8') !== fresh.get(path))
      .map((path) => `${path} differs`),
  ]
}

test('the contract is what the code says (else: npm run contract)', async () => {
  const fresh = await made()
  assert.ok(fresh.size > 10, 'the writers were found')
  assert.deepEqual(differences(fresh, join(root, 'contract')), [])
})

test('a changed, a missing and a left-over file are found', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanmei-contract-'))
  after(() => rmSync(folder, { recursive: true, force: true }))
  mkdirSync(join(folder, 'records'))
  writeFileSync(join(folder, 'records/a.json'), '2')
  writeFileSync(join(folder, 'left.json'), '1')
  writeFileSync(join(folder, 'replay.md'), 'by hand')
  const fresh = new Map([
    ['records/a.json', '1'],
    ['new.json', '1'],
  ])
  assert.deepEqual(differences(fresh, folder), [
    'new.json is missing',
    'left.json is written by nobody',
    'records/a.json differs',
  ])
})
