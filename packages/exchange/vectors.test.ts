/** The contract is fresh: what stands in contract/ is what the code computes, and the document names what the code knows. */
import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { reasons } from './checked.ts'
import { journalVectors, vectorFolder } from './vectors.ts'

test('the journal vectors of the contract are those the code makes', async () => {
  const made = await journalVectors()
  assert.deepEqual(readdirSync(vectorFolder).sort(), Object.keys(made).sort())
  for (const [name, text] of Object.entries(made))
    assert.equal(
      readFileSync(new URL(name, vectorFolder), 'utf8'),
      text,
      `${name}: run node packages/exchange/vectors.ts`,
    )
})

test('the contract explains every reason code', () => {
  const document = readFileSync(new URL('../../replay.md', vectorFolder), 'utf8')
  for (const [code, meaning] of Object.entries(reasons))
    assert.ok(document.includes(`| \`${code}\` | ${meaning} |`), code)
})
