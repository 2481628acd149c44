/** Stations and the river as a line. */
import { Words } from '@lanmei/model/language'
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'
import { IdPath, Instant, SeriesSummary, StationSummary } from './shared.ts'

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
