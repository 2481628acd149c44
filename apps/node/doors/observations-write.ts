/** POST /api/observations: a batch from a logger or a service. Answered only when it is durable; sent again it changes nothing. */
import { createHash } from 'node:crypto'
import { observationsWrite } from '@lanmei/api/contract/observations'
import type { AnswerOf } from '@lanmei/api/route'
import type { Series } from '@lanmei/model/kinds/series'
import type { Station } from '@lanmei/model/kinds/station'
import { type NoticeCode, severityOf } from '@lanmei/model/notice'
import { problem } from '@lanmei/model/problem'
import type { Audience } from '@lanmei/model/record'
import { type Queryable, transaction } from '@lanmei/store/connect'
import { findAnswer, keepAnswer } from '@lanmei/store/idempotency'
import { presentVersions } from '@lanmei/store/records'
import type { Context } from '../context.ts'
import { type Binding, bind } from '../http/bind.ts'
import { type AreaChecks, openChecks } from '../quality/rules.ts'
import { type Part, type PartResult, storePartsIn } from '../take-in/batch.ts'
import {
  type Gathered,
  gather,
  type ItemRefusal,
  type ObservationsRequest,
  type RequestColumns,
} from '../take-in/request.ts'
import { convert, readVocabulary, sameUnit, type Vocabulary } from '../take-in/vocabulary.ts'

type Answer = AnswerOf<typeof observationsWrite>
const longestKey = 200

export function observationWriteDoors(context: Context): Binding[] {
  const vocabulary = readVocabulary(context.areas)
  const checks = openChecks(context.areas)
  return [
    bind(observationsWrite, async ({ body, asker, request, reply }) => {
      const key = keyOf(request.headers['idempotency-key'])
      const digest =
        key === undefined ? undefined : createHash('sha256').update(JSON.stringify(body)).digest()
      const columns = gather(body as ObservationsRequest, Date.now())
      const answer = await transaction(context.store, async (client) => {
        await context.journal.lock(client)
        if (key !== undefined && digest) {
          const kept = await findAnswer(client, asker.author, key)
          if (kept && !kept.request.equals(digest)) throw problem('idempotency-conflict', { key })
          if (kept) return kept.answer as Answer
        }
        const batches = await partsOf(client, columns, vocabulary, checks)
        const results: PartResult[] = []
        for (const parts of batches)
          results.push(
            ...(await storePartsIn(
              client,
              context.journal,
              { author: asker.author, source: 'api', reason: body.reason },
              parts,
            )),
          )
        const made = answerOf(columns, results)
        if (key !== undefined && digest) await keepAnswer(client, asker.author, key, digest, made)
        return made
      })
      reply.status(observationsWrite.status ?? 202)
      return answer
    }),
  ]
}

function keyOf(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined
  if (Array.isArray(header) || header.length === 0 || header.length > longestKey)
    throw problem('bad-request', {
      header: 'Idempotency-Key',
      expected: `one text of 1 to ${longestKey} characters`,
    })
  return header
}

/** Parts of known series, in batches in which each series stands once; the rest is refused. */
async function partsOf(
  client: Queryable,
  columns: RequestColumns,
  vocabulary: Vocabulary,
  checks: AreaChecks,
): Promise<Part[][]> {
  const names = columns.gathered.map(({ series }) => ({ kind: 'series', id: series }))
  const known = await presentVersions(client, names)
  const places = [...known.values()].map(({ fields }) => ({
    kind: 'station',
    id: (fields as Series).station,
  }))
  const stations = await presentVersions(client, places)
  const batches: Part[][] = []
  const times = new Map<string, number>()
  for (const gathered of columns.gathered) {
    if (gathered.columns.times.length === 0) continue
    const record = known.get(`series/${gathered.series}`)
    if (!record || record.ended) {
      refuseAll(columns, gathered, 'unknown-series', gathered.series, 'a series of this node')
      continue
    }
    const fields = record.fields as Series
    const property = vocabulary.property(fields.property)
    const conversion =
      gathered.unit === undefined || gathered.unit === fields.unit
        ? sameUnit
        : property?.unit === fields.unit
          ? vocabulary.conversion(fields.property, gathered.unit)
          : undefined
    if (!conversion) {
      refuseAll(
        columns,
        gathered,
        'unknown-unit',
        gathered.unit ?? '',
        `a unit that can become ${fields.unit}`,
      )
      continue
    }
    convert(gathered.columns.values, conversion)
    const turn = times.get(gathered.series) ?? 0
    times.set(gathered.series, turn + 1)
    batches[turn] ??= []
    batches[turn].push({
      series: gathered.series,
      audience: fields.audience as Audience,
      rules: checks.atTakeIn(
        fields,
        stations.get(`station/${fields.station}`)?.fields as Station | undefined,
      ),
      ...gathered.columns,
    })
  }
  return batches
}

/** One refusal stands for all values of the series; its number is in the counts. */
function refuseAll(
  { refusals }: RequestColumns,
  gathered: Gathered,
  code: NoticeCode,
  read: string,
  expected: string,
): void {
  const refusal: ItemRefusal & { values: number } = {
    item: `series ${gathered.series}`,
    code,
    read,
    expected,
    values: gathered.columns.times.length,
  }
  refusals.push(refusal)
}

function answerOf({ read, refusals, gathered }: RequestColumns, results: PartResult[]): Answer {
  const sum = (field: 'stored' | 'unchanged' | 'revised') =>
    results.reduce((total, result) => total + result[field], 0)
  const notices: Record<string, number> = {}
  let refused = 0
  for (const refusal of refusals) {
    notices[refusal.code] = (notices[refusal.code] ?? 0) + 1
    if (severityOf(refusal.code) === 'error') refused += (refusal as { values?: number }).values ?? 1
  }
  const unchanged = sum('unchanged') + gathered.reduce((total, group) => total + group.unchanged, 0)
  return {
    read,
    stored: sum('stored'),
    unchanged,
    revised: sum('revised'),
    refused,
    notices,
    entries: results.flatMap(({ entry }) => (entry === undefined ? [] : [entry])),
    refusals: refusals.slice(0, 1000).map(({ item, code, read: text, expected }) => ({
      item,
      code,
      ...(text === undefined ? {} : { read: text }),
      ...(expected === undefined ? {} : { expected }),
    })),
  }
}
