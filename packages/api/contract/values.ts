/** Values of a series: reading them, what was revised, how they were judged, and the proof of one. */
import { Words } from '@lanmei/model/language'
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'
import { Flag, IdPath, Instant, Limit } from './shared.ts'

const tag = 'observations'

export const resolutions = ['raw', 'hour', 'day', 'month', 'year', 'auto'] as const

export const observations = route({
  id: 'series.observations',
  method: 'GET',
  path: '/api/series/:id/observations',
  summary: 'Values of a series; streams, in bounded memory, whatever the range',
  tag,
  right: 'anybody',
  parameters: IdPath,
  query: Type.Object({
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    'as-known-at': Type.Optional(
      Type.String({ maxLength: 40, description: 'What was known at this time (RFC 3339)' }),
    ),
    resolution: Type.Optional(
      Type.Enum([...resolutions], {
        default: 'raw',
        description:
          'hour to year: mean, minimum, maximum, count; auto: smallest and largest value per pixel',
      }),
    ),
    points: Type.Optional(
      Type.Integer({ minimum: 10, maximum: 20000, description: 'Pixels for resolution=auto' }),
    ),
    flags: Type.Optional(
      Type.String({
        maxLength: 60,
        description: 'Comma list of flags to give (good,suspect,...); all when absent',
      }),
    ),
    format: Type.Optional(Type.Enum(['json', 'csv', 'parquet', 'arrow', 'binary'], { default: 'json' })),
  }),
  answer: Type.Object({
    series: Id,
    unit: Type.String(),
    origin: Type.String(),
    resolution: Type.String(),
    times: Type.Array(Type.Integer(), {
      description: 'Phenomenon time, ms since 1970-01-01T00:00:00Z; start of the interval for aggregates',
    }),
    values: Type.Array(Type.Union([Type.Number(), Type.Null()])),
    flags: Type.Array(Flag),
    minimum: Type.Optional(Type.Array(Type.Union([Type.Number(), Type.Null()]))),
    maximum: Type.Optional(Type.Array(Type.Union([Type.Number(), Type.Null()]))),
    count: Type.Optional(Type.Array(Type.Integer())),
  }),
  media: {
    'text/csv': 'time,value,flag with RFC 3339 times',
    'application/vnd.apache.parquet': 'Parquet',
    'application/vnd.apache.arrow.stream': 'Arrow IPC stream',
    'application/octet-stream':
      'format=binary: per part a little-endian uint32 n, then n float64 times (ms), n float64 values (NaN missing), n uint8 flags, padded to 8 bytes; n = 0 ends',
  },
})

export const revisions = route({
  id: 'series.revisions',
  method: 'GET',
  path: '/api/series/:id/revisions',
  summary: 'Values that were revised: what stood there, from when to when',
  tag,
  right: 'anybody',
  parameters: IdPath,
  query: Type.Object({ from: Type.Optional(Instant), to: Type.Optional(Instant), limit: Limit }),
  answer: Type.Object({
    revisions: Type.Array(
      Type.Object({
        time: Type.String(),
        value: Type.Union([Type.Number(), Type.Null()]),
        flag: Flag,
        entry: Type.Integer(),
        knownFrom: Type.String(),
        knownUntil: Type.String(),
        supersededBy: Type.Integer(),
        reason: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export const flagHistory = route({
  id: 'series.flags.list',
  method: 'GET',
  path: '/api/series/:id/flags',
  summary: 'Quality flags with their rule, author and comment, newest first',
  tag,
  right: 'anybody',
  parameters: IdPath,
  query: Type.Object({ from: Type.Optional(Instant), to: Type.Optional(Instant), limit: Limit }),
  answer: Type.Object({
    flags: Type.Array(
      Type.Object({
        time: Type.String(),
        value: Type.Union([Type.Number(), Type.Null()]),
        flag: Flag,
        rule: Type.String(),
        author: Type.String(),
        comment: Type.Optional(Type.String()),
        at: Type.String(),
        entry: Type.Integer(),
        current: Type.Boolean({ description: 'False when a later flag holds now' }),
      }),
    ),
  }),
})

export const flagsWrite = route({
  id: 'series.flags.write',
  method: 'POST',
  path: '/api/series/:id/flags',
  summary: 'An officer judges values by hand; earlier flags stay in the history',
  tag,
  right: 'officer',
  area: 'water',
  parameters: IdPath,
  body: Type.Object(
    {
      from: Instant,
      to: Instant,
      flag: Type.Enum(['good', 'suspect', 'bad', 'estimated', 'missing']),
      comment: Type.String({ minLength: 1, maxLength: 2000 }),
    },
    { additionalProperties: false },
  ),
  answer: Type.Object({ flagged: Type.Integer(), entry: Type.Optional(Type.Integer()) }),
})

export const proof = route({
  id: 'series.proof',
  method: 'GET',
  path: '/api/series/:id/proof',
  summary:
    'Everything needed to check one value without trusting this node: entry, body, salt, inclusion proof, checkpoint, keys',
  tag,
  right: 'anybody',
  parameters: IdPath,
  query: Type.Object({ time: Instant }),
  answer: Type.Object({
    time: Type.String(),
    value: Type.Union([Type.Number(), Type.Null()]),
    entry: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Journal entry as in contract/replay.md',
    }),
    salt: Type.String(),
    body: Type.String({ description: 'Canonical body, text' }),
    inclusion: Type.Object({ seq: Type.Integer(), size: Type.Integer(), hashes: Type.Array(Type.String()) }),
    checkpoint: Type.String(),
    keys: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    publisher: Type.Object({ party: Id, name: Words, author: Type.String(), at: Type.String() }),
  }),
})
