/** A state of the cooperation, or another participant that runs a node or owns records. */
import Type from 'typebox'
import { languages, Words } from '../language.ts'
import { defineRecord, type FieldsOf } from '../record.ts'

export const party = defineRecord({
  kind: 'party',
  version: 1,
  description: 'A state of the cooperation, or another participant that owns records',
  fields: {
    name: Words,
    officialName: Type.Optional(Words),
    category: Type.Union([Type.Literal('state'), Type.Literal('centre'), Type.Literal('partner')]),
    iso3166: Type.Optional(
      Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2 code of a state' }),
    ),
    languages: Type.Array(Type.Enum([...languages]), {
      description: 'Its own languages, first is used first',
    }),
    timeZone: Type.String({ description: 'IANA time zone, e.g. Asia/Vientiane' }),
    source: Type.Optional(Type.String()),
  },
})
export type Party = FieldsOf<typeof party>
