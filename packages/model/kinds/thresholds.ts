/** Levels at a station that mean something: alarm, flood, minimum flow. With their period of validity and their source. */
import Type from 'typebox'
import { defineRecord, type FieldsOf, Id, Period } from '../record.ts'

export const thresholds = defineRecord({
  kind: 'thresholds',
  version: 1,
  description: 'Levels at a station that mean something, with period of validity and source',
  fields: {
    station: Id,
    property: Id,
    valid: Period,
    levels: Type.Array(
      Type.Object(
        {
          level: Type.Enum(['alarm', 'flood', 'extreme', 'low', 'minimum-flow']),
          value: Type.Number({ description: 'In the unit of the property' }),
          monthly: Type.Optional(
            Type.Array(Type.Union([Type.Number(), Type.Null()]), {
              minItems: 12,
              maxItems: 12,
              description: 'Where it changes by month, January first',
            }),
          ),
          source: Type.String(),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
  },
})
export type Thresholds = FieldsOf<typeof thresholds>
