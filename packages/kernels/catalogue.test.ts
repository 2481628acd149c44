/** The list of kernels names every kernel file, and no other. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { kernels } from './catalogue.ts'

const here = new URL('./', import.meta.url)
const files = (readdirSync(here, { recursive: true }) as string[])
  .map((path) => path.replaceAll('\\', '/'))
  .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && path !== 'catalogue.ts')
  .filter((path) => !path.startsWith('node_modules/'))

test('the catalogue lists every kernel file once and no other', () => {
  assert.deepEqual(kernels.map((kernel) => kernel.file).sort(), files.sort())
})

test('each kernel begins with a comment that names its source, and imports nothing from outside', () => {
  for (const file of files) {
    const text = readFileSync(new URL(file, here), 'utf8')
    const comment = text.slice(0, text.indexOf('*/'))
    assert.ok(text.startsWith('/**'), `${file} begins with its comment`)
    assert.match(comment, /Sources?:|Methods?:|\(Mekong River Commission/, `${file} names its source`)
    for (const [, from] of text.matchAll(/from '([^']+)'/g))
      assert.match(from, /^\.\.?\//, `${file}: ${from}`)
  }
})
