/** Shapes that several routes share. */
import { Words } from '@lanmei/model/language'
import { Id } from '@lanmei/model/record'
import Type, { type Static } from 'typebox'

export const Instant = Type.String({
  description: 'RFC 3339 date or date-time; without zone it is UTC',
  maxLength: 40,
})
export const Flag = Type.Integer({
  description: 'Quality flag: 1 good, 2 not evaluated, 3 suspect, 4 bad, 8 estimated, 9 missing',
})
export const IdPath = Type.Object({ id: Id })

/** The newest value of a series; null when there is none. */
export const Latest = Type.Object({
  time: Type.String({ description: 'RFC 3339, UTC' }),
  value: Type.Union([Type.Number(), Type.Null()]),
  flag: Flag,
  receivedAt: Type.String({ description: 'When this node stored it, RFC 3339, UTC' }),
})
export type Latest = Static<typeof Latest>

/** A series with what is kept about it at write. */
export const SeriesSummary = Type.Object({
  id: Id,
  station: Id,
  property: Id,
  unit: Type.String(),
  procedure: Type.String(),
  aggregation: Type.String(),
  origin: Type.String({ description: 'observed, estimated, calculated, simulated' }),
  audience: Type.String(),
  cadenceSeconds: Type.Optional(Type.Integer()),
  dayBoundary: Type.Optional(Type.String()),
  datum: Type.Optional(Type.String()),
  source: Type.Optional(Type.String()),
  name: Type.Optional(Words),
  count: Type.Integer({ description: 'Number of present values' }),
  revisions: Type.Integer({ description: 'Number of values that were revised' }),
  suspect: Type.Integer({ description: 'Number of values now flagged suspect or bad' }),
  first: Type.Optional(Type.String()),
  last: Type.Optional(Type.String()),
  minimum: Type.Optional(Type.Number()),
  maximum: Type.Optional(Type.Number()),
  latest: Type.Union([Latest, Type.Null()]),
  silent: Type.Boolean({ description: 'Its cadence is known and nothing came for three of its intervals' }),
})
export type SeriesSummary = Static<typeof SeriesSummary>

export const ThresholdLevel = Type.Object({
  level: Type.String({ description: 'alarm, flood, extreme, low, minimum-flow' }),
  property: Id,
  value: Type.Number(),
  source: Type.String(),
})

/** How a station stands now against its own past and its thresholds. `unknown` is never the same as `normal`. */
export const StationState = Type.Object({
  state: Type.Enum(['unknown', 'low', 'below-normal', 'normal', 'above-normal', 'high', 'alarm', 'flood']),
  freshness: Type.Enum(['fresh', 'late', 'silent', 'none']),
  series: Type.Optional(Id),
  property: Type.Optional(Id),
  unit: Type.Optional(Type.String({ description: 'UCUM code of value, change and median' })),
  time: Type.Optional(Type.String()),
  value: Type.Optional(Type.Number()),
  change24h: Type.Optional(
    Type.Number({ description: 'Change of the value over the last 24 hours, in its unit' }),
  ),
  percentile: Type.Optional(Type.Number({ description: 'Rank 0-100 among the values of this time of year' })),
  median: Type.Optional(Type.Number({ description: 'Median of this time of year' })),
  years: Type.Optional(Type.Integer({ description: 'Years the climatology rests on' })),
  simulated: Type.Boolean(),
})
export type StationState = Static<typeof StationState>

export const StationSummary = Type.Object({
  id: Id,
  name: Words,
  party: Id,
  organisation: Type.Optional(Id),
  longitude: Type.Optional(Type.Number()),
  latitude: Type.Optional(Type.Number()),
  stationType: Type.String(),
  river: Type.Optional(Type.String()),
  riverKm: Type.Optional(Type.Number()),
  joinsAtKm: Type.Optional(Type.Number()),
  bank: Type.Optional(Type.String()),
  timeZone: Type.String(),
  gaugeZero: Type.Optional(
    Type.Object({ heightM: Type.Number(), datum: Type.String(), source: Type.Optional(Type.String()) }),
  ),
  thresholds: Type.Array(ThresholdLevel),
  now: StationState,
  seriesCount: Type.Integer(),
})
export type StationSummary = Static<typeof StationSummary>

export const NoticeItem = Type.Object({
  code: Type.String(),
  severity: Type.String(),
  file: Type.Optional(Type.String()),
  line: Type.Optional(Type.Integer()),
  column: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  series: Type.Optional(Type.String()),
  read: Type.Optional(Type.String()),
  expected: Type.Optional(Type.String()),
  refused: Type.Integer(),
})

/** What a load came to. read = stored + unchanged + revised + refused, always. */
export const Counts = Type.Object({
  read: Type.Integer(),
  stored: Type.Integer(),
  unchanged: Type.Integer(),
  revised: Type.Integer(),
  refused: Type.Integer(),
  notices: Type.Record(Type.String(), Type.Integer(), { description: 'Number of notices by code' }),
})
export type Counts = Static<typeof Counts>

export const Cursor = Type.Optional(
  Type.String({ maxLength: 200, description: 'Where the last page ended (`next` of its answer)' }),
)
export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 }))
export const next = Type.Optional(
  Type.String({ description: 'Cursor of the next page; absent on the last one' }),
)
