/** The right numbers for the right kind of place. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type CheckClass, checksFor } from './checks-for.ts'
import { allRulesOf, rulesOf } from './evaluate.ts'

const step = (perHour: number) => ({
  kernel: 'quality/step',
  parameters: { perHour, atLeast: 0.5, gapHours: 49 },
})
const classes: CheckClass[] = [
  { id: 'stem', when: { property: ['water-level'], river: ['mekong'], tidal: false }, checks: [step(0.125)] },
  { id: 'tide', when: { property: ['water-level'], tidal: true }, checks: [step(1)] },
  { id: 'height', when: { datum: true }, checks: [{ kernel: 'quality/range', parameters: {} }] },
]
const level = { property: 'water-level', procedure: 'manual' }
const numbers = (rules: { parameters: Record<string, number> }[]) =>
  rules.map(({ parameters }) => parameters.perHour)

describe('numbers of checks for a place', () => {
  test('follow river and tide; an unknown place keeps those of the property', () => {
    assert.deepEqual(numbers(checksFor(classes, { river: 'mekong' }, level)), [0.125])
    assert.deepEqual(numbers(checksFor(classes, { river: 'mekong', tidal: true }, level)), [1])
    assert.deepEqual(checksFor(classes, undefined, level), [])
    assert.deepEqual(checksFor(classes, { river: 'mekong' }, { ...level, property: 'rainfall' }), [])
  })

  test('of the station come last and win; those of another procedure do not count', () => {
    const station = {
      river: 'mekong',
      checks: [
        { property: 'water-level', ...step(0.5) },
        { property: 'water-level', procedure: 'telemetry', ...step(9) },
      ],
    }
    const rules = rulesOf([{ ...step(0.3), severity: 'suspect' }], checksFor(classes, station, level))
    assert.deepEqual(numbers(rules), [0.5])
    assert.equal(rules[0].severity, 'suspect')
  })

  test('empty numbers switch a rule off, and heights above a datum are told apart', () => {
    const property = [{ kernel: 'quality/range', parameters: { minimum: -3, maximum: 40 } }]
    assert.equal(rulesOf(property, checksFor(classes, {}, level)).length, 1)
    assert.equal(rulesOf(property, checksFor(classes, {}, { ...level, datum: 'sea level' })).length, 0)
  })

  test('rules for whole series wait until values are taken in', () => {
    const property = [step(0.3), { kernel: 'quality/datum-jump', parameters: { shift: 50, window: 30 } }]
    assert.equal(rulesOf(property).length, 1)
    assert.equal(allRulesOf(property).length, 2)
  })
})
