/** An issuer that is away at the start is an alarm; once it answers, signing in is opened anew. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { test } from 'node:test'
import { pino } from 'pino'
import { newAlarms } from '../status/alarms.ts'
import { newServices } from '../status/part-states.ts'
import { watchIssuer } from './issuer-watch.ts'

test('an issuer that comes back is taken in', { timeout: 30_000 }, async () => {
  let isThere = false
  const issuer = createServer((_request, response) => {
    response.statusCode = isThere ? 200 : 503
    response.end(JSON.stringify(isThere ? { authorization_endpoint: 'http://127.0.0.1/authorize' } : {}))
  }).listen(0, '127.0.0.1')
  await once(issuer, 'listening')
  const { port } = issuer.address() as { port: number }
  const oidc = { issuer: `http://127.0.0.1:${port}/`, clientId: 'a', clientSecret: 'b', name: 'Test' }
  const alarms = newAlarms(pino({ level: 'silent' }))
  let reopened = 0
  const watch = watchIssuer({ oidc }, newServices(alarms), () => reopened++, 20)
  const until = async (holds: () => boolean) => {
    while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10))
  }
  await until(() => alarms.list().length === 1)
  assert.equal(alarms.list()[0].about, 'oidc')
  assert.equal(reopened, 0)
  isThere = true
  await until(() => alarms.list().length === 0)
  assert.equal(reopened, 1)
  await watch.close()
  issuer.close()
})
