/**
 * The vectors of contract/vectors/journal: what a node written by somebody else must compute and refuse.
 * `node packages/exchange/vectors.ts` writes them; a test compares them with what stands there.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { toHex } from './byte-text.ts'
import { canonicalBytes, canonicalText, deepestNesting } from './canonical.ts'
import { checkEntry, entryLeafHash, leafBytes } from './entry.ts'
import { checkPage, pageBytes } from './page.ts'
import { sha256 } from './sha256.ts'
import { checkpointVectors, evidenceVectors, keyVectors } from './vectors/signed-cases.ts'
import { bodies, entries, must, node, saltOf } from './vectors/small-journal.ts'
import { treeVectors } from './vectors/tree-cases.ts'

function canonicalVectors() {
  const valid = [
    '{"b":1,"a":[true,false,null]}',
    '{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001,-0,1e21,123456789012345680000,5e-324]}',
    '{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji","\\u0080":"Control","\\u00f6":"o"}',
    '"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/"',
    '{"times":[1767225600000,1767268800000],"values":[1.520,null]}',
    '[]',
    '{"":{}}',
  ]
  const invalid = {
    'a lone surrogate': '["\\ud83d"]',
    'a lone surrogate in a name': '{"\\ude00":1}',
    'a number too large for a double': '[1e400]',
    'nesting deeper than 100 levels': '['.repeat(deepestNesting + 1) + ']'.repeat(deepestNesting + 1),
  }
  return {
    description:
      'RFC 8785. `json` is parsed, then written: text as `canonical`, SHA-256 of its UTF-8 bytes as `sha256`.',
    valid: valid.map((json) => {
      const value = JSON.parse(json)
      return { json, canonical: canonicalText(value), sha256: toHex(sha256(canonicalBytes(value))) }
    }),
    invalid: Object.entries(invalid).map(([why, json]) => ({ why, json })),
  }
}

function entryVectors() {
  const [entry] = entries
  const { audience: _, ...short } = entry
  const invalid: Record<string, object> = {
    'a member is missing': short,
    'an unknown member': { ...entry, note: 'x' },
    'seq is negative': { ...entry, seq: -1 },
    'seq is text': { ...entry, seq: '0' },
    'version begins at 1': { ...entry, version: 0 },
    'the time has no milliseconds': { ...entry, at: '2026-01-01T00:00:00Z' },
    'the time is not in UTC': { ...entry, at: '2026-01-01T07:00:00.000+07:00' },
    'the date does not exist': { ...entry, at: '2026-02-29T00:00:00.000Z' },
    'the commitment is in upper case': { ...entry, commitment: 'AB'.repeat(32) },
    'the commitment is too short': { ...entry, commitment: 'ab'.repeat(31) },
    'the node holds a space': { ...entry, node: 'la example' },
  }
  for (const [why, value] of Object.entries(invalid)) must(!checkEntry(value).ok, why)
  return {
    description:
      'Commitment = SHA-256(salt || canonical body); leafBytes = canonical entry; leafHash = SHA-256(0x00 || leafBytes). Hex.',
    valid: entries.map((item, seq) => ({
      ...{ salt: toHex(saltOf(seq)), body: bodies[seq].body, entry: item },
      ...{ leafBytes: new TextDecoder().decode(leafBytes(item)), leafHash: toHex(entryLeafHash(item)) },
    })),
    invalid: Object.entries(invalid).map(([why, value]) => ({ why, entry: value })),
  }
}

function pageVectors() {
  const page = { node, page: 0, entries }
  const bad = {
    'an entry is missing': { ...page, entries: entries.toSpliced(1, 1) },
    'an entry of another node': { ...page, entries: entries.with(0, { ...entries[0], node: 'th.example' }) },
    'another page': { ...page, page: 1 },
    'an unknown member': { ...page, size: 5 },
  }
  for (const [why, value] of Object.entries(bad)) must(!checkPage(value, node, 0).ok, why)
  const bytes = pageBytes(page)
  return {
    description: 'Page 0 of the journal of `node`: the bytes sent are `text` in UTF-8.',
    node,
    valid: [{ page, text: new TextDecoder().decode(bytes), sha256: toHex(sha256(bytes)) }],
    invalid: Object.entries(bad).map(([why, value]) => ({ why, page: value })),
  }
}

/** All files of contract/vectors/journal by name, as they must stand there. */
export async function journalVectors(): Promise<Record<string, string>> {
  const files = {
    'canonical.json': canonicalVectors(),
    'entry.json': entryVectors(),
    'tree.json': await treeVectors(),
    'key.json': keyVectors(),
    'checkpoint.json': checkpointVectors(),
    'page.json': pageVectors(),
    'evidence.json': await evidenceVectors(),
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, value]) => [name, `${JSON.stringify(value, null, 2)}\n`]),
  )
}

/** Where the vectors stand. */
export const vectorFolder = new URL('../../contract/vectors/journal/', import.meta.url)

if (import.meta.main) {
  mkdirSync(vectorFolder, { recursive: true })
  for (const [name, text] of Object.entries(await journalVectors()))
    writeFileSync(new URL(name, vectorFolder), text)
}
