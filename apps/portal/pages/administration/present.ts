/** Administration: what is wrong with a form before it is sent, ids made from what was chosen, records in order. Pure. */
import type * as house from '@lanmei/api/contract/house'
import type * as records from '@lanmei/api/contract/records'
import type { AnswerOf } from '@lanmei/api/route'
import { type Language, languages, type Words } from '@lanmei/model/language'
import type { Reader } from '../../shell/reader.ts'
import { passwordWrong } from '../account/present.ts'
import { isAddress, type Wrong } from '../sign-in/present.ts'

export type Person = AnswerOf<typeof house.people>['people'][number]
export type Key = AnswerOf<typeof house.apiKeys>['keys'][number]
export type RecordItem = AnswerOf<typeof records.recordsList>['records'][number]
export type RoleFields = { party: string; area: string; duty: string; title?: Words; organisation?: string }
export type OrganisationFields = {
  party: string
  name: Words
  shortName?: Words
  category: string
  website?: string
  parent?: string
  source?: string
}

export const sections = ['people', 'roles', 'keys', 'organisations'] as const
export const categories = [
  'hydrometeorological-service',
  'water-authority',
  'dam-operator',
  'ministry',
  'centre',
  'other',
] as const

export type PersonForm = { name: string; email: string; password: string; roles: string[] }

export function personWrong(form: PersonForm): Wrong<PersonForm> {
  const wrong: Wrong<PersonForm> = {}
  if (!form.name.trim()) wrong.name = 'form.name-missing'
  if (!isAddress(form.email)) wrong.email = form.email.trim() ? 'form.email-malformed' : 'form.email-missing'
  const password = passwordWrong(form.password)
  if (password) wrong.password = password
  if (form.roles.length === 0) wrong.roles = 'people.roles-missing'
  return wrong
}

/** A first password somebody can say on the telephone: four groups of letters that are not mistaken for each other. */
export function firstPassword(random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz23456789'
  const bytes = random(new Uint8Array(64))
  // Bytes at the end of the range are passed over, so that each letter is equally likely.
  const fair = [...bytes].filter((byte) => byte < 256 - (256 % letters.length))
  const text = fair
    .slice(0, 16)
    .map((byte) => letters[byte % letters.length])
    .join('')
  return text.replace(/(.{4})(?=.)/g, '$1-')
}

/** Id of a role out of what it is; with a number behind it where that is taken. */
export function roleIdOf({ party, area, duty }: RoleFields, taken: readonly string[]): string {
  const plain = area === '*' ? `${party}-${duty}` : `${party}-${area}-${duty}`
  if (!taken.includes(plain)) return plain
  for (let n = 2; ; n++) if (!taken.includes(`${plain}-${n}`)) return `${plain}-${n}`
}

/** The id of a new organisation: its party and the letters of its English or Latin name. */
export function organisationIdOf(party: string, name: Words, taken: readonly string[]): string {
  const latin = (name.en ?? name.vi ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/gi, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  const plain = `${party}-${latin || 'organisation'}`
  if (!taken.includes(plain)) return plain
  for (let n = 2; ; n++) if (!taken.includes(`${plain}-${n}`)) return `${plain}-${n}`
}

/** Texts as typed in the languages, without the empty ones; undefined when all are empty. */
export function wordsOf(typed: Partial<Record<Language, string>>): Words | undefined {
  const words: Partial<Record<Language, string>> = {}
  for (const code of languages) {
    const text = typed[code]?.trim()
    if (text) words[code] = text
  }
  return Object.keys(words).length ? (words as Words) : undefined
}

/** How a role is called: its own title, else duty and area. */
export function roleName(
  fields: Pick<RoleFields, 'duty' | 'area' | 'party' | 'title'>,
  reader: Pick<Reader, 'name' | 't' | 'find'>,
  partyName?: Words,
  areaName?: Words,
): string {
  if (fields.title) return reader.name(fields.title).text
  const duty = reader.find(`duty.${fields.duty}`) ?? fields.duty
  const area = fields.area === '*' ? reader.t('roles.all-areas') : reader.name(areaName, fields.area).text
  return `${duty} · ${reader.name(partyName, fields.party).text} · ${area}`
}

/** Records that are in force, by name in the reader's language. */
export function inForce<T extends RecordItem>(
  items: readonly T[],
  reader: Pick<Reader, 'name' | 'locale'>,
): T[] {
  const collator = new Intl.Collator(reader.locale, { numeric: true })
  const nameOf = ({ id, fields }: T) => reader.name(fields.name as Words | undefined, id).text
  return items.filter(({ ended }) => !ended).sort((a, b) => collator.compare(nameOf(a), nameOf(b)))
}
