/** A place where something is measured: river gauge, rain station, reservoir. A Thing with its Location in OGC SensorThings. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id, Point } from '../record.ts'

export const station = defineRecord({
  kind: 'station',
  version: 1,
  description: 'A place where something is measured',
  fields: {
    name: Words,
    party: Id,
    organisation: Type.Optional(Id),
    at: Type.Optional(Point),
    aliases: Type.Optional(
      Type.Array(Type.String(), { description: 'Other codes: national, MRC, HYMOS, WIGOS (0-...)' }),
    ),
    stationType: Type.Union(
      ['river-gauge', 'rain-gauge', 'lake-gauge', 'reservoir', 'tide-gauge', 'weather-station', 'other'].map(
        (t) => Type.Literal(t),
      ),
    ),
    river: Type.Optional(Type.String({ description: 'Id of the river in the area data, or its name' })),
    riverKm: Type.Optional(Type.Number({ description: 'Distance from the sea along the main stem, km' })),
    joinsAtKm: Type.Optional(
      Type.Number({ description: 'For a tributary: river-km of the main stem where it joins' }),
    ),
    bank: Type.Optional(Type.Union([Type.Literal('left'), Type.Literal('right')])),
    altitudeM: Type.Optional(Type.Number()),
    drainageAreaKm2: Type.Optional(Type.Number({ minimum: 0 })),
    gaugeZero: Type.Optional(
      Type.Object(
        {
          heightM: Type.Number({ description: 'Height of the zero of the gauge above the datum, m' }),
          datum: Type.String(),
          source: Type.Optional(Type.String()),
        },
        { additionalProperties: false },
      ),
    ),
    timeZone: Type.String({ description: 'IANA time zone, e.g. Asia/Vientiane' }),
    source: Type.Optional(Type.String()),
  },
})
export type Station = FieldsOf<typeof station>
