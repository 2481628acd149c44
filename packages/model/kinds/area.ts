/** A field of cooperation as a record: which version of its data folder a node works with. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id } from '../record.ts'

export const area = defineRecord({
  kind: 'area',
  version: 1,
  description: 'A field of cooperation',
  fields: {
    name: Words,
    summary: Type.Optional(Words),
    steward: Type.Optional(Type.String()),
    dataVersion: Type.Integer({
      minimum: 1,
      description: 'Version of areas/<id>/area.json this was made from',
    }),
    properties: Type.Array(Id),
  },
})
export type Area = FieldsOf<typeof area>
