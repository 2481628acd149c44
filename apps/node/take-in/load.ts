/** Loads sources: reads each with the fitting reader, gathers columns, and stores them batch by batch while reading goes on. */
import { type Notice, type NoticeCode, notice } from '@lanmei/model/notice'
import { isProblem, problem } from '@lanmei/model/problem'
import type { ReadEvent, Reader, SeriesHint, Source } from '@lanmei/model/reading'
import { readers, recognise } from '@lanmei/standards/readers'
import { RefusedSource } from '@lanmei/standards/text/refused-source'
import type { Context } from '../context.ts'
import { openChecks } from '../quality/rules.ts'
import { type SourcedPart, storeBatch } from './batch-store.ts'
import { type Counts, countNotice, emptyCounts } from './counts.ts'
import { Pending } from './pending.ts'
import { judgeRepeat, mostRepeats, type Repeat, storedFirsts } from './repeats.ts'
import { openResolver, type Resolver, type Target } from './resolve.ts'
import { storeSourceFlags } from './source-flags.ts'
import { headOf, unpacked } from './sources.ts'
import { readStationIndex, type StationIndex } from './station-index.ts'
import { isFromStore, storeFault } from './store-fault.ts'
import { ToldStations } from './told-stations.ts'
import { endOfTimes, isStorable, refusalOf } from './unstorable.ts'
import { convert, readVocabulary } from './vocabulary.ts'

export type LoadOptions = {
  sources: Source[]
  author: string
  createStations?: boolean
  /** Compares and counts, stores nothing. */
  dryRun?: boolean
  reason?: string
  /** Reader and profile, where they were confirmed by somebody; recognised by themselves otherwise. */
  format?: string
  profile?: unknown
  /** Sources are station tables: take stations, no values. */
  stationTable?: boolean
  onProgress?: (progress: LoadProgress) => void | Promise<void>
  onNotice?: (notice: Notice) => void
  /** Asked before each batch: true stops the load there; what was stored stays. */
  shouldStop?: () => boolean
}
export type LoadProgress = { file: string; bytesRead: number; bytesTotal: number; counts: Counts }
export type LoadResult = {
  counts: Counts
  entries: { first: number; last: number } | undefined
  filesTaken: number
  stopped: boolean
}

const knownFormats =
  'a portal export in its folders, a table or JSON as documented, or a CSV with a profile (--format profile-csv --profile FILE)'
const batchValues = 60_000

/**
 * Runs a load to its end. Wrong data become notices; only a fault of ours or of the machine is thrown.
 * @throws disk-nearly-full, store-unreachable, format-unknown, profile-invalid
 */
export async function runLoad(context: Context, options: LoadOptions): Promise<LoadResult> {
  try {
    const load = await Load.open(context, options)
    for (const source of options.sources) {
      if (load.stopped) break
      await load.file(source)
    }
    if (!load.stopped) await load.stations.end()
    await load.flush()
    await load.settled()
    const { counts, entries, filesTaken, stopped } = load
    return { counts, entries, filesTaken, stopped }
  } catch (error) {
    throw storeFault(error) ?? error
  }
}

type Waiting = { target: Target; pending: Pending; file: Map<string, Known> }
type Known =
  | { target: Target; pending: Pending; columns: NonNullable<SeriesHint['columns']> }
  | { refusal: { code: NoticeCode; read: string; expected: string } }

class Load {
  readonly counts = emptyCounts()
  entries: { first: number; last: number } | undefined
  filesTaken = 0
  stopped = false
  private readonly context: Context
  private readonly options: LoadOptions
  private readonly resolver: Resolver
  readonly stations: ToldStations
  private readonly bytesTotal: number
  private bytesDone = 0
  /** By series; those of files read before leave with their last batch. */
  private readonly waiting = new Map<string, Waiting>()
  private readonly repeats: Repeat[] = []
  /** Series of the file that is being read. */
  private reading: Map<string, Known> | undefined
  private files = 0
  private waitingValues = 0
  private inFlight: Promise<void> = Promise.resolve()
  private failure: unknown

  private constructor(context: Context, options: LoadOptions, resolver: Resolver, stations: StationIndex) {
    this.stations = new ToldStations(context, options, stations, this.counts, (item) => this.note(item))
    this.context = context
    this.options = options
    this.resolver = resolver
    this.bytesTotal = options.sources.reduce((sum, source) => sum + (source.sizeBytes ?? 0), 0)
  }

  static async open(context: Context, options: LoadOptions): Promise<Load> {
    const stations = await readStationIndex(context.store.pool)
    const resolver = await openResolver(context.store.pool, {
      owner: context.journal.node,
      party: context.party(),
      createStations: options.createStations ?? false,
      vocabulary: readVocabulary(context.areas),
      checks: openChecks(context.areas),
      stations,
    })
    return new Load(context, options, resolver, stations)
  }

