/** Uploading: transfers that survive a reload, and the profile of a table as a form of a few questions. Pure. */
import type { uploadPreview } from '@lanmei/api/contract/intake'
import type { AnswerOf } from '@lanmei/api/route'
import type { Refusal } from '../../shell/doors.ts'
import type { Reader, TextKey } from '../../shell/reader.ts'
import type { Node } from '../../shell/told.ts'

export type Preview = AnswerOf<typeof uploadPreview>
export type TransferState = 'waiting' | 'sending' | 'stopped' | 'lost' | 'arrived' | 'loading'
export type Transfer = {
  key: string
  /** Name with folders, where a folder was chosen. */
  name: string
  sizeBytes: number
  sentBytes: number
  state: TransferState
  /** Since when it is sent, and how much was there before: for the rate. */
  since?: { ms: number; bytes: number }
  /** Id at the node, once it has arrived whole. */
  upload?: string
  load?: number
  refusal?: Refusal
}

export type Change =
  | { type: 'add'; transfer: Transfer }
  | { type: 'set'; key: string; to: Partial<Transfer> }
  | { type: 'remove'; key: string }

/** The list after a change, what was chosen last on top; a file chosen again takes the place of the one that was lost. */
export function changed(list: readonly Transfer[], change: Change): Transfer[] {
  if (change.type === 'remove') return list.filter(({ key }) => key !== change.key)
  if (change.type === 'set')
    return list.map((one) => (one.key === change.key ? { ...one, ...change.to } : one))
  const { transfer } = change
  const place = list.findIndex(({ key }) => key === transfer.key)
  return place < 0 ? [transfer, ...list] : list.with(place, transfer)
}

/** What is kept over a reload: files that lie at the node whole, and loads begun. The rest the browser must be given again. */
export function kept(list: readonly Transfer[]): string {
  return JSON.stringify(
    list
      .filter(({ state }) => state === 'arrived' || state === 'loading')
      .map(({ key, name, sizeBytes, state, upload, load }) => ({
        key,
        name,
        sizeBytes,
        state,
        upload,
        load,
      })),
  )
}

export function readKept(text: string | null): Transfer[] {
  try {
    const list = JSON.parse(text ?? '[]') as Transfer[]
    return Array.isArray(list)
      ? list
          .filter((one) => typeof one?.key === 'string' && typeof one.name === 'string' && one.upload)
          .map((one) => ({ ...one, sentBytes: one.sizeBytes }))
      : []
  } catch {
    return []
  }
}

/** Bytes a second since sending began; undefined in the first second. */
export function rateOf({ since, sentBytes }: Transfer, nowMs: number): number | undefined {
  const seconds = since ? (nowMs - since.ms) / 1000 : 0
  return since && seconds >= 1 && sentBytes > since.bytes ? (sentBytes - since.bytes) / seconds : undefined
}

export type Answers = {
  station: string
  property: string
  unit: string
  procedure: string
  zone: string
  format: string
  separator: string
  decimal: string
}
type Profile = Record<string, unknown> & {
  series?: { station?: string; property?: string; unit?: string; procedure?: string }
  time?: { zone?: string; format?: string }
  columns?: {
    station?: unknown
    property?: unknown
    unit?: unknown
    wide?: unknown
    values?: { series?: object }[]
  }
}

/** What a guessed profile says, as the fields of the form. */
export function answersOf(given: Preview['profile']): Answers {
  const profile = (given ?? {}) as Profile
  return {
    station: profile.series?.station ?? '',
    property: profile.series?.property ?? '',
    unit: profile.series?.unit ?? '',
    procedure: profile.series?.procedure ?? 'manual',
    zone: profile.time?.zone ?? '+07:00',
    format: profile.time?.format ?? 'iso',
    separator: String(profile.separator ?? ','),
    decimal: String(profile.decimal ?? '.'),
  }
}

/** Fields that make no sense for this file: the lines or the columns themselves name the station, the property, the unit. */
export function givenByFile(given: Preview['profile']): Set<keyof Answers> {
  const { columns = {} } = (given ?? {}) as Profile
  const found = new Set<keyof Answers>()
  if (columns.station !== undefined || columns.wide !== undefined) found.add('station')
  if (columns.property !== undefined) found.add('property')
  if (columns.unit !== undefined) found.add('unit')
  return found
}

