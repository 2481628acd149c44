/** Makes, changes and shows the people of the node. */
import { randomBytes } from 'node:crypto'
import type { people } from '@lanmei/api/contract/house'
import type { AnswerOf } from '@lanmei/api/route'
import { problem } from '@lanmei/model/problem'
import { transaction } from '@lanmei/store/connect'
import {
  countByDuty,
  existingRoles,
  giveRoles,
  type PersonRow,
  type RoleRow,
  readPersons,
  rolesHeld,
  setDisabled,
} from '@lanmei/store/people'
import type { Context } from '../context.ts'
import type { SignIn } from './sign-in.ts'

export type Person = AnswerOf<typeof people>['people'][number]

export type NewPerson = { name: string; email: string; password: string }

/** Makes an account with a password. Gives its id. @throws conflict when the address is taken */
export async function makeAccount(signIn: SignIn, { name, email, password }: NewPerson): Promise<string> {
  const { internalAdapter, password: passwords } = await signIn.$context
  const address = email.trim().toLowerCase()
  if (await internalAdapter.findUserByEmail(address))
    throw problem('conflict', { field: 'email', reason: 'somebody with this address is already there' })
  const person = await internalAdapter.createUser(
    {
      name: name.trim() || address,
      email: address,
      emailVerified: true,
      disabled: false,
      pseudonym: `p-${randomBytes(8).toString('hex')}`,
    },
    { method: 'email-password' },
  )
  await internalAdapter.linkAccount({
    userId: person.id,
    providerId: 'credential',
    accountId: person.id,
    password: await passwords.hash(password),
  })
  return person.id
}

export async function listPersons({ store }: Context): Promise<Person[]> {
  const roles = await rolesHeld(store.pool)
  return (await readPersons(store.pool)).map((row) => shown(row, roles))
}

/** @throws not-found */
export async function onePerson({ store }: Context, id: string): Promise<Person> {
  const [row] = await readPersons(store.pool, id)
  if (!row) throw problem('not-found', { person: id })
  return shown(row, await rolesHeld(store.pool, id))
}

export async function addPerson(
  context: Context,
  signIn: SignIn,
  { roles, ...person }: NewPerson & { roles: string[] },
): Promise<Person> {
  await checkRoles(context, roles)
  const id = await makeAccount(signIn, person)
  await giveRoles(context.store.pool, id, roles)
  return onePerson(context, id)
}

/** Changes roles or disables. The last administrator who can still sign in stays one. @throws not-found, conflict, invalid-body */
export async function changePerson(
  context: Context,
  id: string,
  { roles, disabled }: { roles?: string[]; disabled?: boolean },
): Promise<Person> {
  if (roles) await checkRoles(context, roles)
  await onePerson(context, id)
  await transaction(context.store, async (client) => {
    // In line, or two administrators could each take the other's role at the same moment.
    await client.query('LOCK TABLE person_role IN SHARE ROW EXCLUSIVE MODE')
    if (roles) await giveRoles(client, id, roles)
    if (disabled !== undefined) await setDisabled(client, id, disabled)
    if ((await countByDuty(client, 'administrator')) === 0)
      throw problem('conflict', { reason: 'the node needs at least one administrator' })
  })
  return onePerson(context, id)
}

async function checkRoles({ store }: Context, roles: string[]): Promise<void> {
  const known = await existingRoles(store.pool, roles)
  const missing = roles.find((role) => !known.has(role))
  if (missing !== undefined)
    throw problem('invalid-body', { field: 'roles', reason: 'there is no such role', read: missing })
}

function shown(row: PersonRow, roles: RoleRow[]): Person {
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    secondFactor: row.secondFactor,
    disabled: row.disabled,
    roles: roles
      .filter((role) => role.person === row.id)
      .map(({ id, party, area, duty }) => ({ id, party, area, duty: duty as never })),
    ...(row.lastSeen ? { lastSeen: row.lastSeen.toISOString() } : {}),
  }
}