  private note(item: Notice): void {
    countNotice(this.counts, item)
    this.options.onNotice?.(item)
  }

  /** Reads one source, or each member of an archive, to its end. */
  async file(source: Source): Promise<void> {
    const head = await this.headOf(source)
    if (head)
      for await (const member of unpacked(source, head)) {
        if (member.notice) this.note(member.notice)
        else if (member.source === source) await this.member(source, head)
        else {
          const inner = await this.headOf(member.source)
          if (inner) await this.member(member.source, inner)
        }
        if (this.stopped) return
      }
    this.bytesDone += source.sizeBytes ?? 0
    await this.progress(source.name, 0)
  }

  private async member(source: Source, head: Uint8Array): Promise<void> {
    const before = this.counts.read
    const noticesBefore = sum(this.counts.notices)
    const reader = this.readerOf(source, head)
    if (!reader) return
    try {
      await this.readAll(source, reader.reader, reader.profile)
    } catch (error) {
      if (this.failure || isProblem(error) || isFromStore(error)) throw error
      this.note(unreadable(source, error))
    }
    const nothing = this.counts.read === before && sum(this.counts.notices) > noticesBefore
    if (!nothing) this.filesTaken++
  }

  /** The first bytes; a source that cannot be read or is empty becomes a notice. */
  private async headOf(source: Source): Promise<Uint8Array | undefined> {
    try {
      const head = await headOf(source)
      if (head.length > 0) return head
      this.note(notice('empty-file', { file: source.name }))
    } catch (error) {
      this.note(unreadable(source, error))
    }
    return undefined
  }

  private readerOf(source: Source, head: Uint8Array): { reader: Reader; profile?: unknown } | undefined {
    const { format, profile, stationTable } = this.options
    if (format) {
      const reader = readers.find((candidate) => candidate.id === format)
      if (!reader) throw problem('format-unknown', { format })
      return { reader, profile }
    }
    if (stationTable) {
      const table = readers.find((candidate) => candidate.id === 'station-table')
      return table && { reader: table, profile: table.recognise(source.name, head).profile }
    }
    const found = recognise(source.name, head)
    if (!found) this.note(notice('unknown-format', { file: source.name, expected: knownFormats }))
    return found ? { reader: found.reader, profile: profile ?? found.profile } : undefined
  }

  private async readAll(source: Source, reader: Reader, profile: unknown): Promise<void> {
    const series = new Map<string, Known>()
    this.reading = series
    this.files++
    for await (const event of reader.read(source, profile)) {
      if (event.type === 'values') await this.values(event, series, source)
      else if (event.type === 'series') this.series(event.hint, series, source)
      else if (event.type === 'notice') this.note(event.notice)
      else if (event.type === 'flags') await this.flags(event, series, source)
      else if (event.type === 'station') await this.stations.take(event, source.name)
      else await this.progress(source.name, event.bytes)
      if (this.stopped) break
    }
    await this.judgeRepeats()
  }

  private series(hint: SeriesHint, series: Map<string, Known>, source: Source): void {
    if (series.has(hint.key)) return
    const resolution = this.resolver.resolve(hint)
    if ('refusal' in resolution) {
      series.set(hint.key, { refusal: resolution.refusal })
      return
    }
    const { target, made } = resolution
    for (const code of made)
      this.note(
        notice(code, {
          file: source.name,
          series: target.series,
          ...(code === 'unit-converted' ? { read: target.writtenUnit } : {}),
        }),
      )
    const there = this.waiting.get(target.series)
    const pending = there?.pending ?? new Pending(source.name, this.files, this.options.dryRun)
    // Two keys of one file can mean one series: then they are one file's values.
    if (there && there.file !== series) pending.newFile(source.name, this.files)
    this.waiting.set(target.series, { target, pending, file: series })
    series.set(hint.key, { target, pending, columns: hint.columns ?? {} })
  }

