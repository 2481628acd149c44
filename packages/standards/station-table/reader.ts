/** Reads tables of stations: codes, names, places, gauge zeros, alarm and flood levels. */
import type { ReadEvent, Reader, Source, StationHint } from '@lanmei/model/reading'
import { NoticeBook } from '../notice-book.ts'
import { TableLines } from '../profile-csv/table-lines.ts'
import { guessSeparator, splitText } from '../text/cells.ts'
import { headText } from '../text/decode.ts'
import { parseNumber } from '../text/number.ts'
import { countryIn, fullCode, type StationColumns, stationColumns } from './columns.ts'
import { utmToGeographic } from './utm.ts'

export type StationTableProfile = {
  /** Zone of eastings and northings, 1 to 60. */
  utmZone?: number
  utmSouth?: boolean
}

const nothing = new Set(['', 'n/a', 'na', '-', 'null', 'none'])

export const stationTable: Reader = {
  id: 'station-table',
  recognise(name, head) {
    const line = headText(head.subarray(0, 65_536)).split(/\r\n|\n|\r/, 1)[0]
    const columns = stationColumns(splitText(line, guessSeparator(line)))
    if (columns === undefined) return { confidence: 0 }
    const zone = /utm_?(\d{1,2})([ns])?(?![a-z0-9])/i.exec(name)
    const profile: StationTableProfile = zone
      ? { utmZone: Number(zone[1]), utmSouth: zone[2]?.toLowerCase() === 's' }
      : {}
    return { confidence: 0.8, profile }
  },
  async *read(source: Source, given?: unknown): AsyncGenerator<ReadEvent> {
    const profile = (given ?? {}) as StationTableProfile
    const book = new NoticeBook(source.name)
    const table = new TableLines(source, {}, book)
    const { lines } = table
    try {
      const columns = (await table.open()) ? stationColumns(table.head) : undefined
      if (columns === undefined) {
        if (table.head.length > 0)
          book.add('missing-column', {
            line: table.headLine,
            expected: 'code or name, and a place or a level',
          })
      } else {
        while (await lines.fill()) {
          while (lines.next()) {
            if (table.isIdle()) continue
            const count = table.split()
            if (count === 'wait') break
            if (count < 0) continue
            if (count < table.head.length)
              book.add('wrong-cell-count', {
                line: lines.line,
                read: `${count} cells`,
                expected: `${table.head.length} cells`,
              })
            const station = stationOf(table, columns, profile, book)
            if (station) yield { type: 'station', line: lines.line, station }
          }
          yield* book.take()
          yield { type: 'progress', bytes: lines.used }
        }
      }
    } finally {
      await lines.close()
    }
    yield* book.close()
  },
}

function stationOf(
  table: TableLines,
  columns: StationColumns,
  profile: StationTableProfile,
  book: NoticeBook,
) {
  const { line } = table.lines
  const text = (field: keyof StationColumns): string | undefined => {
    const cell = columns[field]
    const read = cell === undefined ? '' : table.text(cell)
    return nothing.has(read.toLowerCase()) ? undefined : read
  }
  const number = (field: keyof StationColumns): number | undefined => {
    const read = text(field)
    const cell = columns[field]
    if (read === undefined || cell === undefined) return undefined
    const value = parseNumber(table.cells.bytes, table.cells.starts[cell], table.cells.ends[cell])
    if (!Number.isNaN(value)) return value
    book.add('malformed-number', { line, column: table.head[cell], read, expected: 'a number' })
    return undefined
  }

  const written = text('code')
  const name = text('name')
  if (written === undefined && name === undefined) {
    book.add('station-incomplete', { line, expected: 'a code or a name' })
    return undefined
  }
  const country = countryIn(text('country')) ?? countryIn(text('agency')) ?? countryIn(written?.slice(0, 2))
  const code = written === undefined ? '' : fullCode(written, country)
  if (written === undefined)
    book.add('station-incomplete', {
      line,
      column: 'code',
      read: name,
      expected: 'a code; only the name can be matched',
    })
  else if (code === written && /^\d+$/.test(written))
    book.add('station-incomplete', {
      line,
      column: 'country',
      read: written,
      expected: 'the country of the code',
    })

  const station: StationHint = { code }
  const facts = {
    name,
    country: country ?? text('country'),
    river: text('river'),
    ...placeOf(number, profile, line, code || name || '', book),
    altitudeM: number('altitudeM'),
    drainageAreaKm2: number('drainageAreaKm2'),
    gaugeZeroM: number('gaugeZeroM'),
    alarmLevelM: number('alarmLevelM'),
    floodLevelM: number('floodLevelM'),
    source: text('source'),
  }
  for (const [field, value] of Object.entries(facts))
    if (value !== undefined) Object.assign(station, { [field]: value })
  return station
}

function placeOf(
  number: (field: keyof StationColumns) => number | undefined,
  profile: StationTableProfile,
  line: number,
  whose: string,
  book: NoticeBook,
): { latitude?: number; longitude?: number } {
  const easting = number('eastingM')
  const northing = number('northingM')
  let latitude = number('latitude')
  let longitude = number('longitude')
  if (easting !== undefined && northing !== undefined) {
    const zone = profile.utmZone
    if (zone === undefined || !Number.isInteger(zone) || zone < 1 || zone > 60) {
      book.addOnce('station-incomplete', {
        line,
        column: 'easting',
        expected: 'the UTM zone, e.g. utm48n in the name of the file',
      })
      return {}
    }
    ;({ latitude, longitude } = utmToGeographic(easting, northing, zone, profile.utmSouth))
  }
  if (latitude === undefined || longitude === undefined) return {}
  const onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180
  if (onEarth && !(latitude === 0 && longitude === 0)) return { latitude, longitude }
  book.add('station-incomplete', {
    line,
    column: 'latitude, longitude',
    read: `${whose}: ${latitude}, ${longitude}`,
    expected: 'a place on earth that is not 0, 0',
  })
  return {}
}
