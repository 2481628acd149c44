/** Blocks: a run of time-stamped values of one series, and flaggings: judgements on values that never change them. */
import Type, { type Static } from 'typebox'
import { Id } from './record.ts'

/** Body of a block's journal entry. All columns have one length; times rise strictly. Canonical form: RFC 8785. */
export const BlockBody = Type.Object(
  {
    kind: Type.Literal('block'),
    series: Id,
    author: Type.String(),
    reason: Type.Optional(Type.String({ description: 'Why values are revised, where they are' })),
    source: Type.Optional(Type.String({ description: 'File or door the values came through' })),
    checked: Type.Optional(
      Type.Array(Type.String(), {
        description:
          'Quality rules run at take-in: a value none of them flagged is good; absent: not evaluated',
      }),
    ),
    times: Type.Array(Type.Integer({ description: 'Phenomenon time, ms since 1970-01-01T00:00:00Z' })),
    values: Type.Array(Type.Union([Type.Number(), Type.Null()]), {
      description: 'In the unit of the series; null: known to be missing',
    }),
    flags: Type.Optional(
      Type.Array(Type.Integer(), { description: "The source's own quality flags; absent: none given" }),
    ),
  },
  { $id: 'lanmei:block', title: 'block', additionalProperties: false },
)
export type BlockBody = Static<typeof BlockBody>

/** Body of a flagging's journal entry: which values were judged how, by which rule or person. */
export const FlaggingBody = Type.Object(
  {
    kind: Type.Literal('flagging'),
    series: Id,
    author: Type.String(),
    comment: Type.Optional(Type.String({ maxLength: 2000 })),
    rules: Type.Array(Type.String(), { description: 'Rules used, by id; `officer` for a judgement by hand' }),
    times: Type.Array(Type.Integer({ description: 'Phenomenon time, ms since 1970-01-01T00:00:00Z' })),
    flags: Type.Array(
      Type.Integer({
        description: 'Flag code: 1 good, 2 not evaluated, 3 suspect, 4 bad, 8 estimated, 9 missing',
      }),
    ),
    rule: Type.Array(Type.Integer({ description: 'Index into rules, one a value' })),
  },
  { $id: 'lanmei:flagging', title: 'flagging', additionalProperties: false },
)
export type FlaggingBody = Static<typeof FlaggingBody>

/** Columns of one series in memory. NaN is a missing value; `flags` holds the source's flags, 0 where it gave none. */
export type Columns = {
  times: Float64Array
  values: Float64Array
  flags?: Uint8Array
}
