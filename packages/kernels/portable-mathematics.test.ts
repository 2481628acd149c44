/** The elementary functions agree with the machine's to the last digits that count. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { acos, cos, exp, log, pow, sin, tanh } from './portable-mathematics.ts'

function close(actual: number, expected: number, ulps: number, what: string) {
  const scale = Math.max(Math.abs(expected), 2.3e-308)
  assert.ok(Math.abs(actual - expected) <= ulps * 2.3e-16 * scale, `${what}: ${actual} is not ${expected}`)
}

test('exp and log agree with the engine to a few units in the last place', () => {
  for (let i = 0; i <= 4000; i++) {
    const x = -700 + (i * 1400) / 4000
    close(exp(x), Math.exp(x), 4, `exp(${x})`)
    const y = Math.exp(x)
    close(log(y), Math.log(y), 4, `log(${y})`)
    const nearOne = 0.9 + (i * 0.2) / 4000
    close(log(nearOne), Math.log(nearOne), 4, `log(${nearOne})`)
  }
})

test('pow agrees for the exponents of the kernels', () => {
  for (const y of [0.25, 2.5, 3.5, 1.67, -0.25, 2, -3, 5]) {
    for (let i = 1; i < 500; i++) close(pow(i / 37, y), (i / 37) ** y, 40, `pow(${i / 37}, ${y})`)
  }
})

test('tanh, sin, cos and acos agree with the engine', () => {
  for (let i = -2000; i <= 2000; i++) {
    const x = i / 97
    close(tanh(x / 4), Math.tanh(x / 4), 8, `tanh(${x / 4})`)
    assert.ok(Math.abs(sin(x) - Math.sin(x)) < 4e-16, `sin(${x})`)
    assert.ok(Math.abs(cos(x) - Math.cos(x)) < 4e-16, `cos(${x})`)
    assert.ok(Math.abs(acos(i / 2000) - Math.acos(i / 2000)) < 2e-15, `acos(${i / 2000})`)
  }
})

test('the edges are those of the mathematics', () => {
  assert.equal(exp(0), 1)
  assert.equal(exp(800), Infinity)
  assert.equal(exp(-800), 0)
  assert.equal(log(1), 0)
  assert.equal(log(0), -Infinity)
  assert.ok(Number.isNaN(log(-1)))
  close(log(5e-324), -744.4400719213812, 2, 'log of the smallest number')
  assert.equal(pow(0, 2.5), 0)
  assert.equal(acos(1), 0)
  assert.equal(acos(-1), Math.PI)
  assert.ok(Number.isNaN(exp(NaN)))
})
