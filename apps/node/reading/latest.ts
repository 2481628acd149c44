/** Newest value of every public series as one buffer, with its packed forms: made when the journal has grown, else only sent. */
import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { formatInstant } from '@lanmei/model/instant'
import type { Growth } from '../growth.ts'
import type { Catalogue } from './catalogue.ts'
import { latestOf } from './series-summary.ts'
import { mayRead } from './visibility.ts'

export type LatestAnswer = { etag: string; plain: Buffer; gzip?: Buffer; br?: Buffer }

const shortestMs = 100
// Should a notification be lost, nothing older than this is sent without asking the database.
const longestMs = 2000

export type LatestAnswers = () => LatestAnswer | Promise<LatestAnswer>

export function openLatest(
  catalogue: () => Promise<Catalogue>,
  growth: Growth,
  now: () => number = Date.now,
): LatestAnswers {
  let answer: (LatestAnswer & { size: number }) | undefined
  let checkedMs = -Infinity
  let grown = true
  let running: Promise<LatestAnswer> | undefined
  growth.onGrowth(() => {
    grown = true
  })

  const make = async (): Promise<LatestAnswer> => {
    grown = false
    checkedMs = now()
    try {
      const kept = await catalogue()
      if (answer?.size !== kept.size) {
        const made = { ...latestAnswer(kept, now()), size: kept.size }
        answer = made
        pack(made)
      }
      return answer as LatestAnswer
    } catch (error) {
      grown = true
      throw error
    }
  }
  return () => {
    const age = now() - checkedMs
    if (answer && age < (grown ? shortestMs : longestMs)) return answer
    running ??= make().finally(() => {
      running = undefined
    })
    return running
  }
}

function latestAnswer(catalogue: Catalogue, nowMs: number): LatestAnswer {
  const latest: unknown[] = []
  for (const { id, fields, state } of catalogue.series.values()) {
    if (!mayRead('public', fields.audience)) continue
    const newest = latestOf(state)
    if (newest) latest.push({ series: id, ...newest })
  }
  const plain = Buffer.from(JSON.stringify({ at: formatInstant(nowMs), latest }))
  const digest = createHash('sha256').update(JSON.stringify(latest)).digest('base64url').slice(0, 22)
  return { etag: `W/"${digest}"`, plain }
}

const gzipped = promisify(gzip)
const brotli = promisify(brotliCompress)

/** Packs in the thread pool; until it is done the plain form is sent, packed by the server where the asker wants that. */
function pack(answer: LatestAnswer): void {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }
  gzipped(answer.plain, { level: 6 }).then(
    (bytes) => {
      answer.gzip = bytes
    },
    () => {},
  )
  brotli(answer.plain, quality).then(
    (bytes) => {
      answer.br = bytes
    },
    () => {},
  )
}
