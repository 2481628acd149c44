/** For the tests of readers: sources made of text, and everything a reader gives gathered in one. */
import type { Notice } from '@lanmei/model/notice'
import type { ReadEvent, Reader, SeriesHint, Source, StationHint } from '@lanmei/model/reading'

export type Gathered = {
  series: Map<string, SeriesHint>
  values: { key: string; time: string; value: number; line: number; flag: number }[]
  flags: { key: string; time: string; flag: number; line: number }[]
  stations: StationHint[]
  notices: Notice[]
  refused: number
  bytes: number
}

/** A source over text or bytes, in pieces of a size. */
export function sourceOf(name: string, content: string | Uint8Array, pieceBytes = 7): Source {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return {
    name,
    sizeBytes: bytes.length,
    async *open() {
      for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.slice(at, at + pieceBytes)
    },
  }
}

/** Gathers events and checks what holds for every reader: hints before values, columns of one length. */
export async function gather(events: AsyncIterable<ReadEvent> | Iterable<ReadEvent>): Promise<Gathered> {
  const all: Gathered = {
    series: new Map(),
    values: [],
    flags: [],
    stations: [],
    notices: [],
    refused: 0,
    bytes: 0,
  }
  for await (const event of events) {
    if (event.type === 'series') all.series.set(event.hint.key, event.hint)
    else if (event.type === 'station') all.stations.push(event.station)
    else if (event.type === 'notice') {
      all.notices.push(event.notice)
      all.refused += event.notice.refused
    } else if (event.type === 'progress') all.bytes = event.bytes
    else {
      const { key, times, lines, flags } = event
      const values = event.type === 'values' ? event.values : times
      if (!all.series.has(key)) throw new Error(`values before their series: ${key}`)
      if (values.length !== times.length || lines.length !== times.length || times.length > 1 << 18)
        throw new Error('columns of different lengths')
      if (flags && flags.length !== times.length) throw new Error('flags of another length')
      for (let i = 0; i < times.length; i++) {
        const row = { key, time: new Date(times[i]).toISOString(), line: lines[i], flag: flags?.[i] ?? 0 }
        if (event.type === 'values') all.values.push({ ...row, value: values[i] })
        else all.flags.push(row)
      }
    }
  }
  return all
}

/** Reads text with the profile the reader proposes for it. */
export async function readText(
  reader: Reader,
  name: string,
  content: string | Uint8Array,
): Promise<Gathered> {
  const head = typeof content === 'string' ? new TextEncoder().encode(content) : content
  const { profile } = reader.recognise(name, head.subarray(0, 65_536))
  return gather(reader.read(sourceOf(name, content), profile))
}

export const codesOf = (all: Gathered): string[] => all.notices.map(({ code }) => code)
