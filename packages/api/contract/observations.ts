/** Stations, series, their values, statistics, flags and proofs. */
import { Words } from '@lanmei/model/language'
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'
import {
  Counts,
  Cursor,
  Flag,
  IdPath,
  Instant,
  Latest,
  Limit,
  NoticeItem,
  next,
  SeriesSummary,
  StationSummary,
} from './shared.ts'

const tag = 'observations'

export const stationsList = route({
  id: 'stations.list',
  method: 'GET',
  path: '/api/stations',
  summary: 'Stations with their state now; as GeoJSON with f=geojson',
  tag,
  right: 'anybody',
  query: Type.Object({
    party: Type.Optional(Id),
    property: Type.Optional(Id),
    river: Type.Optional(Type.String({ maxLength: 80 })),
    bbox: Type.Optional(
      Type.String({ pattern: '^-?[0-9.]+(,-?[0-9.]+){3}$', description: 'west,south,east,north in degrees' }),
    ),
    q: Type.Optional(
      Type.String({ maxLength: 80, description: 'Part of a name in any language, or of a code' }),
    ),
    f: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('geojson')])),
  }),
  answer: Type.Object({ stations: Type.Array(StationSummary) }),
  media: { 'application/geo+json': 'A FeatureCollection' },
})

export const stationsGet = route({
  id: 'stations.get',
  method: 'GET',
  path: '/api/stations/:id',
  summary: 'One station with its record, series, thresholds and neighbours',
  tag,
  right: 'anybody',
  parameters: IdPath,
  answer: Type.Object({
    station: StationSummary,
    record: Type.Record(Type.String(), Type.Unknown(), { description: 'Fields of the station record' }),
    version: Type.Integer(),
    entry: Type.Integer({ description: 'Journal entry that says so' }),
    organisation: Type.Optional(Words),
    series: Type.Array(SeriesSummary),
    upstream: Type.Optional(Type.Object({ id: Id, name: Words, riverKm: Type.Number() })),
    downstream: Type.Optional(Type.Object({ id: Id, name: Words, riverKm: Type.Number() })),
  }),
})

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

export const river = route({
  id: 'river',
  method: 'GET',
  path: '/api/river',
  summary:
    'The river as a line: stations in order, dams, borders, tributaries, and how high the water stands',
  tag,
  right: 'anybody',
  query: Type.Object({ at: Type.Optional(Instant) }),
  answer: Type.Object({
    at: Type.String(),
    simulated: Type.Boolean({ description: 'True when what is shown comes from the demonstration' }),
    stations: Type.Array(StationSummary),
    dams: Type.Array(
      Type.Object({
        id: Id,
        name: Words,
        longitude: Type.Number(),
        latitude: Type.Number(),
        party: Id,
        river: Type.String(),
        riverKm: Type.Optional(Type.Number()),
        status: Type.String(),
        capacityMw: Type.Optional(Type.Number()),
        storageMillionM3: Type.Optional(Type.Number()),
        commissionedYear: Type.Optional(Type.Integer()),
      }),
    ),
    line: Type.Array(Type.Object({ lon: Type.Number(), lat: Type.Number(), km: Type.Number() })),
    tributaries: Type.Array(
      Type.Object({
        id: Type.String(),
        name: Words,
        joinsAtKm: Type.Optional(Type.Number()),
        bank: Type.Optional(Type.String()),
        line: Type.Array(Type.Tuple([Type.Number(), Type.Number()])),
      }),
    ),
    borders: Type.Array(Type.Object({ km: Type.Number(), parties: Type.Array(Id) })),
    profile: Type.Array(
      Type.Object({ km: Type.Number(), elevationM: Type.Number(), source: Type.Optional(Type.String()) }),
    ),
    counts: Type.Record(Type.String(), Type.Integer(), { description: 'Number of stations by state' }),
  }),
})

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
      Type.Union(
        resolutions.map((r) => Type.Literal(r)),
        {
          default: 'raw',
          description:
            'hour to year: mean, minimum, maximum, count; auto: smallest and largest value per pixel',
        },
      ),
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
    format: Type.Optional(
      Type.Union(
        ['json', 'csv', 'parquet', 'arrow', 'binary'].map((f) => Type.Literal(f)),
        { default: 'json' },
      ),
    ),
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
    distribution: Type.Optional(Type.Union(['gev', 'gumbel', 'log-pearson-3'].map((d) => Type.Literal(d)))),
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
  parameters: IdPath,
  body: Type.Object(
    {
      from: Instant,
      to: Instant,
      flag: Type.Union(['good', 'suspect', 'bad', 'estimated', 'missing'].map((f) => Type.Literal(f))),
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
