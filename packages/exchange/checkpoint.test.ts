/** Checkpoints: one spelling, signed, and bound to a journal and to keys that were in force. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Checked } from './checked.ts'
import {
  type Checkpoint,
  formatCheckpoint,
  openJournalCheckpoint,
  parseCheckpoint,
  signCheckpoint,
} from './checkpoint.ts'
import { instantText } from './instant-text.ts'
import { type JournalKey, keyPairOf, publicPartOf, signerOf } from './keys.ts'
import { addSignature, signNote } from './note.ts'

const origin = 'la.example/journal'
const pairs = [1, 2, 3].map((n) => keyPairOf(new Uint8Array(32).fill(n)))
const [first, second] = pairs.map((pair) => signerOf(origin, pair))
const change = '2026-07-01T00:00:00.000Z'
const keys: JournalKey[] = [
  { kid: pairs[0].kid, publicKey: publicPartOf(pairs[0]), from: '2026-01-01T00:00:00.000Z', to: change },
  { kid: pairs[1].kid, publicKey: publicPartOf(pairs[1]), from: change },
]
const checkpoint: Checkpoint = {
  origin,
  size: 300,
  root: new Uint8Array(32).fill(9),
  time: '2026-03-01T06:00:00.250Z',
}
const reasonOf = (checked: Checked<unknown>) => (checked.ok ? 'ok' : checked.reason)

test('a checkpoint is written in four lines and read back', () => {
  const text = formatCheckpoint(checkpoint)
  assert.equal(
    text,
    'la.example/journal\n300\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\ntime 2026-03-01T06:00:00.250Z\n',
  )
  fc.assert(
    fc.property(
      fc.maxSafeInteger(),
      fc.uint8Array({ minLength: 32, maxLength: 32 }),
      fc.nat(),
      (n, root, ms) => {
        const given = { origin, size: Math.abs(n), root, time: instantText(ms) }
        assert.deepEqual(parseCheckpoint(formatCheckpoint(given)), { ok: true, value: given })
      },
    ),
  )
})

test('other spellings are refused', () => {
  const text = formatCheckpoint(checkpoint)
  for (const bad of [
    text.slice(0, -1),
    text.replace('\n300\n', '\n0300\n'),
    text.replace('\n300\n', '\n+300\n'),
    text.replace('\n300\n', '\n3e2\n'),
    text.replace('\n300\n', '\n9007199254740992\n'),
    text.replace('CQk=', 'CQl='),
    text.replace('CQk=', 'CQk'),
    text.replace('250Z', '25Z'),
    text.replace('time ', 'Time '),
    text.replace(/time .*\n/, ''),
    `${text}\n`,
    `${text}time 2026-03-01T06:00:00.251Z\n`,
    `\n${text}`,
  ])
    assert.equal(reasonOf(parseCheckpoint(bad)), 'malformed', bad)
  assert.equal(parseCheckpoint(`${text}later extension\n`).ok, true)
  assert.throws(() => formatCheckpoint({ ...checkpoint, origin: 'two\nlines' }), TypeError)
  assert.throws(() => formatCheckpoint({ ...checkpoint, size: -1 }), TypeError)
  assert.throws(() => formatCheckpoint({ ...checkpoint, root: new Uint8Array(31) }), TypeError)
})

test('the key must have been in force at the time of the checkpoint', () => {
  const later = { ...checkpoint, time: change }
  assert.deepEqual(openJournalCheckpoint(signCheckpoint(checkpoint, [first]), origin, keys), {
    ok: true,
    value: checkpoint,
  })
  assert.equal(openJournalCheckpoint(signCheckpoint(later, [second]), origin, keys).ok, true)
  assert.equal(
    reasonOf(openJournalCheckpoint(signCheckpoint(later, [first]), origin, keys)),
    'key-not-in-force',
  )
  assert.equal(
    reasonOf(openJournalCheckpoint(signCheckpoint(checkpoint, [second]), origin, keys)),
    'key-not-in-force',
  )
  // During a change of keys both sign: one that is in force is enough.
  assert.equal(openJournalCheckpoint(signCheckpoint(later, [first, second]), origin, keys).ok, true)
})

test('a checkpoint of another journal, an unknown key and a text that is no checkpoint are refused', () => {
  const stranger = signerOf(origin, pairs[2])
  const other = { ...checkpoint, origin: 'th.example/journal' }
  assert.equal(
    reasonOf(openJournalCheckpoint(signCheckpoint(other, [first]), origin, keys)),
    'origin-mismatch',
  )
  assert.equal(
    reasonOf(openJournalCheckpoint(signCheckpoint(checkpoint, [stranger]), origin, keys)),
    'signature-missing',
  )
  assert.equal(reasonOf(openJournalCheckpoint(signNote('hello\n', [first]), origin, keys)), 'malformed')
  const witnessed = addSignature(signCheckpoint(checkpoint, [first]), {
    ...stranger,
    name: 'th.example/witness',
  })
  assert.equal(openJournalCheckpoint(witnessed, origin, keys).ok, true)
})
