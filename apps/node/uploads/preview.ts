/** The beginning of a file as it would be read: format, profile, first lines, first values, notices. Stores nothing. */
import { open } from 'node:fs/promises'
import type { uploadPreview } from '@lanmei/api/contract/intake'
import type { AnswerOf } from '@lanmei/api/route'
import { formatInstant } from '@lanmei/model/instant'
import { type Notice, notice, severityOf } from '@lanmei/model/notice'
import type { Reader, Source } from '@lanmei/model/reading'
import { guess } from '@lanmei/standards/profile-csv/guess'
import { headBytes, recognise } from '@lanmei/standards/readers'
import type { Context } from '../context.ts'
import { openChecks } from '../quality/rules.ts'
import { openResolver } from '../take-in/resolve.ts'
import { fileSource } from '../take-in/sources.ts'
import { readStationIndex } from '../take-in/station-index.ts'
import { readVocabulary } from '../take-in/vocabulary.ts'
import type { Upload } from './uploads.ts'

export type Preview = AnswerOf<typeof uploadPreview>

const mostRows = 30
const mostNotices = 100
const mostLines = 20
const mostMs = 2000

export async function previewUpload(context: Context, upload: Upload): Promise<Preview> {
  const head = await headOf(upload.path)
  const found = head.length ? recognise(upload.name, head) : undefined
  const notices: Notice[] = []
  if (!found) notices.push(notice(head.length ? 'unknown-format' : 'empty-file', { file: upload.name }))
  const rows: Preview['rows'] = []
  if (found && upload.complete)
    await readBeginning(context, fileSource(upload.path, upload.name), found, rows, notices)
  return {
    id: upload.id,
    name: upload.name,
    sizeBytes: upload.sizeBytes,
    complete: upload.complete,
    format: found?.reader.id ?? null,
    confidence: found?.confidence ?? 0,
    profile: (found?.profile as Record<string, unknown> | undefined) ?? null,
    reasons: found?.reader.id === 'profile-csv' ? reasonsOf(upload.name, head) : [],
    head: firstLines(head),
    rows,
    notices: notices.map((item) => ({ ...item, severity: severityOf(item.code) })),
  }
}

async function readBeginning(
  context: Context,
  source: Source,
  { reader, profile }: { reader: Reader; profile?: unknown },
  rows: Preview['rows'],
  notices: Notice[],
): Promise<void> {
  const resolver = await openResolver(context.store.pool, {
    checks: openChecks(context.areas),
    owner: context.journal.node,
    party: context.party(),
    createStations: true,
    vocabulary: readVocabulary(context.areas),
    stations: await readStationIndex(context.store.pool),
  })
  const series = new Map<string, { series: string; known: boolean; unit?: string }>()
  const until = performance.now() + mostMs
  for await (const event of reader.read(source, profile)) {
    if (event.type === 'series') {
      const { hint } = event
      const resolution = resolver.resolve(hint)
      if ('refusal' in resolution) {
        const { code, ...place } = resolution.refusal
        notices.push(notice(code, { file: source.name, ...place }))
        series.set(hint.key, { series: hint.key, known: false, unit: hint.unit })
      } else
        series.set(hint.key, {
          series: resolution.target.series,
          known: resolution.made.length === 0,
          unit: hint.unit,
        })
    } else if (event.type === 'values') {
      const target = series.get(event.key) ?? { series: event.key, known: false }
      for (let i = 0; i < event.times.length && rows.length < mostRows; i++)
        rows.push({
          ...target,
          time: Number.isNaN(event.times[i]) ? '' : formatInstant(event.times[i]),
          value: Number.isFinite(event.values[i]) ? event.values[i] : null,
          line: event.lines[i],
        })
    } else if (event.type === 'notice') notices.push(event.notice)
    if (rows.length >= mostRows || notices.length >= mostNotices || performance.now() > until) return
  }
}

async function headOf(path: string): Promise<Uint8Array> {
  const file = await open(path)
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Only profiles that were guessed have reasons to show. */
function reasonsOf(name: string, head: Uint8Array): Preview['reasons'] {
  const guessed = guess(name, head)
  return [
    ...(guessed?.reasons ?? []).map(({ about, chosen }) => ({ code: about, read: chosen })),
    ...(guessed?.questions ?? []).map(({ about, assumed }) => ({
      code: `question-${about}`,
      ...(assumed === undefined ? {} : { read: assumed }),
    })),
  ]
}

function firstLines(head: Uint8Array): string[] {
  if (head.includes(0) && !isUtf16(head)) return []
  const text = new TextDecoder(isUtf16(head) ? (head[0] === 0xff ? 'utf-16le' : 'utf-16be') : 'utf-8').decode(
    head,
  )
  return text
    .split(/\r\n|\n|\r/)
    .slice(0, mostLines)
    .map((line) => line.slice(0, 300).toWellFormed())
}

function isUtf16(head: Uint8Array): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff)
}
