/** Synthetic telemetry: files of `time,value` lines as portals export them, the same on every machine. Simulated, for speed alone. */

import { once } from 'node:events'
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'

export const quarterHour = 900_000
export const rowsPerSeries = 100_000
/** First stamp of the synthetic series. */
export const firstMs = Date.UTC(2020, 0, 1)

export type SyntheticSeries = { station: string; file: string; fromMs: number; count: number }

/** A level of a river in metres with three digits: season, days and a little noise. */
export function levelAt(series: number, ms: number): number {
  const days = ms / 86_400_000
  const season = 6 + 4 * Math.sin((days / 365.25) * 2 * Math.PI + series)
  const noise = ((((Math.floor(ms / quarterHour) + series * 7919) * 2654435761) >>> 0) % 100) / 10_000
  return Math.round((season + 0.2 * Math.sin(days * 1.7 + series) + noise) * 1000) / 1000
}

export function stationOf(series: number): string {
  return `XB_${String(series).padStart(6, '0')}`
}

/** Id the node gives the series of such a file. */
export function seriesIdOf(series: number): string {
  return `${stationOf(series)}.water-level.telemetry`
}

/** Writes one file a series under `folder`/mrc-export-2025/water-level-telemetry, from `fromMs` on every quarter of an hour. */
export async function writeSynthetic(
  folder: string,
  series: number[],
  fromMs: number,
  count: number,
): Promise<string[]> {
  const place = join(folder, 'mrc-export-2025', 'water-level-telemetry')
  mkdirSync(place, { recursive: true })
  const files: string[] = []
  for (const number of series) {
    const file = join(place, `${stationOf(number)}_Synthetic-${number}.csv`)
    const stream = createWriteStream(file)
    stream.write('time,value\n')
    let text = ''
    for (let i = 0; i < count; i++) {
      const ms = fromMs + i * quarterHour
      text += `${new Date(ms).toISOString().slice(0, 16)},${levelAt(number, ms)}\n`
      if (text.length > 1 << 18) {
        if (!stream.write(text)) await once(stream, 'drain')
        text = ''
      }
    }
    stream.end(text)
    await finished(stream)
    files.push(file)
  }
  return files
}
