/** What is observed: water level, discharge, rainfall. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id } from '../record.ts'

export const observedProperty = defineRecord({
  kind: 'observed-property',
  version: 1,
  description: 'What is observed, with the unit it is kept in',
  fields: {
    area: Id,
    name: Words,
    unit: Type.String({ description: 'UCUM code of the unit it is kept in' }),
    decimals: Type.Integer({
      minimum: 0,
      maximum: 6,
      description: 'Digits after the point that make sense to show',
    }),
    definition: Type.Optional(Type.String({ description: 'Address of a definition, e.g. in WMO codes' })),
    wmdr: Type.Optional(
      Type.Integer({ description: 'WMDR observed variable, e.g. 171 stream discharge, 172 stream level' }),
    ),
  },
})
export type ObservedProperty = FieldsOf<typeof observedProperty>
