/** What the tests of area folders share: reading the files, the scripts of the seven languages, names and sources. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

// The files are data without types of their own; the tests are what gives them a shape.
// biome-ignore lint/suspicious/noExplicitAny: see above
export type Json = Record<string, any>
export type Named = Json & { id: string; name: Record<string, string> }

export const areasFolder = join(import.meta.dirname, '..', 'areas')
export const languages = ['zh', 'en', 'km', 'lo', 'my', 'th', 'vi']
const scripts: Record<string, string> = {
  zh: 'Han',
  en: 'Latin',
  km: 'Khmer',
  lo: 'Lao',
  my: 'Myanmar',
  th: 'Thai',
  vi: 'Latin',
}
const letters = (script: string) => new RegExp(`\\p{Script=${script}}`, 'u')

export const readArea = (...path: string[]): Json =>
  JSON.parse(readFileSync(join(areasFolder, ...path), 'utf8'))

/** The right script and no letter of the others, except Latin (codes and units are Latin everywhere). */
export function assertScript(code: string, text: string, where: string): void {
  assert.match(text, letters(scripts[code]), `${where} (${code}): ${text}`)
  for (const other of new Set(Object.values(scripts))) {
    if (other === 'Latin' || other === scripts[code]) continue
    assert.doesNotMatch(text, letters(other), `${where} (${code}) mixes scripts: ${text}`)
  }
}

/** Ids stand once; each name is there in seven languages and their scripts. */
export function assertNames(list: Named[], what: string): void {
  assert.equal(new Set(list.map((item) => item.id)).size, list.length, `${what}: an id stands twice`)
  for (const { id, name } of list) {
    assert.deepEqual(Object.keys(name).sort(), [...languages].sort(), `${what} ${id}`)
    for (const code of languages) assertScript(code, name[code], `${what} ${id}`)
  }
}

/** Has `source`, or `sources` with at least one, none empty. */
export function assertSourced(item: Json, where: string): void {
  const sources = item.source === undefined ? Object.values(item.sources ?? {}) : [item.source]
  assert.ok(sources.length > 0, `${where} has no source`)
  for (const source of sources) assert.ok(typeof source === 'string' && source.length > 3, where)
}
