/** A service, ministry, centre or company that answers for stations, series or dams. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id } from '../record.ts'

export const organisation = defineRecord({
  kind: 'organisation',
  version: 1,
  description: 'A service, ministry, centre or company that answers for something',
  fields: {
    party: Id,
    name: Words,
    shortName: Type.Optional(Words),
    parent: Type.Optional(Id),
    category: Type.Union(
      ['hydrometeorological-service', 'water-authority', 'dam-operator', 'ministry', 'centre', 'other'].map(
        (c) => Type.Literal(c),
      ),
    ),
    website: Type.Optional(Type.String({ format: 'uri' })),
    source: Type.Optional(Type.String()),
  },
})
export type Organisation = FieldsOf<typeof organisation>
