/** Stage-discharge relation of a station with its period of validity. */
import Type from 'typebox'
import { defineRecord, type FieldsOf, Id, Period } from '../record.ts'

export const ratingCurve = defineRecord({
  kind: 'rating-curve',
  version: 1,
  description: 'Stage-discharge relation Q = a (h - h0)^b in segments, with its period of validity',
  fields: {
    station: Id,
    valid: Period,
    segments: Type.Array(
      Type.Object(
        {
          fromLevelM: Type.Number({
            description: 'Lowest level of the segment, m above the zero of the gauge',
          }),
          a: Type.Number({ minimum: 0 }),
          h0M: Type.Number({ description: 'Level of no flow, m' }),
          b: Type.Number({ minimum: 0 }),
        },
        { additionalProperties: false },
      ),
      { minItems: 1 },
    ),
    standardErrorPercent: Type.Optional(Type.Number({ minimum: 0 })),
    source: Type.Optional(Type.String()),
  },
})
export type RatingCurve = FieldsOf<typeof ratingCurve>
