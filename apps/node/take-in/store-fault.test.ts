/** Faults of the machine are told from faults of ours. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storeFault } from './store-fault.ts'

const failing = (message: string, code?: string) => Object.assign(new Error(message), code ? { code } : {})

test('a full disk, a damaged page and a database that went away are told apart', () => {
  const of = (message: string, code?: string) => storeFault(failing(message, code))?.code
  assert.equal(of('could not extend file "base/1/2": No space left on device', '53100'), 'disk-nearly-full')
  assert.equal(of('could not write to file: No space left on device', '58030'), 'disk-nearly-full')
  assert.equal(of('invalid page in block 10 of relation "base/1/2"', 'XX001'), 'store-unreachable')
  assert.equal(
    of('terminating connection because of crash of another server process', '57P02'),
    'store-unreachable',
  )
  assert.equal(of('the database system is in recovery mode', '57P03'), 'store-unreachable')
  assert.equal(of('Connection terminated unexpectedly'), 'store-unreachable')
  assert.equal(of('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'), 'store-unreachable')
})

test('what is a fault of ours stays what it is', () => {
  assert.equal(storeFault(failing('duplicate key value', '23505')), undefined)
  assert.equal(storeFault(new TypeError('x is undefined')), undefined)
  assert.equal(storeFault('text'), undefined)
})
