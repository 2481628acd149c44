/** Values of one observed property at one station by one procedure. A Datastream in OGC SensorThings. */
import Type, { type Static } from 'typebox'
import { Words } from '../language.ts'
import { Audience, defineRecord, type FieldsOf, Id } from '../record.ts'

export const Aggregation = Type.Enum(['instantaneous', 'mean', 'sum', 'maximum', 'minimum'], {
  description: 'What a value stands for over its interval',
})
export type Aggregation = 'instantaneous' | 'mean' | 'sum' | 'maximum' | 'minimum'

/** One quality check with its own numbers for this series; those of the area hold where none is given. */
export const Check = Type.Object(
  {
    kernel: Type.String({ description: 'e.g. quality/range' }),
    parameters: Type.Record(Type.String(), Type.Number()),
    source: Type.Optional(Type.String()),
  },
  { additionalProperties: false },
)
export type Check = Static<typeof Check>

export const series = defineRecord({
  kind: 'series',
  version: 1,
  description: 'Values of one observed property at one station by one procedure',
  fields: {
    station: Id,
    property: Id,
    sensor: Type.Optional(Id),
    name: Type.Optional(Words),
    unit: Type.String({ description: 'UCUM code' }),
    procedure: Type.String({
      pattern: '^[a-z0-9-]{1,40}$',
      description: 'manual, telemetry, calculated, simulated ...',
    }),
    aggregation: Aggregation,
    cadenceSeconds: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Expected interval between values' }),
    ),
    dayBoundary: Type.Optional(
      Type.String({
        pattern: '^[0-2][0-9]:[0-5][0-9]$',
        description: 'Local hour at which a day is read or ends',
      }),
    ),
    datum: Type.Optional(
      Type.String({ description: 'What heights are measured from; absent: the zero of the gauge' }),
    ),
    origin: Type.Enum(['observed', 'estimated', 'calculated', 'simulated']),
    audience: Audience,
    checks: Type.Optional(Type.Array(Check)),
    source: Type.Optional(Type.String({ description: 'Where the values come from and on what terms' })),
  },
})
export type Series = FieldsOf<typeof series>
