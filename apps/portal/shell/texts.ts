/** The texts of one language at a time: a chunk of its own, so a reader is sent only what he reads. */
import type { Language } from '@lanmei/model/language'
import type { Texts } from './reader.ts'

const own = import.meta.glob<Texts>('../texts/*.json', { import: 'default' })
/** Texts of the areas (names of properties, flags, thresholds), with the key prefix `area.`. */
const ofAreas = import.meta.glob<Record<string, unknown>>('../../../areas/*/texts/*.json', {
  import: 'default',
})

const loaded = new Map<Language, Texts>()

/** Loads the texts of a language once; must have ended before a page in it is drawn. */
export async function loadTexts(language: Language): Promise<Texts> {
  const kept = loaded.get(language)
  if (kept) return kept
  const areas = Object.keys(ofAreas).filter((path) => path.endsWith(`/${language}.json`))
  const [texts, ...areaTexts] = await Promise.all([
    own[`../texts/${language}.json`](),
    ...areas.map((path) => ofAreas[path]()),
  ])
  const all = Object.assign({}, ...areaTexts.map((part) => flat(part, 'area')), texts) as Texts
  loaded.set(language, all)
  return all
}

/** The texts loaded before; empty when they were not. */
export function textsOf(language: Language): Texts {
  return loaded.get(language) ?? {}
}

function flat(part: Record<string, unknown>, prefix: string): Record<string, string> {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(part)) {
    const key = `${prefix}.${name}`
    if (typeof value === 'string') out[key] = value
    else if (value && typeof value === 'object')
      Object.assign(out, flat(value as Record<string, unknown>, key))
  }
  return out
}
