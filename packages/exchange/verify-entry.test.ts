/** Verification of one entry: every single change fails exactly where it should, and nothing makes it throw. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { promisify } from 'node:util'
import fc from 'fast-check'
import { vectorFolder } from './vectors.ts'
import { type Evidence, type InclusionJson, type Verdict, verifyEntry } from './verify-entry.ts'

type Case = { why: string; evidence: Evidence; verdict: Verdict }
const { cases } = JSON.parse(readFileSync(new URL('evidence.json', vectorFolder), 'utf8')) as {
  cases: Case[]
}
const good = cases[0].evidence
const failedSteps = ({ steps }: Verdict) =>
  steps.filter(({ state }) => state === 'failed').map(({ name }) => name)

test('whole evidence passes in five steps', () => {
  const { ok, withheld, steps } = verifyEntry(good)
  assert.deepEqual([ok, withheld], [true, false])
  assert.deepEqual(
    steps.map(({ name, state }) => `${name} ${state}`),
    ['entry ok', 'commitment ok', 'leaf ok', 'checkpoint ok', 'inclusion ok'],
  )
})

test('a withheld body leaves everything else checked', () => {
  const { salt: _s, body: _b, ...rest } = good
  const verdict = verifyEntry(rest)
  assert.deepEqual([verdict.ok, verdict.withheld], [true, true])
  assert.deepEqual(verdict.steps[1], {
    name: 'commitment',
    state: 'skipped',
    reason: 'withheld',
    detail: 'neither salt nor body was given',
  })
  assert.equal(verdict.steps.filter(({ state }) => state === 'ok').length, 4)
})

test('a change fails its own step and no other', () => {
  const expected: Record<string, string[]> = {
    'a value was changed': ['commitment'],
    'another salt': ['commitment'],
    'a salt without a body': ['commitment'],
    'the entry was changed': ['leaf'],
    'the entry has a member too many': ['entry'],
    'the proof is of another entry': ['leaf'],
    'a hash of the proof was changed': ['inclusion'],
    'a hash of the proof is missing': ['inclusion'],
    'the proof is for another size': ['inclusion'],
    'the checkpoint was changed': ['checkpoint'],
    'no key is known': ['checkpoint'],
  }
  for (const { why, evidence } of cases.slice(2)) {
    const verdict = verifyEntry(evidence)
    assert.equal(verdict.ok, false, why)
    assert.deepEqual(failedSteps(verdict), expected[why], why)
  }
})

test('no hex digit of the proof or of the salt can be changed', () => {
  const proof = good.proof as InclusionJson
  const changed = (hex: string, at: number) =>
    hex.slice(0, at) + (hex[at] === 'f' ? 'e' : 'f') + hex.slice(at + 1)
  fc.assert(
    fc.property(fc.nat(proof.hashes.length - 1), fc.nat(63), (which, at) => {
      const hashes = proof.hashes.with(which, changed(proof.hashes[which], at))
      assert.deepEqual(failedSteps(verifyEntry({ ...good, proof: { ...proof, hashes } })), ['inclusion'])
      assert.deepEqual(failedSteps(verifyEntry({ ...good, salt: changed(good.salt as string, at) })), [
        'commitment',
      ])
    }),
  )
})

test('anything in any place is judged without an exception and never passes', () => {
  const thrower = new Proxy(
    {},
    { get: () => assert.fail('looked at'), ownKeys: () => assert.fail('looked at') },
  )
  const anything = fc.oneof(fc.anything({ withNullPrototype: true }), fc.constant(thrower))
  fc.assert(
    fc.property(fc.constantFrom('entry', 'proof', 'checkpoint', 'keys', 'salt'), anything, (name, value) => {
      const { ok, steps } = verifyEntry({ ...good, [name]: value })
      assert.equal(ok, false)
      assert.equal(steps.length, 5)
    }),
  )
  fc.assert(fc.property(anything, (body) => assert.equal(verifyEntry({ ...good, body }).ok, false)))
  fc.assert(fc.property(anything, (evidence) => assert.equal(verifyEntry(evidence as Evidence).ok, false)))
})

test('in a browser on a plain http page the verdicts are the same', async () => {
  // The condition that bundlers set for browsers, no Web Crypto, and every import from Node refused.
  const script = `
    import { readFileSync } from 'node:fs'
    import { registerHooks } from 'node:module'
    registerHooks({
      resolve(specifier, context, next) {
        if (specifier.startsWith('node:')) throw new Error(specifier + ' imported by ' + context.parentURL)
        return next(specifier, context)
      },
    })
    delete globalThis.crypto
    delete globalThis.Buffer
    const { verifyEntry } = await import('${new URL('./verify-entry.ts', import.meta.url)}')
    const { cases } = JSON.parse(readFileSync(new URL('${new URL('evidence.json', vectorFolder)}'), 'utf8'))
    console.log(JSON.stringify(cases.map(({ evidence }) => verifyEntry(evidence))))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--conditions=browser',
    '--input-type=module',
    '--eval',
    script,
  ])
  assert.deepEqual(
    JSON.parse(stdout),
    cases.map(({ evidence }) => JSON.parse(JSON.stringify(verifyEntry(evidence)))),
  )
})
