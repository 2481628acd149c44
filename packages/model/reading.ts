/** What a reader of a format gives: series described in the source's own words, their values in columns, and notices. */
import type { Notice } from './notice.ts'

/** A thing to read: a file, a member of an archive, an upload. `name` keeps the folders, since they can carry meaning. */
export type Source = {
  name: string
  /** Size in bytes when known, for progress. */
  sizeBytes?: number
  open(): AsyncIterable<Uint8Array>
}

/** How a source describes a series. Everything but the station is optional: the profile or the known series fills the rest. */
export type SeriesHint = {
  /** Key of the series inside this source; given again with the values. */
  key: string
  /** Id of the series where the source itself names it (our own JSON); then it decides and the rest is a hint. */
  series?: string
  /** Code of the station as the source writes it, e.g. KH_014901; empty where the source does not say. */
  station: string
  stationName?: string
  /** Id of the observed property: water-level, discharge, rainfall ... */
  property?: string
  /** Unit as written in the source (m, cm, m3/s, mm). */
  unit?: string
  /** How the values were made or sent: manual, telemetry, calculated, fmmp, historic ... Part of the series id. */
  procedure?: string
  /** instantaneous, mean, sum, maximum, minimum over the interval. */
  aggregation?: 'instantaneous' | 'mean' | 'sum' | 'maximum' | 'minimum'
  /** Expected interval between values in seconds. */
  cadenceSeconds?: number
  /** Local hour at which the day of a daily value ends or is read, e.g. 07:00. */
  dayBoundary?: string
  /** Names of its columns in the source, for the place in notices. */
  columns?: { time?: string; value?: string }
  /** What the heights are measured from, where it is not the zero of the gauge. */
  datum?: string
}

export type ReadEvent =
  | { type: 'series'; hint: SeriesHint }
  | {
      type: 'values'
      key: string
      /** Columns of one length: ms since 1970, values in the unit of the hint (NaN: declared missing), line of each value. */
      times: Float64Array
      values: Float64Array
      lines: Uint32Array
      /** The source's own flags (codes of flag.ts), 0 where it gave none. */
      flags?: Uint8Array
    }
  /** The source flags values that stand elsewhere (a file of estimated flags). */
  | { type: 'flags'; key: string; times: Float64Array; flags: Uint8Array; lines: Uint32Array }
  /** A station as a station table tells it; fields as in kinds/station.ts where known. */
  | { type: 'station'; line: number; station: StationHint }
  | { type: 'notice'; notice: Notice }
  /** Bytes of the source used so far, for progress. */
  | { type: 'progress'; bytes: number }

/** A station as an outside table tells it. */
export type StationHint = {
  /** Empty where the table has no code for it: then it can only be matched by name. */
  code: string
  name?: string
  country?: string
  river?: string
  latitude?: number
  longitude?: number
  altitudeM?: number
  drainageAreaKm2?: number
  gaugeZeroM?: number
  alarmLevelM?: number
  floodLevelM?: number
  source?: string
}

/** A format's reader. `recognise` looks at the name and the first bytes; `read` never throws for what is wrong with the data. */
export type Reader = {
  id: string
  /** How sure: 0 not mine, 1 certainly mine; with the profile it would use. */
  recognise(name: string, head: Uint8Array): { confidence: number; profile?: unknown }
  read(source: Source, profile?: unknown): AsyncIterable<ReadEvent>
}
