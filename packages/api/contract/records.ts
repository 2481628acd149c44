/** Records of every kind: list, read, history, write. */
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'
import { Cursor, Limit, next } from './shared.ts'

const tag = 'records'
const Kind = Type.Object({ kind: Type.String({ maxLength: 60 }) })
const KindId = Type.Object({ kind: Type.String({ maxLength: 60 }), id: Id })
const RecordItem = Type.Object({
  kind: Type.String(),
  id: Id,
  version: Type.Integer(),
  owner: Id,
  author: Type.String(),
  ended: Type.Boolean(),
  entry: Type.Integer(),
  at: Type.String(),
  fields: Type.Record(Type.String(), Type.Unknown()),
})

export const recordsList = route({
  id: 'records.list',
  method: 'GET',
  path: '/api/records/:kind',
  summary: 'Records of a kind',
  tag,
  right: 'anybody',
  parameters: Kind,
  query: Type.Object({ cursor: Cursor, limit: Limit }),
  answer: Type.Object({ records: Type.Array(RecordItem), next }),
})
export const recordsGet = route({
  id: 'records.get',
  method: 'GET',
  path: '/api/records/:kind/:id',
  summary: 'One record',
  tag,
  right: 'anybody',
  parameters: KindId,
  answer: RecordItem,
})
export const recordsHistory = route({
  id: 'records.history',
  method: 'GET',
  path: '/api/records/:kind/:id/history',
  summary: 'All versions of a record, newest first',
  tag,
  right: 'anybody',
  parameters: KindId,
  answer: Type.Object({ records: Type.Array(RecordItem) }),
})
export const recordsWrite = route({
  id: 'records.write',
  method: 'PUT',
  path: '/api/records/:kind/:id',
  summary: 'Writes a new version of a record',
  tag,
  right: 'officer',
  area: 'water',
  parameters: KindId,
  body: Type.Object(
    {
      fields: Type.Record(Type.String(), Type.Unknown()),
      after: Type.Optional(
        Type.Integer({
          minimum: 0,
          description:
            'Version this one follows; 0 for a new record; refused as conflict when another came between',
        }),
      ),
      ended: Type.Optional(Type.Boolean()),
    },
    { additionalProperties: false },
  ),
  answer: RecordItem,
})
