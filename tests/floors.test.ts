/** The floors of the house, held by reading every import: who may know whom, and what each package says it needs. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { parseSync, Visitor } from 'rolldown/utils'

const root = fileURLToPath(new URL('..', import.meta.url))
const ground = ['model', 'kernels']
const siblings = ['exchange', 'watch', 'cooperation', 'recognition', 'standards', 'store', 'api']
const apps = ['node', 'portal', 'cli']

/** What a package.json of the checkout says, by folder (`packages/model`, `apps/node`, `.`). */
type Needs = { run: Set<string>; develop: Set<string>; own: Set<string> }
type Import = { from: string; typeOnly: boolean }

const manifests = new Map(
  globSync(['package.json', 'packages/*/package.json', 'apps/*/package.json'], { cwd: root }).map((path) => {
    const { dependencies, devDependencies, imports } = JSON.parse(readFileSync(join(root, path), 'utf8'))
    const needs = { run: names(dependencies), develop: names(devDependencies), own: names(imports) }
    return [path === 'package.json' ? '.' : dirname(path), needs] as const
  }),
)

function names(dependencies: object | undefined): Set<string> {
  return new Set(Object.keys(dependencies ?? {}))
}

/** Everything a file imports: statements, re-exports, import() of a fixed name, and types named by import(). */
function importsOf(path: string, source: string): Import[] {
  const { program, module, errors } = parseSync(path, source)
  assert.deepEqual(
    errors.map((error) => error.message),
    [],
    `${path} cannot be read`,
  )
  const found: Import[] = []
  const statement = (from: string, kinds: boolean[]) =>
    found.push({ from, typeOnly: kinds.length > 0 && kinds.every(Boolean) })
  for (const each of module.staticImports)
    statement(
      each.moduleRequest.value,
      each.entries.map((entry) => entry.isType),
    )
  for (const each of module.staticExports)
    for (const entry of each.entries)
      if (entry.moduleRequest) statement(entry.moduleRequest.value, [entry.isType])
  const fixed = (node: { type: string; value?: unknown }, typeOnly: boolean) => {
    if (node.type === 'Literal' && typeof node.value === 'string') found.push({ from: node.value, typeOnly })
  }
  new Visitor({
    ImportExpression: (node) => fixed(node.source, false),
    TSImportType: (node) => fixed(node.source, true),
  }).visit(program)
  return found
}

/** What is wrong with one import of a file, or undefined. Paths are relative to the checkout, with `/`. */
function faultOf(path: string, { from, typeOnly }: Import): string | undefined {
  const home = /^(packages|apps)\/[^/]+/.exec(path)?.[0]
  const here = home?.split('/')[1] ?? ''
  const isTest = /\.test\.tsx?$/.test(path) || home === undefined
  if (from.startsWith('virtual:')) return undefined
  if (from.startsWith('.')) {
    const target = normalize(join(dirname(path), from.replace(/\?.*$/, ''))).replaceAll('\\', '/')
    if (/(^|\/)index(\.[a-z]+)?$/.test(target) || /(^|\/)\.{1,2}\/?$/.test(from))
      return `imports an index: ${from}`
    if (home && !target.startsWith(`${home}/`)) return `leaves its package by a relative path: ${from}`
    // Route types are written by the portal's build tool and may not be there yet.
    if (!from.includes('+types/') && !existsSync(join(root, target)))
      return `names a file that is not there: ${from}`
    return undefined
  }
  if (from.startsWith('node:')) {
    const pure = ground.includes(here) && !isTest && !/\/(emit|vectors)\.ts$/.test(path)
    return pure ? `${here} knows no input or output: ${from}` : undefined
  }
  if (from.startsWith('@lanmei/')) {
    const fault = floorFaultOf(home, from.split('/')[1])
    if (fault) return fault
    if (home === undefined || from.startsWith(`@lanmei/${here}/`)) return undefined
  }
  // A package's own switch between twins for the server and the browser.
  if (from.startsWith('#'))
    return manifests.get(home ?? '.')?.own.has(from)
      ? undefined
      : `names ${from}, which its package.json does not`
  const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/')
  // The portal runs as what its build made, so it needs no package at run time that it does not need for that.
  const developing = isTest || typeOnly || here === 'portal'
  const types = `@types/${name.replace('@', '').replace('/', '__')}`
  return listed(home, name, developing) || (typeOnly && listed(home, types, true))
    ? undefined
    : `imports ${name}, which its package.json does not list${developing ? '' : ' under dependencies'}`
}

