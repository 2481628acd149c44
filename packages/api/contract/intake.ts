/** Uploads (resumable, tus protocol at /api/uploads/files) and loads. */
import Type from 'typebox'
import { route } from '../route.ts'
import { Counts, Cursor, Limit, NoticeItem, next } from './shared.ts'

const tag = 'take in'
const UploadId = Type.Object({ id: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) })

/** A load in any state. */
export const LoadItem = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  door: Type.String({ description: 'command, upload, inbox, api' }),
  author: Type.String(),
  state: Type.Enum(['waiting', 'running', 'done', 'failed', 'interrupted']),
  startedAt: Type.Optional(Type.String()),
  endedAt: Type.Optional(Type.String()),
  bytes: Type.Integer(),
  bytesRead: Type.Integer(),
  counts: Counts,
  problem: Type.Optional(Type.String()),
})

export const uploadPreview = route({
  id: 'uploads.preview',
  method: 'GET',
  path: '/api/uploads/:id',
  summary:
    'An uploaded file: recognised format, first rows as read, guessed profile with reasons, notices of the beginning',
  tag,
  right: 'contributor',
  area: 'water',
  parameters: UploadId,
  answer: Type.Object({
    id: Type.String(),
    name: Type.String(),
    sizeBytes: Type.Integer(),
    complete: Type.Boolean(),
    format: Type.Union([Type.String(), Type.Null()]),
    confidence: Type.Number(),
    profile: Type.Union([Type.Record(Type.String(), Type.Unknown()), Type.Null()]),
    reasons: Type.Array(Type.Object({ code: Type.String(), read: Type.Optional(Type.String()) })),
    head: Type.Array(Type.String(), { description: 'First lines as text' }),
    rows: Type.Array(
      Type.Object({
        series: Type.String(),
        known: Type.Boolean(),
        time: Type.String(),
        value: Type.Union([Type.Number(), Type.Null()]),
        unit: Type.Optional(Type.String()),
        line: Type.Integer(),
      }),
    ),
    notices: Type.Array(NoticeItem),
  }),
})
export const uploadLoad = route({
  id: 'uploads.load',
  method: 'POST',
  path: '/api/uploads/:id/load',
  summary: 'Loads an uploaded file with the confirmed format and profile',
  tag,
  right: 'contributor',
  area: 'water',
  parameters: UploadId,
  body: Type.Object(
    {
      format: Type.Optional(Type.String({ maxLength: 60 })),
      profile: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
      createStations: Type.Optional(Type.Boolean()),
      name: Type.Optional(
        Type.String({ maxLength: 400, description: 'Name with folders, where they carry meaning' }),
      ),
      reason: Type.Optional(Type.String({ maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  status: 202,
  answer: Type.Object({ load: Type.Integer() }),
})
export const loadsList = route({
  id: 'loads.list',
  method: 'GET',
  path: '/api/loads',
  summary: 'Loads, newest first',
  tag,
  right: 'signed-in',
  query: Type.Object({ cursor: Cursor, limit: Limit }),
  answer: Type.Object({ loads: Type.Array(LoadItem), next }),
})
export const loadsGet = route({
  id: 'loads.get',
  method: 'GET',
  path: '/api/loads/:load',
  summary: 'One load: ask again for live progress',
  tag,
  right: 'signed-in',
  parameters: Type.Object({ load: Type.Integer() }),
  answer: LoadItem,
})
