/** Signed notes against the published example of golang.org/x/mod/sumdb/note, and everything that must be refused. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { fromBase64 } from './byte-text.ts'
import type { Checked } from './checked.ts'
import { publicKeyOf } from './ed25519.ts'
import { addSignature, formatVkey, type NoteKey, openNote, parseNote, parseVkey, signNote } from './note.ts'

// From the documentation of golang.org/x/mod/sumdb/note.
const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const skey = 'AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'
const text =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
const line =
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n'
const note = `${text}\n${line}`
// From the example of the C2SP signed-note specification's verifier keys.
const otherVkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'

const seed = (fromBase64(skey) as Uint8Array).slice(1)
const peter = valueIn(parseVkey(vkey))
const enoch = { name: 'EnochRoot', seed: new Uint8Array(32).fill(7) }
const enochKey: NoteKey = { name: enoch.name, publicKey: publicKeyOf(enoch.seed) }

function valueIn<T>(checked: Checked<T>): T {
  assert.ok(checked.ok, checked.ok ? '' : checked.detail)
  return checked.value
}
const reasonOf = (checked: Checked<unknown>) => (checked.ok ? 'ok' : checked.reason)

test('the published note is signed byte for byte and opens under the published key', () => {
  assert.equal(signNote(text, [{ name: 'PeterNeumann', seed }]), note)
  const opened = valueIn(openNote(note, [peter]))
  assert.equal(opened.text, text)
  assert.deepEqual(opened.signedBy, [peter])
})

test('verifier keys are read and written back, and refused when the id is of another key', () => {
  for (const key of [vkey, otherVkey]) assert.equal(formatVkey(valueIn(parseVkey(key))), key)
  for (const bad of [
    vkey.replace('c74f', 'c74e'),
    vkey.replace('Peter', 'Petra'),
    vkey.slice(0, -4),
    'a+b',
    '',
    `${vkey}+`,
  ])
    assert.equal(reasonOf(parseVkey(bad)), 'malformed', bad)
  // Type 0x04: the key of a witness, from the tests of transparency-dev/formats.
  const witness = 'remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2'
  assert.equal(reasonOf(parseVkey(witness)), 'malformed')
})

test('a second signature is added, and unknown keys are passed over', () => {
  const both = addSignature(note, enoch)
  assert.deepEqual(valueIn(openNote(both, [enochKey, peter])).signedBy, [peter, enochKey])
  assert.deepEqual(valueIn(openNote(both, [enochKey])).signedBy, [enochKey])
  assert.equal(reasonOf(openNote(note, [enochKey])), 'signature-missing')
  // The same name with another key id is another key.
  assert.equal(reasonOf(openNote(note, [{ ...enochKey, name: 'PeterNeumann' }])), 'signature-missing')
  assert.equal(reasonOf(openNote(note, [])), 'signature-missing')
})

test('a bad signature of a known key refuses the note even beside a good one', () => {
  const both = addSignature(note, enoch)
  const changed = both.replace('problem is.', 'problem is!')
  assert.equal(reasonOf(openNote(changed, [peter])), 'signature-invalid')
  const peterBad = addSignature(note.replace('08wJ', '08wK').replace('x08go/ZJ', 'x08go/ZK'), enoch)
  assert.equal(reasonOf(openNote(peterBad, [peter, enochKey])), 'signature-invalid')
})

test('no character of a note can be changed', () => {
  fc.assert(
    fc.property(
      fc.nat(note.length - 1),
      fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
      (at, character) => {
        fc.pre(note[at] !== character)
        const changed = note.slice(0, at) + character + note.slice(at + 1)
        assert.equal(openNote(changed, [peter]).ok, false)
      },
    ),
    { numRuns: 300 },
  )
})

test('what is not a note is refused as malformed', () => {
  const bad = [
    text,
    `${text}\n`,
    note.slice(0, -1),
    note.replace('— ', '- '),
    note.replace('— ', '—  '),
    note.replace('PeterNeumann x', 'Peter+Neumann x'),
    note.replace('PeterNeumann x', 'Peter\u00a0Neumann x'),
    note.replace('JnAM=', 'JnAN='),
    note.replace('JnAM=\n', 'JnAM=\r\n'),
    `${note}more\n`,
    `\u0000${note}`,
    `\ud800${note}`,
    `${text}\n${line.repeat(65)}`,
    `${'x'.repeat(70_000)}\n\n${line}`,
    `${text}\n— PeterNeumann x08goA==\n`.replace('x08goA==', 'x08gow=='),
    7,
    null,
  ]
  for (const value of bad)
    assert.equal(reasonOf(parseNote(value)), 'malformed', JSON.stringify(value)?.slice(0, 300))
})

test('any text at all is opened or refused without an exception', () => {
  fc.assert(fc.property(fc.anything(), (value) => assert.equal(openNote(value, [peter]).ok, false)))
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (value) => assert.equal(openNote(value, [peter]).ok, false)),
  )
})

test('texts and names that cannot stand in a note are not signed', () => {
  assert.throws(() => signNote('no newline', [enoch]), TypeError)
  assert.throws(() => signNote('tab\t\n', [enoch]), TypeError)
  for (const name of ['', 'a b', 'a+b', 'a\u3000b', 'a\n'])
    assert.throws(() => signNote('x\n', [{ ...enoch, name }]), TypeError)
  assert.throws(() => addSignature('x\n', enoch), TypeError)
})