function floorFaultOf(home: string | undefined, there: string): string | undefined {
  if (home === undefined) return undefined
  const [kind, here] = home.split('/')
  const isApp = apps.includes(there)
  if (kind === 'apps') return isApp && there !== here ? `apps never import each other: ${there}` : undefined
  if (there === here) return `names itself by @lanmei/${here}; use a relative path`
  if (ground.includes(here)) return `${here} knows nobody, not ${there} either`
  assert.ok(siblings.includes(here), `packages/${here} stands on no floor: add it to tests/floors.test.ts`)
  return ground.includes(there) ? undefined : `${here} knows only ${ground.join(' and ')}, not ${there}`
}

/** Whether a package may be imported: development packages by tests, types and build settings only. */
function listed(home: string | undefined, name: string, developing: boolean): boolean {
  const has = (needs: Needs | undefined) =>
    needs !== undefined && (needs.run.has(name) || (developing && needs.develop.has(name)))
  if (home === undefined) return [...manifests.values()].some(has)
  return has(manifests.get(home)) || (developing && has(manifests.get('.')))
}

const sources = globSync(['packages/**/*.{ts,tsx,mjs}', 'apps/**/*.{ts,tsx,mjs}', 'tests/**/*.ts'], {
  cwd: root,
  exclude: ['**/node_modules/**', '**/build/**', '**/.react-router/**'],
}).map((path) => path.replaceAll('\\', '/'))

test('every import keeps to the floors and to what its package lists', () => {
  assert.ok(sources.length > 20, 'the sources were found')
  const faults = sources.flatMap((path) =>
    importsOf(path, readFileSync(join(root, path), 'utf8')).flatMap((each) => {
      const fault = faultOf(path, each)
      return fault ? [`${path}: ${fault}`] : []
    }),
  )
  assert.deepEqual(faults, [])
})

test('no file is an index', () => {
  assert.deepEqual(
    sources.filter((path) => /(^|\/)index\.[a-z]+$/.test(path)),
    [],
  )
})

test('every library has its line of reason in the decision record, and every line its library', () => {
  const record = readFileSync(join(root, 'docs/decisions/0001-libraries.md'), 'utf8')
  const explained = [...record.matchAll(/^\| `([^`]+)` \|.*\| .{10,} \|$/gm)].map((row) => row[1])
  const used = [...manifests.values()].flatMap(({ run, develop }) => [...run, ...develop])
  assert.deepEqual(
    [...new Set(explained)].sort(),
    [...new Set(used.filter((name) => !name.startsWith('@lanmei/')))].sort(),
  )
})

test('each broken rule is found', () => {
  const faults = (path: string, source: string) => importsOf(path, source).map((each) => faultOf(path, each))
  const broken: [string, string, RegExp][] = [
    ['packages/model/x.ts', "import { a } from '@lanmei/kernels/a'", /knows nobody/],
    ['packages/kernels/x.ts', "export * from '@lanmei/model/a'", /knows nobody/],
    ['packages/kernels/x.ts', "import fs from 'node:fs'", /no input or output/],
    ['packages/store/x.ts', "import type { A } from '@lanmei/api/a'", /knows only model and kernels/],
    ['packages/store/x.ts', "const a = await import('@lanmei/watch/a')", /knows only model and kernels/],
    ['packages/store/x.ts', "type A = import('@lanmei/node/a').A", /knows only model and kernels/],
    ['packages/store/x.ts', "import { a } from '@lanmei/store/a'", /names itself/],
    ['packages/store/x.ts', "import { a } from '../model/record.ts'", /leaves its package/],
    ['packages/store/x.ts', "import areas from '../../areas/water/area.json'", /leaves its package/],
    ['packages/store/x.ts', "import { a } from './index.ts'", /imports an index/],
    ['packages/store/x.ts', "import { a } from '.'", /imports an index/],
    ['packages/store/x.ts', "import { a } from './not-there.ts'", /not there/],
    ['packages/store/x.ts', "import pg from 'fastify'", /does not list/],
    ['packages/store/x.ts', "import fc from 'fast-check'", /does not list/],
    ['packages/store/x.ts', "import fs from 'fs'", /does not list/],
    ['packages/store/x.ts', "import { a } from '#twin'", /which its package.json does not/],
    ['apps/node/x.ts', "import { a } from '@lanmei/portal/a'", /never import each other/],
  ]
  for (const [path, source, expected] of broken)
    assert.match(faults(path, source)[0] ?? 'nothing found', expected, source)
})

test('what is allowed is not complained about', () => {
  const fine: [string, string][] = [
    [
      'packages/store/x.ts',
      "import { problem } from '@lanmei/model/problem'; import pg from 'pg'; import 'node:fs'",
    ],
    ['packages/store/x.test.ts', "import fc from 'fast-check'"],
    ['apps/node/x.ts', "import { openCluster } from '@lanmei/store/embedded/cluster'"],
  ]
  for (const [path, source] of fine)
    for (const each of importsOf(path, source)) assert.equal(faultOf(path, each), undefined)
})
