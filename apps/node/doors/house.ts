/** The node itself over HTTP: what it is, set-up, status, people, keys, health. */
import * as contract from '@lanmei/api/contract/house'
import { openApiDocument } from '@lanmei/api/openapi'
import type { AnswerOf } from '@lanmei/api/route'
import type { Party } from '@lanmei/model/kinds/party'
import { type Language, languages } from '@lanmei/model/language'
import { problem } from '@lanmei/model/problem'
import { readHouse } from '@lanmei/store/house'
import { recordsOfKind } from '@lanmei/store/records'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import type { Jobs } from '../jobs/queue.ts'
import { addKey, endKey, listKeys } from '../people/api-keys.ts'
import type { Identity } from '../people/asker.ts'
import { addPerson, changePerson, listPersons, onePerson } from '../people/persons.ts'
import type { SetUp } from '../people/set-up.ts'
import type { SignIn } from '../people/sign-in.ts'
import { isDemonstration } from '../status/demonstration.ts'
import type { Metrics } from '../status/metrics.ts'
import { gatherStatus, type StatusSources } from '../status/status.ts'
import { programVersion } from '../version.ts'

export type House = {
  signIn: SignIn
  identity: Identity
  setUp: SetUp
  metrics: Metrics
  sources: StatusSources
  jobs?: Jobs
}

export function houseDoors(context: Context, house: House): Binding[] {
  const { signIn, identity, setUp } = house
  const { config, store } = context
  return [
    bind(contract.node, () => describeNode(context, setUp)),
    bind(contract.me, async ({ asker }) => ({
      person: asker.kind === 'person' ? await onePerson(context, asker.id) : null,
      duty: asker.duty as never,
    })),
    bind(contract.setUp, async ({ body }) => {
      await setUp.run({ ...body, languages: body.languages as Language[] })
      return { done: true }
    }),
    bind(contract.status, () => gatherStatus(context, house.sources)),
    bind(contract.people, async () => ({ people: await listPersons(context) })),
    bind(contract.peopleAdd, ({ body }) => addPerson(context, signIn, body)),
    bind(contract.peopleChange, ({ parameters, body }) => changePerson(context, parameters.person, body)),
    bind(contract.apiKeys, async () => ({ keys: await listKeys(context) })),
    bind(contract.apiKeysAdd, ({ body, asker }) => addKey(signIn, asker.id, body)),
    bind(contract.apiKeysEnd, async ({ parameters }) => {
      await endKey(context, parameters.key)
      identity.forgetKeys()
      return { done: true }
    }),
    bind(contract.live, () => ({ live: true })),
    bind(contract.ready, async () => {
      await store.pool.query('SELECT 1').catch((error) => {
        throw problem('store-unreachable', {}, error)
      })
      return { ready: true }
    }),
    bind(contract.metrics, async ({ reply }) => {
      const { metrics, jobs, sources } = house
      const text = await metrics.text({ context, jobs, ...sources })
      return reply.header('cache-control', 'no-store').type(metrics.contentType).send(text)
    }),
    bind(contract.openapi, () => openApiDocument(config.publicUrl, programVersion)),
  ]
}

async function describeNode(context: Context, setUp: SetUp): Promise<AnswerOf<typeof contract.node>> {
  const { config, store, journal } = context
  const parties = await recordsOfKind(store.pool, 'party')
  const party = context.party()
  const own = parties.find(({ id }) => id === party)?.fields as Party | undefined
  return {
    node: journal.node,
    party,
    partyName: own?.name ?? { en: party },
    version: programVersion,
    languages: (((await readHouse(store.pool, 'languages')) as Language[] | undefined) ?? [
      ...languages,
    ]) as never,
    setUp: setUp.isDone(),
    demonstration: await isDemonstration(context),
    ...(config.tileSource ? { tileSource: config.tileSource } : {}),
    parties: parties.map(({ id, fields }) => {
      const { name, timeZone } = fields as Party
      return { id, name, timeZone }
    }),
    signIn: {
      password: true,
      passkey: true,
      oidc: config.oidc ? [{ id: 'oidc', name: config.oidc.name }] : [],
    },
  }
}
