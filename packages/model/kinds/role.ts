/** A person's role: the duty, never the person. Who holds it is kept at the node alone and does not leave it. */
import Type from 'typebox'
import { Words } from '../language.ts'
import { defineRecord, type FieldsOf, Id } from '../record.ts'

/** Duties and, by them, rights: reader < contributor (takes data in) < officer (judges, edits) < administrator. */
export const duties = ['reader', 'contributor', 'officer', 'administrator'] as const
export type Duty = (typeof duties)[number]

export const role = defineRecord({
  kind: 'role',
  version: 1,
  description: 'A duty in a party and an area; the person who holds it is not part of the record',
  fields: {
    party: Id,
    organisation: Type.Optional(Id),
    area: Type.Union([Id, Type.Literal('*')], { description: 'Area of cooperation, or * for all' }),
    duty: Type.Enum([...duties]),
    title: Type.Optional(Words),
  },
})
export type Role = FieldsOf<typeof role>
