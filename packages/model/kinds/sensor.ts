/** The instrument or procedure that makes values: staff gauge read by an observer, radar, tipping bucket, rating curve. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id } from '../record.ts'

export const sensor = defineRecord({
  kind: 'sensor',
  version: 1,
  description: 'The instrument or procedure that makes values',
  fields: {
    name: Words,
    procedure: Type.String({ description: 'manual, telemetry, calculated, simulated ...' }),
    station: Type.Optional(Id),
    manufacturer: Type.Optional(Type.String()),
    model: Type.Optional(Type.String()),
    metadata: Type.Optional(Type.String({ format: 'uri' })),
  },
})
export type Sensor = FieldsOf<typeof sensor>
