/** Judgements change only where a rule says something else, and never over an officer. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { flags } from '@lanmei/model/flag'
import { noFinding, revise, type Standing } from './revise.ts'
import { addHits, newTally } from './tally.ts'

const { good, notEvaluated, suspect, bad, estimated } = flags

function standing(now: number[], base = now, rule: [number, string][] = [], held: number[] = []): Standing {
  return {
    now: Uint8Array.from(now),
    base: Uint8Array.from(base),
    rule: new Map(rule),
    held: Uint8Array.from(now, (_, i) => (held.includes(i) ? 1 : 0)),
  }
}
function tally(...hits: [string, number, number[]][]) {
  const made = newTally(5)
  for (const [rule, flag, marks] of hits) addHits(made, rule, flag, Uint8Array.from(marks))
  return made
}
function said(of: ReturnType<typeof revise>) {
  return Array.from(of.positions, (position, n) => [position, of.flags[n], of.rules[of.rule[n]]])
}

describe('revising flags', () => {
  test('stores a finding once, with the worst flag and the first rule that set it', () => {
    const found = tally(
      ['step', suspect, [0, 1, 1, 0, 0]],
      ['spike', suspect, [0, 1, 0, 0, 0]],
      ['range', bad, [0, 0, 1, 0, 0]],
    )
    const first = revise(found, standing([good, good, good, good, good]))
    assert.deepEqual(said(first), [
      [1, suspect, 'step'],
      [2, bad, 'range'],
    ])
    const after = standing(
      [good, suspect, bad, good, good],
      [good, good, good, good, good],
      [
        [1, 'step'],
        [2, 'range'],
      ],
    )
    assert.deepEqual(said(revise(found, after)), [])
  })

  test('gives the base flag back under the name of the rule that no longer finds anything', () => {
    const after = standing(
      [suspect, good, suspect, good, good],
      [good, good, estimated, good, good],
      [
        [0, 'step'],
        [2, 'spike'],
      ],
    )
    assert.deepEqual(said(revise(newTally(5), after)), [
      [0, good, 'step'],
      [2, estimated, 'spike'],
    ])
  })

  test('says the same flag again when another rule is the reason now', () => {
    const after = standing([suspect, good, good, good, good], [good, good, good, good, good], [[0, 'step']])
    assert.deepEqual(said(revise(tally(['datum-jump', suspect, [1, 0, 0, 0, 0]]), after)), [
      [0, suspect, 'datum-jump'],
    ])
  })

  test('never speaks where an officer did', () => {
    const found = tally(['range', bad, [1, 1, 0, 0, 0]])
    const after = standing([good, good, suspect, good, good], [good, good, good, good, good], [], [0, 2])
    assert.deepEqual(said(revise(found, after)), [[1, bad, 'range']])
  })

  test('leaves a flag of the source that says as much or more', () => {
    const found = tally(['straight-line', estimated, [1, 1, 1, 0, 0]])
    assert.deepEqual(said(revise(found, standing([estimated, bad, good, good, good]))), [
      [2, estimated, 'straight-line'],
    ])
  })

  test('calls values good that came in unchecked and pass', () => {
    const unchecked = standing([notEvaluated, good, good, good, good], [good, good, good, good, good])
    assert.deepEqual(said(revise(newTally(5), unchecked)), [[0, good, noFinding]])
  })
})