/** The profile with what the form says, confirmed by a person. */
export function withAnswers(given: Preview['profile'], answers: Answers): Record<string, unknown> {
  const { guessed: _, ...profile } = (given ?? {}) as Profile
  const skip = givenByFile(given)
  const series: Record<string, unknown> = { ...profile.series }
  for (const name of ['station', 'property', 'unit', 'procedure'] as const) {
    const text = answers[name].trim()
    if (text && !skip.has(name)) series[name] = text
    else if (!skip.has(name)) delete series[name]
  }
  const { decimal: _decimal, ...rest } = profile
  return {
    ...rest,
    separator: answers.separator,
    ...(answers.decimal === ',' ? { decimal: ',' } : {}),
    time: { ...profile.time, zone: answers.zone, format: answers.format },
    ...(Object.keys(series).length ? { series } : {}),
  }
}

/** True where the reader guessed and a person should look before loading. */
export function isGuessed({ profile }: Preview): boolean {
  return profile?.guessed === true
}

/** True where nothing need be asked: a format known for sure. */
export function isSure(preview: Preview): boolean {
  return preview.format !== null && !isGuessed(preview) && preview.confidence >= 0.5
}

export function answersWrong(
  given: Preview['profile'],
  answers: Answers,
): Partial<Record<keyof Answers, TextKey>> {
  const skip = givenByFile(given)
  const severalSeries = ((given ?? {}) as Profile).columns?.values?.some(({ series }) => series) ?? false
  const wrong: Partial<Record<keyof Answers, TextKey>> = {}
  if (!skip.has('station') && !answers.station.trim()) wrong.station = 'upload.station-missing'
  if (!skip.has('property') && !severalSeries && !answers.property) wrong.property = 'upload.property-missing'
  if (!skip.has('unit') && !severalSeries && !answers.unit.trim()) wrong.unit = 'upload.unit-missing'
  return wrong
}

/** Fields the file does not answer: the reader assumed something a person must confirm. */
export function assumed({ reasons }: Preview): Set<string> {
  return new Set(
    reasons
      .filter(({ code }) => code.startsWith('question-'))
      .map(({ code }) => code.slice('question-'.length))
      .map((about) => (about === 'date-order' ? 'format' : about)),
  )
}

/** How each way of writing dates looks: an example says it in every language. */
export const dateExamples: Readonly<Record<string, string>> = {
  iso: '2026-08-20 07:00',
  ymd: '2026/08/20',
  dmy: '20/08/2026',
  mdy: '08/20/2026',
  month: '2026-08',
  compact: '20260820 0700',
  'excel-serial': '46254.29',
  'unix-seconds': '1787184000',
  'unix-milliseconds': '1787184000000',
}

/** Zones of the parties with the names of those who use them, then UTC. */
export function zoneChoices(
  parties: Node['parties'],
  reader: Pick<Reader, 'name' | 'list'>,
  now: number,
): [zone: string, name: string][] {
  const users = new Map<string, string[]>()
  for (const { name, id, timeZone } of parties) {
    const zone = offsetOf(timeZone, now)
    users.set(zone, [...(users.get(zone) ?? []), reader.name(name, id).text])
  }
  const zones = [...users]
    .filter(([zone]) => zone !== 'Z')
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([zone, names]): [string, string] => [zone, `UTC${zone} · ${reader.list(names)}`])
  return [...zones, ['Z', 'UTC']]
}

/** Offset of an IANA zone as the profile writes it: +07:00, Z. */
export function offsetOf(timeZone: string, atMs: number): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(atMs)
  const text = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '') ?? ''
  return text === '' || text === '+00:00' ? 'Z' : text
}

/** A zone of a profile as one the platform knows: whole hours have names everywhere, and so has the half hour of Yangon. */
export function zoneOfOffset(offset: string): string {
  if (offset === '+06:30') return 'Asia/Yangon'
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? []
  if (!sign || minutes !== '00' || Number(hours) > (sign === '+' ? 14 : 12)) return 'UTC'
  return Number(hours) === 0 ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${Number(hours)}`
}

/** Notices about what the form asks for anyway, before anybody has answered. */
const askedAnyway = new Set(['profile-guessed', 'unknown-property', 'unknown-unit', 'unknown-station'])

/** The notices of the beginning that say something new. */
export function newsIn({ notices, profile }: Preview): Preview['notices'] {
  return profile?.guessed === true
    ? notices.filter(({ code, line }) => line !== undefined || !askedAnyway.has(code))
    : notices
}
