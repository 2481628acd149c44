/** Relative links in all documents lead to a file that is there, and to a heading that is there. */
import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

const documents = globSync('**/*.md', {
  cwd: root,
  exclude: ['**/node_modules/**', '.toolchain/**', 'data/**', '**/build/**'],
})

/** The text without code, where brackets mean something else. */
function prose(text: string): string {
  return text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '').replace(/`[^`\n]*`/g, '')
}

/** Targets of inline links, images, reference definitions and `href`. */
function targetsOf(text: string): string[] {
  const patterns = [
    /\]\(\s*<?([^)\s>]+)>?[^)]*\)/g,
    /^\s*\[[^\]]+\]:\s*<?(\S+?)>?\s*$/gm,
    /\b(?:href|src)="([^"]+)"/g,
  ]
  return patterns.flatMap((pattern) => [...prose(text).matchAll(pattern)].map((match) => match[1]))
}

/** The names of the headings of a document as links use them: lower case, spaces to hyphens, numbered when repeated. */
function headingsOf(text: string): Set<string> {
  const seen = new Map<string, number>()
  const without = text.replace(/^(```|~~~)[\s\S]*?^\1/gm, '')
  return new Set(
    [...without.matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, title]) => {
      const plain = title.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      const name = plain
        .toLowerCase()
        .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
        .trim()
        .replaceAll(/\s/g, '-')
      const times = seen.get(name) ?? 0
      seen.set(name, times + 1)
      return times ? `${name}-${times}` : name
    }),
  )
}

/** What is wrong with one link of a document, or undefined. `document` is an absolute path. */
function faultOf(document: string, target: string): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return undefined
  const [path, heading] = target.split('#')
  const file = path === '' ? document : join(dirname(document), decodeURIComponent(path))
  if (!existsSync(file) || relative(root, file).startsWith('..')) return `${target} leads nowhere`
  if (heading && file.endsWith('.md') && statSync(file).isFile())
    if (!headingsOf(readFileSync(file, 'utf8')).has(decodeURIComponent(heading)))
      return `${target}: no such heading`
  return undefined
}

test('every relative link leads somewhere', () => {
  assert.ok(documents.includes('README.md'), 'the documents were found')
  const faults = documents.flatMap((document) => {
    const path = join(root, document)
    return targetsOf(readFileSync(path, 'utf8')).flatMap((target) => {
      const fault = faultOf(path, target)
      return fault ? [`${document}: ${fault}`] : []
    })
  })
  assert.deepEqual(faults, [])
})

test('a dead link is found in each form, and code is left alone', () => {
  const text =
    '[a](gone.md) ![b](<gone.png> "t") <a href="gone.html">c</a>\n[d]: gone.txt\n`[e](code.md)`\n```\n[f](code.md)\n```\n'
  assert.deepEqual(targetsOf(text).sort(), ['gone.html', 'gone.md', 'gone.png', 'gone.txt'])
  const readme = join(root, 'README.md')
  for (const target of ['gone.md', '../outside.md', '#no-such-heading', 'CONTRIBUTING.md#no-such-heading'])
    assert.notEqual(faultOf(readme, target), undefined, target)
  for (const target of ['CONTRIBUTING.md', 'https://example.org/', 'docs/'])
    assert.equal(faultOf(readme, target), undefined, target)
})
