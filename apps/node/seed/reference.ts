/** Brings the reference facts of the areas (parties, services, stations, dams ...) into the journal as records, once and when they change. */
import { createHash } from 'node:crypto'
import { canonicalText } from '@lanmei/exchange/canonical'
import { languages, type Words } from '@lanmei/model/language'
import { readHouse, writeHouse } from '@lanmei/store/house'
import { presentAuthors } from '@lanmei/store/records'
import type { AreaFolder } from '../areas.ts'
import type { Context } from '../context.ts'
import { type RecordWrite, writeRecords } from '../records/write.ts'

type Facts = Record<string, unknown>
/** Records that come from here carry this author: they follow the area data until somebody else writes them. */
export const referenceAuthor = 'reference'

/** Writes what is new or changed. A record that somebody edited is left as it is. Gives how many records were written. */
export async function seedReference(context: Context): Promise<number> {
  const records = context.areas.flatMap((area) => referenceRecords(area, context.journal.node))
  const digest = createHash('sha256').update(canonicalText(records)).digest('hex')
  if ((await readHouse(context.store.pool, 'reference')) === digest) return 0
  const authors = await presentAuthors(context.store.pool, records)
  const ours = records.filter(
    ({ kind, id }) => (authors.get(`${kind}/${id}`) ?? referenceAuthor) === referenceAuthor,
  )
  const written = await writeRecords(context, referenceAuthor, ours)
  await writeHouse(context.store.pool, 'reference', digest)
  return written.filter(({ changed }) => changed).length
}

/** The records of one area folder. */
export function referenceRecords(area: AreaFolder, owner: string): RecordWrite[] {
  const list = (file: string, name: string) =>
    ((area.read(file) as Record<string, Facts[]> | undefined)?.[name] ?? []) as Facts[]
  const make = (kind: string, id: unknown, fields: Facts): RecordWrite => ({
    kind,
    id: id as string,
    owner,
    fields: present(fields),
  })
  const texts = textsOf(area)
  const properties = (area.area.observedProperties ?? []) as Facts[]
  return [
    ...list('parties.json', 'parties').map((p) =>
      make(
        'party',
        p.id,
        pick(p, ['name', 'officialName', 'category', 'iso3166', 'languages', 'timeZone', 'source']),
      ),
    ),
    ...list('organisations.json', 'organisations').map((o) =>
      make(
        'organisation',
        o.id,
        pick(o, ['party', 'name', 'shortName', 'parent', 'category', 'website', 'source']),
      ),
    ),
    make('area', area.id, {
      name: texts('area.name'),
      summary: texts('area.summary'),
      steward: area.area.steward,
      dataVersion: area.area.version,
      properties: properties.map((p) => p.id),
    }),
    ...properties.map((p) =>
      make('observed-property', p.id, {
        area: area.id,
        name: texts(`property.${p.id}.name`),
        ...pick(p, ['unit', 'decimals', 'definition', 'wmdr']),
      }),
    ),
    ...list('stations.json', 'stations').flatMap((s) => [
      make('station', s.id, stationFields(s)),
      ...thresholdRecords(s, make),
    ]),
    ...list('dams.json', 'dams').map((d) => make('reservoir', d.id, damFields(d))),
  ]
}

function textsOf(area: AreaFolder): (key: string) => Words | undefined {
  const files = languages.map(
    (language) => [language, (area.read(`texts/${language}.json`) ?? {}) as Record<string, string>] as const,
  )
  return (key) => {
    const words = Object.fromEntries(
      files.flatMap(([language, texts]) => (texts[key] ? [[language, texts[key]]] : [])),
    ) as Words
    return Object.keys(words).length ? words : undefined
  }
}

function stationFields(s: Facts): Facts {
  const zero = s.gaugeZeroM as { value: number; datum: string; source?: string } | undefined
  const { latitude, longitude, joinsFrom: bank } = s
  return {
    ...pick(s, [
      'name',
      'party',
      'organisation',
      'aliases',
      'stationType',
      'river',
      'riverKm',
      'joinsAtKm',
      'altitudeM',
      'drainageAreaKm2',
      'timeZone',
    ]),
    bank,
    at: latitude === undefined ? undefined : { latitude, longitude },
    gaugeZero: zero && present({ heightM: zero.value, datum: zero.datum, source: zero.source }),
    source: sourcesText(s.sources),
  }
}

function thresholdRecords(
  s: Facts,
  make: (kind: string, id: unknown, fields: Facts) => RecordWrite,
): RecordWrite[] {
  const given = (s.thresholds ?? []) as { kind: string; property: string; levelM: number; source: string }[]
  const byProperty = Map.groupBy(given, (threshold) => threshold.property)
  return [...byProperty].map(([property, levels]) =>
    make('thresholds', `${s.id}.${property}`, {
      station: s.id,
      property,
      valid: {},
      levels: levels.map(({ kind, levelM, source }) => ({ level: kind, value: levelM, source })),
    }),
  )
}

function damFields(d: Facts): Facts {
  const storage = (kind: string) =>
    (d.storage as { kind: string; millionM3: number }[] | undefined)?.find((s) => s.kind === kind)?.millionM3
  return {
    ...pick(d, [
      'name',
      'party',
      'river',
      'riverKm',
      'status',
      'capacityMw',
      'heightM',
      'headM',
      'commissionedYear',
    ]),
    at: { latitude: d.latitude, longitude: d.longitude },
    totalStorageMillionM3: storage('total'),
    activeStorageMillionM3: storage('active'),
    source: sourcesText(d.sources) ?? 'public references',
  }
}

/** "position: ...; names: ..." */
function sourcesText(sources: unknown): string | undefined {
  if (typeof sources !== 'object' || sources === null) return undefined
  return Object.entries(sources)
    .map(([fact, source]) => `${fact}: ${source}`)
    .join('; ')
}

function pick(from: Facts, names: string[]): Facts {
  return Object.fromEntries(names.map((name) => [name, from[name]]))
}
/** Without the members that are not known: a record has no empty fields. */
function present(fields: Facts): Facts {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  )
}
