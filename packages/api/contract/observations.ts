/** Series with their newest values and statistics, the taking in of batches, and notices. */
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'
import { Counts, Cursor, IdPath, Instant, Latest, Limit, NoticeItem, next, SeriesSummary } from './shared.ts'

const tag = 'observations'

export const seriesList = route({
  id: 'series.list',
  method: 'GET',
  path: '/api/series',
  summary: 'Series with counts, first and last times and newest value',
  tag,
  right: 'anybody',
  query: Type.Object({
    station: Type.Optional(Id),
    property: Type.Optional(Id),
    procedure: Type.Optional(Type.String({ maxLength: 40 })),
    silent: Type.Optional(Type.Boolean()),
    cursor: Cursor,
    limit: Limit,
  }),
  answer: Type.Object({ series: Type.Array(SeriesSummary), next }),
})

export const seriesGet = route({
  id: 'series.get',
  method: 'GET',
  path: '/api/series/:id',
  summary: 'One series',
  tag,
  right: 'anybody',
  parameters: IdPath,
  answer: SeriesSummary,
})

export const latest = route({
  id: 'latest',
  method: 'GET',
  path: '/api/latest',
  summary: 'Newest value of every public series in one answer',
  tag,
  right: 'anybody',
  answer: Type.Object({
    at: Type.String({ description: 'When this answer was made' }),
    latest: Type.Array(Type.Object({ series: Id, ...Latest.properties })),
  }),
})

const Curve = Type.Array(Type.Object({ x: Type.Number(), y: Type.Number() }))

export const statistics = route({
  id: 'series.statistics',
  method: 'GET',
  path: '/api/series/:id/statistics',
  summary: 'Day-of-year climatology, flow duration curve, annual extremes and return periods',
  tag,
  right: 'anybody',
  parameters: IdPath,
  query: Type.Object({
    from: Type.Optional(Instant),
    to: Type.Optional(Instant),
    year: Type.Optional(
      Type.Union([Type.Literal('calendar'), Type.Literal('water')], {
        default: 'calendar',
        description: 'water: March to February',
      }),
    ),
    distribution: Type.Optional(Type.Enum(['gev', 'gumbel', 'log-pearson-3'])),
  }),
  answer: Type.Object({
    series: Id,
    unit: Type.String(),
    origin: Type.String(),
    count: Type.Integer(),
    used: Type.Integer({ description: 'Values used: suspect and bad ones are left out' }),
    climatology: Type.Object({
      years: Type.Integer(),
      percentiles: Type.Array(Type.Number(), { description: 'e.g. 0,5,10,25,50,75,90,95,100' }),
      days: Type.Array(
        Type.Object({
          dayOfYear: Type.Integer(),
          values: Type.Array(Type.Union([Type.Number(), Type.Null()])),
          count: Type.Integer(),
        }),
      ),
    }),
    durationCurve: Type.Array(Type.Object({ exceedancePercent: Type.Number(), value: Type.Number() })),
    annual: Type.Array(
      Type.Object({
        year: Type.Integer(),
        maximum: Type.Number(),
        maximumAt: Type.String(),
        minimum: Type.Number(),
        minimumAt: Type.String(),
        mean: Type.Number(),
        completeness: Type.Number(),
      }),
    ),
    frequency: Type.Array(
      Type.Object({
        distribution: Type.String(),
        parameters: Type.Record(Type.String(), Type.Number()),
        years: Type.Integer(),
        returnLevels: Type.Array(
          Type.Object({
            returnPeriodYears: Type.Number(),
            value: Type.Number(),
            lower: Type.Number(),
            upper: Type.Number(),
          }),
        ),
        points: Curve,
        sampleFit: Type.Optional(Type.Number({ description: 'Probability plot correlation coefficient' })),
      }),
    ),
    months: Type.Array(
      Type.Object({
        month: Type.Integer(),
        mean: Type.Number(),
        minimum: Type.Number(),
        maximum: Type.Number(),
        count: Type.Integer(),
      }),
    ),
  }),
})

// Single times and values are judged by the handler: one that is wrong is refused by itself and does not take the others with it.
const TimeIn = Type.Unknown({
  description: 'Phenomenon time: integer ms since 1970-01-01T00:00:00Z, or RFC 3339 with zone',
})
const ValueIn = Type.Unknown({ description: 'A number, or null for known to be missing' })

const BlockIn = Type.Object(
  {
    series: Type.String({ maxLength: 128 }),
    times: Type.Array(TimeIn, { maxItems: 200_000 }),
    values: Type.Array(ValueIn, { maxItems: 200_000 }),
    flags: Type.Optional(Type.Array(Type.Unknown({ description: "The source's own flag" }))),
    unit: Type.Optional(
      Type.String({ maxLength: 40, description: 'Unit of the values; the unit of the series when absent' }),
    ),
  },
  { additionalProperties: false },
)
const ItemIn = Type.Object(
  {
    series: Type.String({ maxLength: 128 }),
    time: TimeIn,
    value: ValueIn,
    flag: Type.Optional(Type.Unknown({ description: "The source's own flag" })),
  },
  { additionalProperties: false },
)

export const observationsWrite = route({
  id: 'observations.write',
  method: 'POST',
  path: '/api/observations',
  summary:
    'Takes a batch of values; answers only when they are durable; with the header Idempotency-Key it can be sent again safely',
  tag,
  right: 'contributor',
  area: 'water',
  bodyLimitBytes: 32 * 1024 * 1024,
  body: Type.Object(
    {
      blocks: Type.Optional(
        Type.Array(BlockIn, { maxItems: 10_000, description: 'Columns by series: the compact form' }),
      ),
      observations: Type.Optional(Type.Array(ItemIn, { maxItems: 200_000, description: 'One by one' })),
      reason: Type.Optional(
        Type.String({ maxLength: 500, description: 'Why values are revised, where they are' }),
      ),
    },
    { additionalProperties: false },
  ),
  status: 202,
  answer: Type.Object({
    ...Counts.properties,
    entries: Type.Array(Type.Integer(), { description: 'Journal entries made' }),
    refusals: Type.Array(
      Type.Object({
        item: Type.String({ description: 'e.g. blocks/0/values/7 or observations/3' }),
        code: Type.String(),
        read: Type.Optional(Type.String()),
        expected: Type.Optional(Type.String()),
      }),
    ),
  }),
})

export const notices = route({
  id: 'notices.list',
  method: 'GET',
  path: '/api/notices',
  summary: 'Notices of loads, newest first',
  tag,
  right: 'signed-in',
  query: Type.Object({
    load: Type.Optional(Type.Integer()),
    code: Type.Optional(Type.String({ maxLength: 60 })),
    cursor: Cursor,
    limit: Limit,
  }),
  answer: Type.Object({
    notices: Type.Array(Type.Object({ ...NoticeItem.properties, load: Type.Integer(), at: Type.String() })),
    next,
  }),
})
