/** A dam with its reservoir. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id, Point } from '../record.ts'

export const reservoir = defineRecord({
  kind: 'reservoir',
  version: 1,
  description: 'A dam with its reservoir',
  fields: {
    name: Words,
    party: Id,
    operator: Type.Optional(Id),
    at: Point,
    river: Type.String(),
    riverKm: Type.Optional(Type.Number({ description: 'Distance from the sea along the main stem, km' })),
    status: Type.Enum(['operating', 'under-construction', 'planned', 'decommissioned']),
    capacityMw: Type.Optional(Type.Number({ minimum: 0 })),
    totalStorageMillionM3: Type.Optional(Type.Number({ minimum: 0 })),
    activeStorageMillionM3: Type.Optional(Type.Number({ minimum: 0 })),
    heightM: Type.Optional(Type.Number({ minimum: 0 })),
    headM: Type.Optional(Type.Number({ minimum: 0 })),
    commissionedYear: Type.Optional(Type.Integer()),
    source: Type.String(),
  },
})
export type Reservoir = FieldsOf<typeof reservoir>
