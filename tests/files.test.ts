/** What every file keeps to: its length, its first line, its name, and words that have no place in the project. */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const longest = 400

/** Files that may be longer, each with the reason. */
const mayBeLong: Record<string, string> = {}

const code = new Set(['.ts', '.tsx', '.mts', '.mjs', '.js', '.css', '.sql', '.sh'])
const text = new Set([
  ...code,
  '.md',
  '.json',
  '.csv',
  '.html',
  '.svg',
  '.yml',
  '.yaml',
  '.geojson',
  '.service',
  '',
])
const drawers = new Set([
  'util',
  'utils',
  'helper',
  'helpers',
  'common',
  'manager',
  'service',
  'services',
  'misc',
])
/** Written with gaps in the patterns, so that this file does not contain what it forbids. */
const forbidden: [RegExp, string][] = [
  [/\bregistry\.[a-z-]+\.(org|com|net|cn|dev)\b/i, 'the host name of a package registry'],
  [/\b(npm|yarn)(js|pkg|mirror)\.(org|com)\b/i, 'the host name of a package registry'],
  [/(^|[\s"'`(=:])\/work\//m, 'a path of one machine'],
  [/(^|[\s"'`(=:])\/(tmp|home|Users|root)\/[a-z]\w*\//m, 'a path of one machine'],
]
const holds = (path: string) => readFileSync(join(root, path), 'utf8')

const files = globSync(['**/*', '.ci/*', '.gitignore'], {
  cwd: root,
  withFileTypes: true,
  exclude: (entry) =>
    ['node_modules', '.git', '.toolchain', 'build', '.react-router'].includes(entry.name) ||
    (entry.name === 'data' && `${entry.parentPath}/` === root) ||
    (entry.name === 'geo' && entry.parentPath.endsWith('public')),
})
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/'))

/** What is wrong with one file. `path` is relative to the checkout. */
function faultsOf(path: string, content: string): string[] {
  const faults: string[] = []
  const kind = extname(path)
  if (code.has(kind)) {
    const lines = content.split('\n').length - 1
    if (lines > longest && !(path in mayBeLong)) faults.push(`has ${lines} lines; ${longest} is a stop`)
    const [first, second] = content.split('\n')
    const opening = first.startsWith('#!') ? second : first
    const comment = { '.css': /^\/\*/, '.sql': /^-- \w/, '.sh': /^# \w/ }[kind] ?? /^\/\*\*/
    if (!comment.test(opening ?? '')) faults.push('does not begin with a comment that says what it is for')
    if (!/^[a-z0-9$_]+([-.][a-z0-9$_]+)*$/.test(basename(path)))
      faults.push('has a name that is not in kebab-case')
  }
  const drawer = path.split(/[/.-]/).find((word) => drawers.has(word))
  // A systemd unit ends in .service by the rules of systemd.
  if (drawer && !path.endsWith('.service'))
    faults.push(`has "${drawer}" in its name: name it after what it does`)
  for (const [pattern, what] of forbidden) {
    const found = pattern.exec(content)
    if (found) faults.push(`holds ${what}: ${found[0].trim()}`)
  }
  return faults
}

test('every file keeps to the rules of length, opening, name and words', () => {
  assert.ok(files.length > 50, 'the files were found')
  const faults = files
    .filter((path) => text.has(extname(path)))
    .flatMap((path) => faultsOf(path, holds(path)).map((fault) => `${path} ${fault}`))
  assert.deepEqual(faults, [])
})

test('the list of long files names only files that are there and long, with reasons', () => {
  for (const [path, reason] of Object.entries(mayBeLong)) {
    assert.ok(holds(path).split('\n').length - 1 > longest, `${path} is short now: take it off the list`)
    assert.ok(reason.length > 10, `${path} has no reason`)
  }
})

test('each broken rule is found', () => {
  const opening = '/** A file. */\n'
  const place = ['', 'work', 'x'].join('/')
  const host = ['registry', 'example', 'org'].join('.')
  const broken: [string, string, RegExp][] = [
    ['packages/x/a.ts', opening + 'a\n'.repeat(longest), /401 lines/],
    ['packages/x/a.ts', 'export const a = 1\n', /does not begin/],
    ['packages/x/a.sql', 'SELECT 1;\n', /does not begin/],
    ['packages/x/CamelCase.ts', opening, /kebab-case/],
    ['packages/x/date-utils.ts', opening, /"utils" in its name/],
    ['packages/helpers/a.ts', opening, /"helpers" in its name/],
    ['docs/a.md', `see ${place}/y`, /path of one machine/],
    ['docs/a.md', `from https://${host}/`, /package registry/],
  ]
  for (const [path, content, expected] of broken) assert.match(faultsOf(path, content).join(), expected, path)
  assert.deepEqual(faultsOf('packages/x/river-km.ts', opening), [])
})
