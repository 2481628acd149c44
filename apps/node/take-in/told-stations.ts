/** Stations that tables tell of: those named by a code at once, those by a name alone when all tables are read. */
import type { Notice } from '@lanmei/model/notice'
import type { ReadEvent } from '@lanmei/model/reading'
import { isId } from '@lanmei/model/record'
import type { Context } from '../context.ts'
import type { Counts } from './counts.ts'
import type { StationIndex } from './station-index.ts'
import { storeStations } from './station-table.ts'

type StationEvent = ReadEvent & { type: 'station' }

export class ToldStations {
  private readonly store: (event: StationEvent, file: string) => Promise<void>
  private readonly index: StationIndex
  private readonly byName: { event: StationEvent; file: string }[] = []

  constructor(
    context: Context,
    options: { author: string; dryRun?: boolean },
    index: StationIndex,
    counts: Counts,
    note: (notice: Notice) => void,
  ) {
    this.index = index
    this.store = async (event, file) => {
      for (const item of await storeStations(context, options, index, [{ ...event, file }], counts))
        note(item)
    }
  }

  /** Takes a row. One that only its name connects with a station waits: a later table may bring a better match. */
  async take(event: StationEvent, file: string): Promise<void> {
    const { code, name } = event.station
    const named = this.index.find(code, name) !== undefined
    if (isId(code) && (this.index.find(code) || !named)) await this.store(event, file)
    else this.byName.push({ event, file })
  }

  /** Takes the rows that wait. */
  async end(): Promise<void> {
    for (const { event, file } of this.byName.splice(0)) await this.store(event, file)
  }
}
