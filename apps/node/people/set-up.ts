/** The first set-up: while there is no administrator, whoever reads the code printed at the start makes one. Closed for ever after. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type Duty, duties } from '@lanmei/model/kinds/role'
import type { Language } from '@lanmei/model/language'
import { problem } from '@lanmei/model/problem'
import { transaction } from '@lanmei/store/connect'
import { claimHouse, readHouse, writeHouse } from '@lanmei/store/house'
import { forgetPersons, giveRoles } from '@lanmei/store/people'
import { presentVersions } from '@lanmei/store/records'
import type { Context } from '../context.ts'
import { writeRecords } from '../records/write.ts'
import { makeAccount, type NewPerson } from './persons.ts'
import type { SignIn } from './sign-in.ts'

export type SetUp = {
  /** Undefined once an administrator exists. */
  address(): string | undefined
  isDone(): boolean
  run(request: SetUpRequest): Promise<void>
}
export type SetUpRequest = NewPerson & { code: string; party: string; languages: Language[] }

/** Makes the code of this start, where the set-up is still to be done. */
export async function openSetUp(context: Context, signIn: SignIn): Promise<SetUp> {
  const { store, config } = context
  let done = (await readHouse(store.pool, 'set-up')) !== undefined
  const code = randomBytes(12).toString('base64url')
  return {
    isDone: () => done,
    // After the # sign, so that it is not sent to a server or a log before the form is.
    address: () => (done ? undefined : `${config.publicUrl}/set-up#code=${code}`),
    async run(request) {
      if (done) throw problem('setup-done')
      if (!sameText(request.code.trim(), code))
        throw problem('not-allowed', {
          field: 'code',
          reason: 'this is not the code printed at the start of the node',
        })
      await makeHouse(context, signIn, request)
      done = true
      context.changeParty(request.party)
    },
  }
}

async function makeHouse(context: Context, signIn: SignIn, request: SetUpRequest): Promise<void> {
  const { store } = context
  const parties = await presentVersions(store.pool, [{ kind: 'party', id: request.party }])
  if (parties.size === 0)
    throw problem('invalid-body', { field: 'party', reason: 'there is no such party', read: request.party })
  await transaction(store, async (client) => {
    // A second request waits here until this one is through, and then finds the set-up done.
    if (!(await claimHouse(client, 'set-up', { at: new Date().toISOString() }))) throw problem('setup-done')
    // Accounts of a set-up that was interrupted half-way: nobody else can have made any.
    await forgetPersons(store.pool)
    const person = await makeAccount(signIn, request)
    await writeRecords(
      context,
      'program:set-up',
      duties.map((duty) => standardRole(context.journal.node, request.party, duty)),
    )
    await giveRoles(client, person, [roleId(request.party, 'administrator')])
    await writeHouse(client, 'party', request.party)
    await writeHouse(client, 'languages', request.languages)
  })
}

function roleId(party: string, duty: Duty): string {
  return `${party}-${duty}`
}

/** One role for each duty, in all areas: enough to begin with; others can be written as records. */
function standardRole(owner: string, party: string, duty: Duty) {
  return { kind: 'role', id: roleId(party, duty), owner, fields: { party, area: '*', duty } }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(a), digest(b))
}
