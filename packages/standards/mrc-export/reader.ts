/** Reads exports of the MRC data portal: one file a series, kind and station from folder and file name, true zone from the profile. */
import { parseOffset } from '@lanmei/model/instant'
import { problem } from '@lanmei/model/problem'
import type { ReadEvent, Reader, Source } from '@lanmei/model/reading'
import type { CsvProfile, SeriesFields } from '../profile-csv/profile.ts'
import { type FirstNotice, readCsv } from '../profile-csv/read.ts'
import { guessSeparator, splitText } from '../text/cells.ts'
import { headText } from '../text/decode.ts'

export type MrcExportProfile = {
  /** The true zone of the stamps, whatever their label says. Default +00:00: 00:00 is the reading of 07:00 local time. */
  stampZone?: string
}

const path =
  /(?:^|\/)(?<kind>water-level|discharge|rainfall|water-level-telemetry|rainfall-telemetry)\/(?<station>[A-Z]{2}_\d{6})_(?<name>[^/]+?)\.(?:csv|txt)(?:\.gz)?$/
const labelled = /^timestamp ?\(utc([+-]\d{2}:\d{2})\)$/i
const valueColumn = /^value(?: ?\([^)]*\))?$/i

/** Local time is UTC+7 in the four states of the lower basin; a day is read at 07:00, or ends there. */
const local = { zone: '+07:00', readAt: '07:00' }
const defaultStampZone = '+00:00'

const kinds: Record<string, SeriesFields> = {
  'water-level': {
    property: 'water-level',
    unit: 'm',
    procedure: 'manual',
    aggregation: 'instantaneous',
    cadenceSeconds: 86_400,
  },
  'water-level-telemetry': {
    property: 'water-level',
    unit: 'm',
    procedure: 'telemetry',
    aggregation: 'instantaneous',
    cadenceSeconds: 900,
  },
  discharge: {
    property: 'discharge',
    unit: 'm3/s',
    procedure: 'calculated',
    aggregation: 'mean',
    cadenceSeconds: 86_400,
    dayBoundary: local.readAt,
  },
  rainfall: {
    property: 'rainfall',
    unit: 'mm',
    procedure: 'manual',
    aggregation: 'sum',
    cadenceSeconds: 86_400,
    dayBoundary: local.readAt,
  },
  'rainfall-telemetry': {
    property: 'rainfall',
    unit: 'mm',
    procedure: 'telemetry',
    aggregation: 'sum',
    cadenceSeconds: 900,
  },
}

/** How the columns of a head are named, or undefined for a head of another format. */
function headForm(
  columns: string[],
): { time: string; value: string; label?: string; stamped: boolean } | undefined {
  const value = columns.find((name) => valueColumn.test(name))
  if (value === undefined) return undefined
  const first = columns[0]
  if (first === 'date' || first === 'time') return { time: first, value, stamped: first === 'time' }
  const label = labelled.exec(first)?.[1]
  return label === undefined ? undefined : { time: first, value, label, stamped: true }
}

function headLine(head: Uint8Array): string[] {
  const lines = headText(head.subarray(0, 65_536)).split(/\r\n|\n|\r/)
  const line = lines.find((text) => text.trim() !== '' && !text.startsWith('#')) ?? ''
  return splitText(line, guessSeparator(line))
}

/** The profile by which the engine reads one file of an export. */
export function mrcExportProfile(name: string, columns: string[], given: MrcExportProfile = {}): CsvProfile {
  const stampZone = given.stampZone ?? defaultStampZone
  if (Number.isNaN(parseOffset(stampZone))) throw problem('profile-invalid', { stampZone })
  const { kind, station, name: place } = path.exec(name.replaceAll('\\', '/'))?.groups ?? {}
  const form = headForm(columns) ?? { time: 'date', value: 'value', stamped: false }
  const columnsBeside = columns.filter((column) => column !== form.time && column !== form.value)
  return {
    comment: '#',
    time: { column: form.time, zone: stampZone, dayZone: local.zone, dayReadAt: local.readAt },
    series: { ...kinds[kind], station, stationName: place?.replaceAll('-', ' ') },
    columns: { values: [{ column: form.value }], ignore: columnsBeside.filter((column) => column === '') },
  }
}

export const mrcExport: Reader = {
  id: 'mrc-export',
  recognise(name, head) {
    const plain = name.replaceAll('\\', '/')
    if (!path.test(plain) || headForm(headLine(head)) === undefined) return { confidence: 0 }
    const profile: MrcExportProfile = { stampZone: defaultStampZone }
    return { confidence: /(?:^|\/)mrc-export-[^/]*\//.test(plain) ? 1 : 0.9, profile }
  },
  async *read(source: Source, profile?: unknown): AsyncGenerator<ReadEvent> {
    const given = (profile ?? {}) as MrcExportProfile
    const { columns, whole } = await peek(source)
    const form = headForm(columns)
    const made = mrcExportProfile(source.name, columns, given)
    const zone = made.time?.zone ?? defaultStampZone
    const first: FirstNotice[] = []
    if (form?.stamped && form.label !== zone && parseOffset(zone) !== 420)
      first.push({
        code: 'time-zone-corrected',
        read: form.label ?? 'stamps without a zone; the portal labels them UTC+07:00',
        expected: `UTC${zone}`,
      })
    yield* readCsv(whole, made, first)
  },
}

/** Looks at the head of a source without losing it. */
async function peek(source: Source): Promise<{ columns: string[]; whole: Source }> {
  const stream = source.open()[Symbol.asyncIterator]()
  const parts: Uint8Array[] = []
  let failure: unknown
  let ended = false
  for (let size = 0; size < 65_536 && !ended; ) {
    try {
      const { done, value } = await stream.next()
      if (done) ended = true
      else {
        parts.push(value)
        size += value.length
      }
    } catch (error) {
      failure = error
      ended = true
    }
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* parts
      if (failure !== undefined) throw failure
      while (!ended) {
        const { done, value } = await stream.next()
        if (done) return
        yield value
      }
    } finally {
      await stream.return?.()
    }
  }
  return { columns: headLine(Buffer.concat(parts)), whole: { ...source, open: rest } }
}
