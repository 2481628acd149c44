/** The journal over HTTP; contract/replay.md is the prose. */
import { Id } from '@lanmei/model/record'
import Type from 'typebox'
import { route } from '../route.ts'

const tag = 'journal'
const Sequence = Type.Object({ seq: Type.Integer({ minimum: 0 }) })
const Entry = Type.Record(Type.String(), Type.Unknown(), {
  description: 'node, seq, at, kind, id, version, audience, commitment',
})

export const nodeIdentity = route({
  id: 'node.identity',
  method: 'GET',
  path: '/.well-known/lanmei/node.json',
  summary: 'Who this node is: party, keys with their history, addresses',
  tag,
  right: 'anybody',
  answer: Type.Object({
    node: Id,
    party: Id,
    name: Type.String(),
    origin: Type.String(),
    keys: Type.Array(Type.Record(Type.String(), Type.Unknown())),
    endpoints: Type.Record(Type.String(), Type.String()),
  }),
})
export const checkpoint = route({
  id: 'journal.checkpoint',
  method: 'GET',
  path: '/journal/checkpoint',
  summary: 'Newest signed checkpoint (C2SP signed note)',
  tag,
  right: 'anybody',
  query: Type.Object({
    size: Type.Optional(Type.Integer({ minimum: 0, description: 'The checkpoint of exactly this size' })),
  }),
  media: { 'text/plain': 'A signed note' },
})
export const page = route({
  id: 'journal.page',
  method: 'GET',
  path: '/journal/pages/:page',
  summary: 'Page of 256 entries; complete pages never change',
  tag,
  right: 'anybody',
  parameters: Type.Object({ page: Type.Integer({ minimum: 0 }) }),
  answer: Type.Object({ node: Type.String(), page: Type.Integer(), entries: Type.Array(Entry) }),
})
export const entry = route({
  id: 'journal.entry',
  method: 'GET',
  path: '/journal/entries/:seq',
  summary: 'One entry',
  tag,
  right: 'anybody',
  parameters: Sequence,
  answer: Entry,
})
export const body = route({
  id: 'journal.body',
  method: 'GET',
  path: '/journal/entries/:seq/body',
  summary: 'Body and salt of an entry the asker may see',
  tag,
  right: 'anybody',
  parameters: Sequence,
  answer: Type.Object({ seq: Type.Integer(), salt: Type.String(), body: Type.String() }),
})
export const inclusion = route({
  id: 'journal.proof.inclusion',
  method: 'GET',
  path: '/journal/proof/inclusion',
  summary: 'Proof that an entry is in the tree of a size',
  tag,
  right: 'anybody',
  query: Type.Object({
    seq: Type.Integer({ minimum: 0 }),
    size: Type.Optional(Type.Integer({ minimum: 1 })),
  }),
  answer: Type.Object({
    seq: Type.Integer(),
    size: Type.Integer(),
    leaf: Type.String({ description: 'Leaf hash of the entry, lowercase hex' }),
    hashes: Type.Array(Type.String()),
  }),
})
export const consistency = route({
  id: 'journal.proof.consistency',
  method: 'GET',
  path: '/journal/proof/consistency',
  summary: 'Proof that the tree of one size is the beginning of the tree of another',
  tag,
  right: 'anybody',
  query: Type.Object({ from: Type.Integer({ minimum: 0 }), to: Type.Optional(Type.Integer({ minimum: 0 })) }),
  answer: Type.Object({ from: Type.Integer(), to: Type.Integer(), hashes: Type.Array(Type.String()) }),
})
export const keys = route({
  id: 'journal.keys',
  method: 'GET',
  path: '/journal/keys',
  summary: 'All signing keys with their dates',
  tag,
  right: 'anybody',
  answer: Type.Object({
    node: Type.String(),
    origin: Type.String(),
    keys: Type.Array(Type.Record(Type.String(), Type.Unknown())),
  }),
})
