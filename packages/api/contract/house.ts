/** The node itself: set-up, status, people, keys. Signing in is better-auth's own door at /api/auth/*. */

import { duties } from '@lanmei/model/kinds/role'
import { languages, Words } from '@lanmei/model/language'
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'

const tag = 'node'
const Person = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  secondFactor: Type.Boolean(),
  disabled: Type.Boolean(),
  roles: Type.Array(
    Type.Object({
      id: Id,
      party: Id,
      area: Type.String(),
      duty: Type.Enum([...duties]),
    }),
  ),
  lastSeen: Type.Optional(Type.String()),
})

export const node = route({
  id: 'node',
  method: 'GET',
  path: '/api/node',
  summary:
    'What a page needs to know first: the node, its party, languages, whether it is set up and whether it shows a demonstration',
  tag,
  right: 'anybody',
  answer: Type.Object({
    node: Id,
    party: Id,
    partyName: Words,
    version: Type.String(),
    languages: Type.Array(Type.Enum([...languages])),
    setUp: Type.Boolean(),
    demonstration: Type.Boolean(),
    tileSource: Type.Optional(Type.String()),
    parties: Type.Array(Type.Object({ id: Id, name: Words, timeZone: Type.String() })),
    signIn: Type.Object({
      password: Type.Boolean(),
      passkey: Type.Boolean(),
      oidc: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
    }),
  }),
})
export const me = route({
  id: 'me',
  method: 'GET',
  path: '/api/me',
  summary: 'Who is asking: person or key, roles',
  tag,
  right: 'anybody',
  answer: Type.Object({
    person: Type.Union([Person, Type.Null()]),
    duty: Type.Enum(['none', ...duties]),
  }),
})
export const setUp = route({
  id: 'set-up',
  method: 'POST',
  path: '/api/set-up',
  summary:
    'First run: makes the administrator and says which party this node speaks for; needs the code printed at the start',
  tag,
  right: 'anybody',
  body: Type.Object(
    {
      code: Type.String({ maxLength: 100 }),
      party: Id,
      languages: Type.Array(Type.Enum([...languages]), { minItems: 1 }),
      name: Type.String({ minLength: 1, maxLength: 200 }),
      email: Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' }),
      password: Type.String({ minLength: 12, maxLength: 128 }),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ done: Type.Boolean() }),
})
export const status = route({
  id: 'status',
  method: 'GET',
  path: '/api/status',
  summary: 'Health of the node: alarms, silent series, disk, journal head, last backup, jobs, counters',
  tag,
  right: 'anybody',
  answer: Type.Object({
    at: Type.String(),
    startedAt: Type.String(),
    version: Type.String(),
    alarms: Type.Array(
      Type.Object({
        code: Type.String(),
        severity: Type.String(),
        since: Type.String(),
        about: Type.Optional(Type.String()),
        detail: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      }),
    ),
    journal: Type.Object({
      size: Type.Integer(),
      root: Type.String(),
      at: Type.Optional(Type.String()),
      key: Type.String(),
    }),
    store: Type.Object({
      observations: Type.Integer(),
      series: Type.Integer(),
      stations: Type.Integer(),
      databaseBytes: Type.Integer(),
    }),
    disk: Type.Object({ freeBytes: Type.Integer(), totalBytes: Type.Integer(), takingIn: Type.Boolean() }),
    silent: Type.Array(
      Type.Object({ series: Id, station: Id, last: Type.String(), cadenceSeconds: Type.Integer() }),
    ),
    backup: Type.Union([
      Type.Object({ at: Type.String(), verified: Type.Boolean(), bytes: Type.Integer() }),
      Type.Null(),
    ]),
    intake: Type.Object({ last24h: Type.Integer(), refused24h: Type.Integer() }),
    services: Type.Array(
      Type.Object({ name: Type.String(), state: Type.String(), detail: Type.Optional(Type.String()) }),
    ),
  }),
})
export const people = route({
  id: 'people.list',
  method: 'GET',
  path: '/api/people',
  summary: 'People of this node',
  tag,
  right: 'administrator',
  answer: Type.Object({ people: Type.Array(Person) }),
})
export const peopleAdd = route({
  id: 'people.add',
  method: 'POST',
  path: '/api/people',
  summary: 'Adds a person with a first password and roles',
  tag,
  right: 'administrator',
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 200 }),
      email: Type.String({ minLength: 3, maxLength: 254, pattern: '^[^@\\s]+@[^@\\s]+$' }),
      password: Type.String({ minLength: 12, maxLength: 128 }),
      roles: Type.Array(Id),
    },
    { additionalProperties: false },
  ),
  status: 201,
  answer: Person,
})
export const peopleChange = route({
  id: 'people.change',
  method: 'PUT',
  path: '/api/people/:person',
  summary: 'Changes the roles of a person, or disables the account',
  tag,
  right: 'administrator',
  parameters: Type.Object({ person: Type.String({ maxLength: 80 }) }),
  body: Type.Object(
    { roles: Type.Optional(Type.Array(Id)), disabled: Type.Optional(Type.Boolean()) },
    { additionalProperties: false },
  ),
  answer: Person,
})
const Key = Type.Object({
  id: Type.String(),
  name: Type.String(),
  start: Type.String(),
  duty: Type.String(),
  createdAt: Type.String(),
  lastUsedAt: Type.Optional(Type.String()),
  expiresAt: Type.Optional(Type.String()),
})
export const apiKeys = route({
  id: 'keys.list',
  method: 'GET',
  path: '/api/keys',
  summary: 'API keys',
  tag,
  right: 'administrator',
  answer: Type.Object({ keys: Type.Array(Key) }),
})
export const apiKeysAdd = route({
  id: 'keys.add',
  method: 'POST',
  path: '/api/keys',
  summary: 'Makes an API key; its text is shown this once',
  tag,
  right: 'administrator',
  body: Type.Object(
    {
      name: Type.String({ minLength: 1, maxLength: 60 }),
      duty: Type.Union([Type.Literal('reader'), Type.Literal('contributor')]),
      expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
    },
    { additionalProperties: false },
  ),
  status: 201,
  answer: Type.Object({ ...Key.properties, key: Type.String() }),
})
export const apiKeysEnd = route({
  id: 'keys.end',
  method: 'DELETE',
  path: '/api/keys/:key',
  summary: 'Revokes an API key',
  tag,
  right: 'administrator',
  parameters: Type.Object({ key: Type.String({ maxLength: 80 }) }),
  answer: Type.Object({ done: Type.Boolean() }),
})
export const live = route({
  id: 'health.live',
  method: 'GET',
  path: '/health/live',
  summary: 'The process answers',
  tag,
  right: 'anybody',
  answer: Type.Object({ live: Type.Boolean() }),
})
export const ready = route({
  id: 'health.ready',
  method: 'GET',
  path: '/health/ready',
  summary: 'The node can serve; 503 while starting or when the store does not answer',
  tag,
  right: 'anybody',
  answer: Type.Object({ ready: Type.Boolean() }),
})
export const metrics = route({
  id: 'metrics',
  method: 'GET',
  path: '/metrics',
  summary: 'OpenMetrics',
  tag,
  right: 'anybody',
  media: { 'application/openmetrics-text': 'OpenMetrics 1.0' },
})
export const openapi = route({
  id: 'openapi',
  method: 'GET',
  path: '/api/openapi.json',
  summary: 'This contract as OpenAPI 3.1',
  tag,
  right: 'anybody',
  answer: Type.Record(Type.String(), Type.Unknown()),
})
