/** The built portal as the server draws it: every view in every language, its policy, its weight. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { languages } from '@lanmei/model/language'
import { build, loadHandle, notBuilt, page } from './testing/built.ts'
import en from './texts/en.json' with { type: 'json' }

const skip = notBuilt
const station = '/stations/TH_013101'
const views = [
  '',
  '?view=table',
  '?view=statistics',
  '?view=flags',
  '?view=revisions',
  '?view=data',
  '?view=proof',
]

test('every view of River and Station is drawn by the server in every language, without a bare key', {
  skip,
}, async () => {
  const handle = await loadHandle()
  for (const language of languages)
    for (const path of ['/', ...views.map((view) => station + view)]) {
      const { status, html } = await page(handle, path, language)
      assert.equal(status, 200, `${language} ${path}`)
      assert.match(html, new RegExp(`<html lang="${language}"`))
      const words = html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<[^>]*>/g, '\n')
      const bare = words.split('\n').find((line) => line.trim() in en)
      assert.equal(bare, undefined, `${language} ${path}: ${bare}`)
    }
})

test('a page carries no inline style and no script without the nonce', { skip }, async () => {
  const handle = await loadHandle()
  for (const path of ['/', station, `${station}?view=statistics`]) {
    const { html } = await page(handle, path)
    assert.doesNotMatch(html, /\sstyle="/, path)
    for (const [tag] of html.matchAll(/<script\b[^>]*>/g)) assert.match(tag, /nonce="test-nonce"/, path)
  }
})

test('simulated values are called so in words', { skip }, async () => {
  const handle = await loadHandle()
  for (const path of ['/', station]) assert.match((await page(handle, path)).html, /[Ss]imulated/)
})

test('what is not there is a 404 with its code and the reference of the node', { skip }, async () => {
  const handle = await loadHandle()
  const { status, html } = await page(handle, '/stations/NOWHERE')
  assert.equal(status, 404)
  assert.match(html, /not-found/)
  assert.match(html, /7f3a21/)
})

test('the first view of River weighs at most 400 kB compressed, fonts and the map of later aside', {
  skip,
}, async (t) => {
  const handle = await loadHandle()
  const { html } = await page(handle, '/')
  const linked = [
    ...html.matchAll(/(?:href|src)="(\/(?:assets|geo|mark)[^"]*\.(?:js|css|svg|json))(?:#\w+)?"/g),
  ].map(([, path]) => path)
  const dynamic = [...html.matchAll(/import\("(\/assets\/[^"]+)"\)/g)].map(([, path]) => path)
  // The texts of the language, own and of the areas, are asked for by the entry script.
  const texts = readdirSync(join(build, 'client/assets'))
    .filter((name) => /^en-.*\.js$/.test(name))
    .map((name) => `/assets/${name}`)
  assert.ok(texts.length > 0)
  const files = new Set([...linked, ...dynamic, ...texts])
  assert.ok(
    [...files].every((path) => !/live-map|maplibre/.test(path)),
    'the map is not part of the first view',
  )
  let gzip = gzipSync(html).length
  let brotli = brotliCompressSync(html).length
  for (const path of files) {
    const bytes = readFileSync(join(build, 'client', path))
    gzip += gzipSync(bytes).length
    brotli += brotliCompressSync(bytes).length
  }
  t.diagnostic(
    `${files.size} files and the page: ${Math.round(gzip / 1000)} kB gzip, ${Math.round(brotli / 1000)} kB brotli`,
  )
  assert.ok(gzip <= 400_000, `${gzip} bytes`)
})

test('River without script, its styles and its ground weighs at most 100 kB', { skip }, async (t) => {
  const handle = await loadHandle()
  const { html } = await page(handle, '/')
  const plain = html.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<link rel="modulepreload"[^>]*>/g, '')
  const linked = [...plain.matchAll(/href="(\/[^"]+\.(?:css|svg))(?:#\w+)?"/g)].map(([, path]) => path)
  let total = gzipSync(html).length
  for (const path of new Set(linked)) total += gzipSync(readFileSync(join(build, 'client', path))).length
  t.diagnostic(`${Math.round(total / 1000)} kB gzip`)
  assert.ok(total <= 100_000, `${total} bytes`)
})