  private async values(
    event: ReadEvent & { type: 'values' },
    series: Map<string, Known>,
    source: Source,
  ): Promise<void> {
    const known = series.get(event.key)
    const { times, values, flags, lines } = event
    if (!known || 'refusal' in known) {
      const { code, read, expected } = known?.refusal ?? {
        code: 'unknown-series' as const,
        read: event.key,
        expected: 'a series that is described',
      }
      this.note(notice(code, { file: source.name, line: lines[0], read, expected, refused: times.length }))
      return
    }
    const { target, pending, columns } = known
    convert(values, target.conversion)
    const endMs = endOfTimes(Date.now())
    this.counts.read += times.length
    for (let i = 0; i < times.length; i++) {
      if (!isStorable(times[i], values[i], endMs)) {
        this.counts.read--
        const place = { file: source.name, line: lines[i], series: target.series, columns }
        this.note(refusalOf(times[i], values[i], endMs, place))
        continue
      }
      if (pending.add(times[i], values[i], flags?.[i] ?? 0)) {
        this.waitingValues++
        continue
      }
      const { series: id } = target
      const repeat = { series: id, ms: times[i], value: values[i], file: source.name, line: lines[i] }
      const first = pending.valueAt(times[i])
      if (first !== undefined) this.noteRepeat(repeat, first)
      else if (this.repeats.push(repeat) >= mostRepeats) await this.judgeRepeats()
    }
    if (this.waitingValues >= batchValues) await this.flush()
  }

  private noteRepeat(repeat: Repeat, first: number | undefined): void {
    const item = judgeRepeat(repeat, first)
    if (item.refused) this.counts.read--
    else this.counts.unchanged++
    this.note(item)
  }

  /** Judges the repeats whose first values left with an earlier batch. */
  private async judgeRepeats(): Promise<void> {
    if (!this.repeats.length) return
    await this.settled()
    const repeats = this.repeats.splice(0)
    const firsts = await storedFirsts(this.context.store.pool, repeats)
    // After a stop the first value may have been left waiting: the next run reads both again.
    for (const [i, repeat] of repeats.entries())
      if (this.stopped && firsts[i] === undefined) this.counts.read--
      else this.noteRepeat(repeat, firsts[i])
  }

  private async flags(
    event: ReadEvent & { type: 'flags' },
    series: Map<string, Known>,
    source: Source,
  ): Promise<void> {
    const known = series.get(event.key)
    if (!known || 'refusal' in known) {
      const { read = event.key, expected = undefined } = known?.refusal ?? {}
      this.note(notice('flag-without-value', { file: source.name, line: event.lines[0], read, expected }))
      return
    }
    if (this.options.dryRun) return
    await this.flush()
    await this.settled()
    const { set, without } = await storeSourceFlags(this.context, known.target, event, source.name)
    if (set)
      this.note(notice('flags-taken', { file: source.name, series: known.target.series, read: String(set) }))
    if (without)
      this.note(
        notice('flag-without-value', {
          file: source.name,
          series: known.target.series,
          line: event.lines[0],
          read: String(without),
        }),
      )
  }

  /** Stores what waits, while the next values are read. At most one batch is under way. */
  async flush(): Promise<void> {
    await this.settled()
    if (this.options.shouldStop?.()) {
      this.stopped = true
      // What waited was read, but nothing came of it: the next run reads it again.
      this.counts.read -= this.waitingValues
      this.waitingValues = 0
      return
    }
    const records = this.resolver.takeNewRecords()
    this.waitingValues = 0
    const parts: SourcedPart[] = []
    for (const [series, { target, pending, file }] of this.waiting) {
      if (pending.length > 0) {
        const { audience, rules } = target
        for (const columns of pending.take()) parts.push({ series, audience, rules, ...columns })
      }
      if (file !== this.reading) this.waiting.delete(series)
    }
    if (!parts.length && !records.length) return
    const sent = Promise.withResolvers<void>()
    const noteEntry = (entry: number) => this.noteEntry(entry)
    this.inFlight = storeBatch(
      this.context,
      this.options,
      records,
      parts,
      this.counts,
      noteEntry,
      sent.resolve,
    ).catch((error) => {
      this.failure = error
    })
    // Reading on while our own thread still prepares the batch would only delay it; once PostgreSQL works, both work.
    await Promise.race([sent.promise, this.inFlight])
  }

  private noteEntry(entry: number): void {
    this.entries = {
      first: Math.min(this.entries?.first ?? entry, entry),
      last: Math.max(this.entries?.last ?? entry, entry),
    }
  }

  /** Waits for the batch under way; throws what went wrong in it. */
  async settled(): Promise<void> {
    await this.inFlight
    if (this.failure) throw this.failure
  }

  private async progress(file: string, bytes: number): Promise<void> {
    await this.options.onProgress?.({
      file,
      bytesRead: this.bytesDone + bytes,
      bytesTotal: this.bytesTotal,
      counts: this.counts,
    })
  }
}

function sum(counts: Record<string, number>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0)
}

function unreadable(source: Source, error: unknown): Notice {
  const code = error instanceof RefusedSource ? error.code : 'file-unreadable'
  return notice(code, {
    file: source.name,
    read: error instanceof Error ? error.message : String(error),
  })
}
