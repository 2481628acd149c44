/** Whoever forgot the password gets a new one from the operator; the old one and all sessions end. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  administrator,
  newNode,
  password as oldPassword,
  origin,
  setUpNode,
  signIn,
} from '../testing/running-node.ts'
import { password } from '../work/password.ts'

const { email } = administrator
const signingIn = (text: string) => ({
  method: 'POST',
  url: '/api/auth/sign-in/email',
  headers: { origin },
  body: { email, password: text },
})

test('the new password opens the account, the old one and the old session do not', async () => {
  const node = await newNode()
  await setUpNode(node)
  const headers = await signIn(node, email)
  assert.equal((await node.ask({ url: '/api/people', headers })).status, 200)
  const given = (await password(node.context, {
    email: ` ${email.toUpperCase()}`,
    endSecondFactor: true,
  })) as {
    password: string
  }
  assert.equal((await node.ask({ url: '/api/people', headers })).status, 401)
  assert.equal((await node.ask(signingIn(oldPassword))).status, 401)
  assert.equal((await node.ask(signingIn(given.password))).status, 200)
})

test('an address nobody has is told', async () => {
  const node = await newNode()
  await assert.rejects(
    password(node.context, { email: 'nobody@example.org', endSecondFactor: false }),
    /not-found/,
  )
})
