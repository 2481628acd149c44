/** The settings: standards, misspelt names, wrong values. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isProblem } from '@lanmei/model/problem'
import { readConfig } from './config.ts'

function refused(env: Record<string, string>): Record<string, unknown> | undefined {
  try {
    readConfig(env)
  } catch (error) {
    if (isProblem(error)) return { code: error.code, ...error.details }
  }
  return undefined
}

test('an empty environment gives a node on localhost with its own database and broker', () => {
  const config = readConfig({})
  assert.equal(config.port, 8080)
  assert.equal(config.publicUrl, 'http://localhost:8080')
  assert.equal(config.databaseUrl, undefined)
  assert.equal(config.nodeId, '')
  assert.ok(config.inbox?.endsWith('/data/inbox'))
})

test('a misspelt name stops the start and names the nearest one', () => {
  assert.deepEqual(refused({ LANMEI_PROT: '80' }), {
    code: 'setting-unknown',
    name: 'LANMEI_PROT',
    nearest: 'LANMEI_PORT',
  })
  assert.equal(refused({ LANMEI_MQTT_ULR: 'x' })?.nearest, 'LANMEI_MQTT_URL')
})

test('names without our prefix are nobody else’s business', () => {
  assert.equal(readConfig({ PATH: '/bin', PORT: 'x' }).port, 8080)
})

test('a value that cannot be used names the setting and what was expected', () => {
  assert.equal(refused({ LANMEI_PORT: '80a' })?.code, 'setting-invalid')
  assert.equal(refused({ LANMEI_PORT: '70000' })?.name, 'LANMEI_PORT')
  assert.equal(refused({ LANMEI_DEMO: 'maybe' })?.expected, 'on or off')
  assert.equal(refused({ LANMEI_PUBLIC_URL: 'water.example.org' })?.name, 'LANMEI_PUBLIC_URL')
  assert.equal(refused({ LANMEI_NODE: 'Bad Name' })?.name, 'LANMEI_NODE')
  assert.equal(refused({ LANMEI_OIDC_ISSUER: 'https://id.example.org' })?.name, 'LANMEI_OIDC_ISSUER')
})

test('a refused database address does not repeat its password', () => {
  const said = JSON.stringify(refused({ LANMEI_DATABASE_URL: 'mysql://user:hunter2@host/db' }))
  assert.ok(said.includes('LANMEI_DATABASE_URL') && !said.includes('hunter2'))
})

test('a set party names the node', () => {
  assert.equal(readConfig({ LANMEI_PARTY: 'th' }).nodeId, 'th-node')
  assert.equal(readConfig({ LANMEI_PARTY: 'th', LANMEI_NODE: 'th-north' }).nodeId, 'th-north')
})

test('the address of the node has no slash at its end', () => {
  assert.equal(readConfig({ LANMEI_PUBLIC_URL: 'https://x.example.org/' }).publicUrl, 'https://x.example.org')
})
