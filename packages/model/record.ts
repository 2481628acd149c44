/** What a record is: small, typed, versioned, owned by one party. One file a kind: schema, type, field docs, migrations. */
import Type, { type Static, type TObject, type TProperties } from 'typebox'

/** Ids are chosen by the owner, readable, and stable for ever. */
export const Id = Type.String({
  pattern: '^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$',
  description: 'Readable id, stable for ever',
})

/** Who may read: everybody, whom an agreement names, or this node's own people. */
export const Audience = Type.Union([Type.Literal('public'), Type.Literal('agreed'), Type.Literal('own')])
export type Audience = Static<typeof Audience>

/** Carries a record's fields from one schema version to the next. Pure. */
export type Migration = (fields: Record<string, unknown>) => Record<string, unknown>

export type RecordKind<T extends TObject = TObject> = {
  readonly kind: string
  /** Version of the schema, from 1; one more with every change of meaning. */
  readonly version: number
  readonly schema: T
  /** `migrations[n]` makes version n out of version n - 1; all of 2..version must be there. */
  readonly migrations: Readonly<Record<number, Migration>>
}

/** Defines a kind of record. Unknown fields are refused, so a misspelt one is found at the door. */
export function defineRecord<P extends TProperties>(definition: {
  kind: string
  version: number
  description: string
  fields: P
  migrations?: Record<number, Migration>
}): RecordKind<TObject<P>> {
  const { kind, version, description, fields, migrations = {} } = definition
  for (let n = 2; n <= version; n++)
    if (!migrations[n]) throw new Error(`record kind ${kind}: migration to version ${n} is missing`)
  const schema = Type.Object(fields, {
    $id: `lanmei:${kind}`,
    title: kind,
    description,
    additionalProperties: false,
  })
  return { kind, version, schema, migrations }
}

export type FieldsOf<K extends RecordKind> = Static<K['schema']>

/** Brings fields written under an older schema version up to the present one. */
export function migrate(
  kind: RecordKind,
  writtenVersion: number,
  fields: Record<string, unknown>,
): Record<string, unknown> {
  let now = fields
  for (let n = writtenVersion + 1; n <= kind.version; n++) now = kind.migrations[n](now)
  return now
}

/** The body of a record's journal entry: what is signed. */
export const RecordBody = Type.Object({
  kind: Type.String(),
  schema: Type.Integer({ minimum: 1, description: 'Version of the schema the fields were written under' }),
  id: Id,
  version: Type.Integer({ minimum: 1, description: 'Running number of the versions of this record' }),
  owner: Id,
  author: Type.String({ description: 'Who wrote it: a role, a key, or a program of the node' }),
  ended: Type.Optional(Type.Boolean({ description: 'True: the record is withdrawn; its history stays' })),
  fields: Type.Record(Type.String(), Type.Unknown()),
})
export type RecordBody = Static<typeof RecordBody>

const ended = { additionalProperties: false } as const
/** A period of validity; `to` is exclusive and absent while it lasts. */
export const Period = Type.Object(
  {
    from: Type.Optional(Type.String({ format: 'date-time' })),
    to: Type.Optional(Type.String({ format: 'date-time' })),
  },
  ended,
)
/** Longitude and latitude in degrees, WGS 84. */
export const Point = Type.Object(
  {
    longitude: Type.Number({ minimum: -180, maximum: 180, description: 'Degrees east, WGS 84' }),
    latitude: Type.Number({ minimum: -90, maximum: 90, description: 'Degrees north, WGS 84' }),
  },
  ended,
)

const idPattern = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/
/** True for text that can be an id. */
export function isId(text: string): boolean {
  return idPattern.test(text)
}
